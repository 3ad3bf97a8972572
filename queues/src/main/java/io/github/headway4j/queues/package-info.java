// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/**
 * Task queues: blocking queues that can be shut down without losing an element, and that know when the work is done.
 *
 * <p>Where to start: {@link io.github.headway4j.queues.TaskQueue} is what all have in common. The rules for waiting are
 * those of the {@linkplain io.github.headway4j.primitives contract of everything that blocks}.
 */
package io.github.headway4j.queues;
