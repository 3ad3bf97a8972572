// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Planted bug: a barrier of two whose first party looks whether the other one has come, then enters itself, then
 * sleeps, without looking again. The sleep is bounded, so that the control ends.
 */
final class SleepyBarrier {

    private final AtomicInteger arrived = new AtomicInteger();
    private final ForgetfulGate gate = new ForgetfulGate();

    /** The index, or -2 if the party slept to the end although the other one had come. */
    int await(long nanos) {
        int index = arrived.getAndIncrement();
        if (index == 1) {
            gate.open();
            return index;
        }
        return gate.await(nanos) ? index : -2;
    }
}
