// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A task with a result that can be sent to another process. What it captures and what it returns has to be serializable
 * too.
 *
 * @param <T> the type of the result
 * @since 0.1
 */
@FunctionalInterface
public interface SerializableCallable<T extends @Nullable Object> extends Callable<T>, Serializable {}
