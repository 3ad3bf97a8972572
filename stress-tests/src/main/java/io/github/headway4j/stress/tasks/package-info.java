// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/**
 * Stress tests of the module {@code tasks}.
 *
 * <p>In each class {@code FooStress} a nested class {@code ActualBar} tests one promise with the shipped class, and
 * {@code BrokenBar} beside it runs the same race over a planted bug. A test that passes says something only because its
 * control shows that the race happens and that the bad outcome would be noticed.
 *
 * <p>Every test has two actors and at most an arbiter, since a machine with two processors can schedule no more. The
 * actors are the threads of subtasks and workers as well, by way of {@link ActorThreads}.
 */
@NullMarked
package io.github.headway4j.stress.tasks;

import org.jspecify.annotations.NullMarked;
