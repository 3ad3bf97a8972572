// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class KeyedLocksTest {

    private final KeyedLocks<String> locks = new KeyedLocks<>();

    @Test
    void equalKeys_shareALock_thatLivesWhileHeld() {
        Held held = locks.hold("key");
        assertThat(locks.tryHold(new String("key"))).isNull();
        assertThat(locks.isHeld("key")).isTrue();
        assertThat(locks.size()).isOne();
        try (Held other = locks.tryHold("other")) {
            assertThat(other).isNotNull();
            assertThat(locks.size()).isEqualTo(2);
        }
        held.close();
        held.close();
        assertThat(locks.isHeld("key")).isFalse();
        assertThat(locks.size()).isZero();
        assertThat(locks).hasToString("KeyedLocks[]");
    }

    @EachThreadKind
    void lock_livesWhileSomebodyWaits(ThreadKind kind) {
        Held held = locks.hold("key");
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Held> waiter = threads.start("waiter", () -> locks.hold("key"));
            waiter.awaitParked();
            held.close();
            Held taken = waiter.result();
            assertThat(locks.size()).isOne();
            assertThat(locks.tryHold("key")).isNull();
            taken.close();
        }
        assertThat(locks.size()).isZero();
    }

    @EachThreadKind
    void waitThatEnds_leavesNothingBehind(ThreadKind kind) throws InterruptedException {
        Held held = locks.hold("key");
        assertThat(locks.tryHold("key", Duration.ofMillis(2))).isNull();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Held> waiter = threads.start("waiter", () -> locks.holdInterruptibly("key"));
            waiter.awaitParked();
            waiter.interrupt();
            assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
        }
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> locks.holdInterruptibly("free")).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> locks.tryHold("free", Duration.ZERO)).isInstanceOf(InterruptedException.class);
        held.close();
        assertThat(locks.size()).isZero();
    }

    @Test
    void views_areEqualForEqualKeysOfTheSameObject() throws InterruptedException {
        Holdable view = locks.at("key");
        assertThat(locks.size()).isZero();
        assertThat(view).isEqualTo(locks.at("key")).isNotEqualTo(locks.at("other"));
        assertThat(view).isNotEqualTo(new KeyedLocks<String>().at("key"));
        try (Held held = view.holdInterruptibly()) {
            assertThat(view.tryHold()).isNull();
            assertThat(view.tryHold(Duration.ofMillis(1))).isNull();
            assertThat(held).hasToString("hold on key");
        }
        view.hold().close();
        assertThat(locks.size()).isZero();
    }

    @Test
    void nullKeys_areRefused() {
        assertThatNullPointerException().isThrownBy(() -> locks.hold(null));
        assertThatNullPointerException().isThrownBy(() -> locks.at(null));
        assertThatNullPointerException().isThrownBy(() -> locks.tryHold(null));
        assertThat(locks.size()).isZero();
    }

    /** A lock that were dropped while somebody waits for it would let two threads in. */
    @EachThreadKind
    void manyThreadsAndKeys_neverTwoInside_andNothingLeft(ThreadKind kind) {
        int keys = 3;
        int[] balances = new int[keys]; // each guarded by its key
        int rounds = 5_000;
        try (TestThreads threads = new TestThreads(kind)) {
            for (int t = 0; t < 4; t++) {
                threads.start("worker " + t, () -> {
                    for (int i = 0; i < rounds; i++) {
                        int from = ThreadLocalRandom.current().nextInt(keys);
                        int to = ThreadLocalRandom.current().nextInt(keys);
                        try (Held both = Locks.holdAll(locks.at("k" + from), locks.at("k" + to))) {
                            balances[from]--;
                            balances[to]++;
                        }
                    }
                });
            }
        }
        assertThat(balances[0] + balances[1] + balances[2]).isZero();
        assertThat(locks.size()).isZero();
    }

    @Test
    void countingOut_needsNoMemory() {
        int users = 1_000;
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10 && least > users; round++) { // until all that it needs is loaded
            for (int i = 0; i <= users; i++) {
                locks.enter("key");
            }
            long before = allocatedBytes();
            for (int i = 0; i < users; i++) {
                locks.exit("key");
            }
            least = Math.min(least, allocatedBytes() - before);
            locks.exit("key");
        }
        assertThat(least).isLessThan(users);
        assertThat(locks.size()).isZero();
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
