// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.WaitQueue;
import org.jspecify.annotations.Nullable;

/** A thread that waits until it has the lock, or has to watch. */
final class LockWaiter extends WaitQueue.Waiter {
    private final LockCore core;
    private final @Nullable SharedMemory memory;

    /** The hold, once the wait is over; NONE if the thread has become the watcher instead. */
    long hold = LockCore.NONE;

    LockWaiter(LockCore core, @Nullable SharedMemory memory) {
        this.core = core;
        this.memory = memory;
    }

    @Override
    protected boolean attempt() {
        LockCore.expectOpen(memory);
        hold = core.takePolitely();
        return hold != LockCore.NONE || (core.holder() != core.own && core.watches());
    }

    @Override
    protected boolean more() {
        return core.more();
    }
}
