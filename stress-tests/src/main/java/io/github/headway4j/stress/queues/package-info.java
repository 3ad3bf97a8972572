// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/**
 * Stress tests of the module {@code queues}.
 *
 * <p>In each class {@code FooStress} a nested class {@code ActualBar} tests one promise with a bounded FIFO queue,
 * {@code ActualUnboundedBar}, {@code ActualLifoBar} and so on test it with the other queues, and {@code BrokenBar}
 * beside them runs the same race over a planted bug. Tests that differ in nothing but the queue inherit their outcomes
 * and what their actors do. A test that passes says something only because its control shows that the race happens and
 * that the bad outcome would be noticed.
 *
 * <p>Every test has two actors and at most an arbiter, since a machine with two processors can schedule no more.
 */
@NullMarked
package io.github.headway4j.stress.queues;

import org.jspecify.annotations.NullMarked;
