// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/**
 * Stress tests of the module {@code processes}: what it keeps in shared memory, raced for by threads of one process.
 *
 * <p>In each class {@code FooStress} a nested class {@code ActualBar} tests one promise with the shipped class, and
 * {@code BrokenBar} beside it runs the same race over a planted bug. Every test has two actors and at most an arbiter.
 */
@NullMarked
package io.github.headway4j.stress.processes;

import org.jspecify.annotations.NullMarked;
