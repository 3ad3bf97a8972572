// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/**
 * Soak tests: random mixes of everything, with interrupts and time-outs, on platform and virtual threads, more threads
 * than processors, for minutes or hours. At the end of each round, when nobody is inside, every permit, every protected
 * increment and every element is accounted for. Beside them threads that nobody interrupts wait for each other without
 * a time-out, in rings: one lost wake-up, and the ring stands still.
 */
@NullMarked
package io.github.headway4j.stress.soak;

import org.jspecify.annotations.NullMarked;
