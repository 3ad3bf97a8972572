// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;

/** A thread that dies of an error on its way back from a wait gives nothing back that somebody else holds. */
class WayBackTest {

    private final StackOverflowError planted = new StackOverflowError("planted");
    private volatile boolean failing;

    private final Parker parker = new Parker() {
        @Override
        public void park(Object blocker) {
            Parker.system().park(blocker);
        }

        @Override
        public void parkNanos(Object blocker, long nanos) {
            Parker.system().parkNanos(blocker, nanos);
        }

        @Override
        public void unpark(Thread thread) {
            Parker.system().unpark(thread);
        }

        @Override
        public boolean spins() { // asked when a wait begins, also that for the lock on the way back
            if (failing) {
                throw planted;
            }
            return false;
        }
    };

    @EachThreadKind
    void errorOnTheWayBackToAGuarded_leavesTheHoldOfAnotherThread(ThreadKind kind) {
        Guarded<String> guarded = new Guarded<>("a", parker);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> waiter = threads.start("waiter", () -> guarded.await(value -> value.equals("b")));
            waiter.awaitParked(guarded);
            try (Held held = guarded.hold()) {
                failing = true;
                waiter.interrupt();
                assertThat(waiter.failure()).isSameAs(planted);
                assertThat(guarded.isHeldByCurrentThread()).isTrue();
            }
        }
        assertThat(guarded.isHeldByCurrentThread()).isFalse();
    }
}
