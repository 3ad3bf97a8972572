// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.bankaccount;

import java.util.concurrent.locks.LockSupport;

/** The account that loses money: reading and writing are two steps, and nothing keeps other threads out in between. */
final class CarelessAccount {
    private static final long PAYMENTS_PER_PAUSE = 1_000;

    /** Volatile, so that each read and write happens where it is written. That does not make the pair one step. */
    private volatile long balance;

    void add(long amount) {
        long seen = balance;
        if (seen % PAYMENTS_PER_PAUSE == 0) {
            LockSupport.parkNanos(1); // as when the operating system takes the processor away just here
        }
        balance = seen + amount;
    }

    long balance() {
        return balance;
    }
}
