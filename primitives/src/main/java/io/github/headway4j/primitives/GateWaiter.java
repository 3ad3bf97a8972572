// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

/** A thread that waits for a {@link Gate} which it has watched already, so that it parks without spinning first. */
abstract class GateWaiter extends WaitQueue.Waiter {
    private final Gate gate;
    private final long since;

    GateWaiter(Gate gate, long since) {
        this.gate = gate;
        this.since = since;
    }

    @Override
    protected final boolean attempt() {
        return gate.isOpen(since);
    }

    /** No: a signal goes to everybody. */
    @Override
    protected final boolean more() {
        return false;
    }
}
