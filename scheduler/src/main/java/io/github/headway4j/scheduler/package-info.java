// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/**
 * Actions at given moments, in exact order, on the real clock or on a virtual one.
 *
 * <p>Where to start: {@link io.github.headway4j.scheduler.EventScheduler} runs actions one after the other in the
 * threads that ask it to. {@link io.github.headway4j.scheduler.Timers} run actions in the background, once or again and
 * again. {@link io.github.headway4j.scheduler.TimeSource} is the clock that it goes by: {@link
 * io.github.headway4j.scheduler.TimeSource#system()}, or a {@link io.github.headway4j.scheduler.VirtualTime} that
 * stands still until it is moved, for tests and simulations.
 *
 * <p>The rules for waiting are those of the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks}.
 */
package io.github.headway4j.scheduler;
