// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.List;

/** What the programs with many threads have in common. */
final class Workers {

    private Workers() {}

    /** What a worker does. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    /** Makes the body of a thread from work that may be interrupted; an interrupt ends it. */
    static Runnable untilInterrupted(Work work) {
        return () -> {
            try {
                work.run();
            } catch (InterruptedException sentHome) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Names those of the threads that are alive, in the given order. */
    static List<String> alive(List<Thread> threads) {
        return threads.stream().filter(Thread::isAlive).map(Thread::getName).toList();
    }

    /** Waits for the end of all threads. If the caller is interrupted, they are too, and have ended by then. */
    static void join(List<Thread> threads) throws InterruptedException {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            sendHome(threads);
        }
    }

    /** Interrupts those of the threads that have not ended, and waits for their end. */
    static void sendHome(List<Thread> threads) {
        threads.forEach(Thread::interrupt);
        threads.forEach(Uninterruptibles::joinUninterruptibly);
    }
}
