// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/**
 * Tasks that run beside each other, and how their results and failures come back.
 *
 * <p>The rules for waiting are those of the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks}.
 */
package io.github.headway4j.tasks;
