// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/**
 * Stress tests of the module {@code primitives}.
 *
 * <p>In each class {@code FooStress} a nested class {@code ActualBar} tests one promise with the shipped class, and
 * {@code BrokenBar} beside it runs the same race over a planted bug. A test that passes says something only because its
 * control shows that the race happens and that the bad outcome would be noticed. {@code ActualFairBar} is the fair form
 * of {@code ActualBar} and shares its control.
 *
 * <p>Every test has two actors and at most an arbiter, since a machine with two processors can schedule no more.
 */
@NullMarked
package io.github.headway4j.stress.primitives;

import org.jspecify.annotations.NullMarked;
