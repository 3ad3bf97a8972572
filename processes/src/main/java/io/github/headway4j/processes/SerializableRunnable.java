// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.Serializable;

/**
 * An action that can be sent to another process: a lambda, a method reference or an object of a class of one's own.
 * What it captures is sent with it and has to be serializable too. The other process gets a copy: what it changes there
 * is not seen here.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SerializableRunnable extends Runnable, Serializable {}
