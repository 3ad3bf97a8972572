// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.concurrent.locks.LockSupport;

/** Looking again after a while, where the operating system wakes nobody. */
final class Naps {

    private Naps() {}

    /** Waits so long or shorter. False if the thread was interrupted; it is not any more. */
    static boolean nap(long nanos) {
        LockSupport.parkNanos(Naps.class, nanos);
        return !Thread.interrupted();
    }
}
