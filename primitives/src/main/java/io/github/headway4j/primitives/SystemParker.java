// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.util.concurrent.locks.LockSupport;

/** {@link LockSupport}, behind the seam. */
final class SystemParker implements Parker {

    static final SystemParker INSTANCE = new SystemParker();

    /** On one processor the thread that is waited for cannot run while another one spins. */
    private static final boolean MULTIPROCESSOR = Runtime.getRuntime().availableProcessors() > 1;

    private SystemParker() {}

    @Override
    public void park(Object blocker) {
        LockSupport.park(blocker);
    }

    @Override
    public void parkNanos(Object blocker, long nanos) {
        LockSupport.parkNanos(blocker, nanos);
    }

    @Override
    public void unpark(Thread thread) {
        LockSupport.unpark(thread);
    }

    @Override
    public boolean spins() {
        return MULTIPROCESSOR;
    }
}
