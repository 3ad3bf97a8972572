// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What CPython's tests demand of {@code multiprocessing}'s semaphores, conditions, events and barriers. */
class PythonSharedSyncTest {

    private static final Duration LONG = Duration.ofHours(1);

    // ---- semaphores ----

    @Test
    @Python("M57")
    void semaphore_countsTriesAndTimesOut() throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> SharedSemaphore.create(-1));
        try (SharedSemaphore semaphore = SharedSemaphore.create(2)) {
            assertThat(semaphore.availablePermits()).isEqualTo(2);
            semaphore.acquire();
            assertThat(semaphore.availablePermits()).isEqualTo(1);
            semaphore.acquire();
            assertThat(semaphore.availablePermits()).isZero();
            assertThat(semaphore.tryAcquire()).isFalse();
            long start = System.nanoTime();
            assertThat(semaphore.tryAcquire(Duration.ofMillis(20))).isFalse();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000L);
            assertThat(semaphore.tryAcquire(Duration.ZERO)).isFalse();
            assertThat(semaphore.tryAcquire(Duration.ofMillis(-1))).isFalse();
            semaphore.release();
            semaphore.release();
            assertThat(semaphore.availablePermits()).isEqualTo(2);
        }
    }

    @Test
    @Python("M57")
    void semaphore_isBounded_andAWithFreesOnError() throws Exception {
        for (int bound = 1; bound <= 9; bound++) {
            try (SharedSemaphore semaphore = SharedSemaphore.create(bound)) {
                assertThatIllegalStateException().isThrownBy(semaphore::release);
                assertThatThrownBy(() -> {
                            try (Held held = semaphore.hold()) {
                                throw new UnsupportedOperationException(held.toString());
                            }
                        })
                        .isInstanceOf(UnsupportedOperationException.class);
                assertThat(semaphore.availablePermits()).isEqualTo(bound);
            }
        }
    }

    // ---- events ----

    /** Also as a manager's event: what is sent to another process is the same there. */
    @Test
    @Python({"M56", "M57"})
    void event_isWaitedForInAnotherProcess() throws Exception {
        try (SharedEvent event = SharedEvent.create();
                SharedEvent answer = SharedEvent.create()) {
            assertThat(event.isSet()).isFalse();
            assertThat(event.await(Duration.ZERO)).isFalse();
            assertThat(event.await(Duration.ofMillis(5))).isFalse();
            try (OtherJvm other = OtherJvm.start(talk -> {
                talk.say(event.await(LONG));
                talk.say(event.await(Duration.ZERO));
                event.clear();
                answer.set();
            })) {
                event.set();
                other.expect("true");
                other.expect("true");
                answer.await();
                assertThat(event.isSet()).isFalse();
                other.expectEnd();
            }
        }
    }

    // ---- conditions ----

    /** Six wait, in two processes; one is woken, then another one, then all that are left. */
    @Test
    @Python({"M56", "M57"})
    void condition_wakesOneByOne_orAll_inSeveralProcesses() throws Exception {
        try (SharedLock lock = SharedLock.create();
                SharedCondition condition = lock.newCondition();
                SharedMemory memory = SharedMemory.create(Long.BYTES);
                OtherJvm other = OtherJvm.start(talk -> {
                    sleepers(condition, memory, 3);
                    talk.say("all awake");
                })) {
            Await.until("three to sleep there", () -> condition.waiting() == 3);
            try (TestThreads threads = new TestThreads()) {
                threads.start("sleepers", () -> sleepers(condition, memory, 3));
                Await.until("three to sleep here", () -> condition.waiting() == 6);
                LongArray woken = memory.longs();
                assertThat(woken.getVolatile(0)).isZero();
                for (int i = 1; i <= 2; i++) {
                    try (Held held = lock.hold()) {
                        assertThat(held).isNotNull();
                        condition.signal();
                    }
                    int expected = i;
                    Await.until("one to wake", () -> woken.getVolatile(0) == expected);
                    assertThat(condition.waiting()).isEqualTo(6 - i);
                }
                try (Held held = lock.hold()) {
                    assertThat(held).isNotNull();
                    condition.signalAll();
                    assertThat(woken.getVolatile(0)).isEqualTo(2);
                }
                other.expect("all awake");
            }
            assertThat(memory.longs().getVolatile(0)).isEqualTo(6);
            other.expectEnd();
        }
    }

    private static void sleepers(SharedCondition condition, SharedMemory memory, int count) throws Exception {
        LongArray woken = memory.longs();
        try (TestThreads threads = new TestThreads()) {
            for (int i = 0; i < count; i++) {
                threads.start("sleeper " + i, () -> {
                    try (Held held = condition.lock().hold()) {
                        assertThat(held).isNotNull();
                        assertThat(condition.await(LONG)).isTrue();
                        woken.getAndAdd(0, 1L);
                    }
                });
            }
        }
    }

    @Test
    @Python("M57")
    void condition_waitFor_seesOnlyWhatItWaitsFor_orTimesOut() throws Exception {
        try (SharedLock lock = SharedLock.create();
                SharedCondition condition = lock.newCondition();
                SharedMemory memory = SharedMemory.create(Long.BYTES);
                OtherJvm other = OtherJvm.start(talk -> {
                    LongArray state = memory.longs();
                    try (Held held = condition.lock().hold()) {
                        condition.awaitUntil(() -> state.get(0) == 4L);
                        talk.say(state.get(0));
                    }
                })) {
            LongArray state = memory.longs();
            Await.until("the wait", () -> condition.waiting() == 1);
            for (int i = 1; i <= 4; i++) {
                try (Held held = lock.hold()) {
                    assertThat(held).isNotNull();
                    state.set(0, i);
                    condition.signal();
                }
                if (i < 4) {
                    Await.until("the next wait", () -> condition.waiting() == 1);
                }
            }
            other.expect("4");
            try (Held held = lock.hold()) {
                assertThat(held).isNotNull();
                long start = System.nanoTime();
                assertThat(condition.awaitUntil(() -> state.get(0) == 5L, Duration.ofMillis(20)))
                        .isFalse();
                assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000L);
                assertThat(condition.await(Duration.ofMillis(5))).isFalse();
            }
            assertThatThrownBy(condition::signal).isInstanceOf(IllegalMonitorStateException.class);
            assertThatThrownBy(condition::await).isInstanceOf(IllegalMonitorStateException.class);
            other.expectEnd();
        }
    }

    // ---- barriers ----

    /** A barrier of the condition and two numbers that it guards. */
    private static final class MeetingPoint implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final int ARRIVED = 0;
        private static final int CYCLE = 1;
        private static final int BROKEN = 2;

        private final int parties;
        private final SharedCondition condition;
        private final LongArray state;

        MeetingPoint(int parties, SharedCondition condition, LongArray state) {
            this.parties = parties;
            this.condition = condition;
            this.state = state;
        }

        int await(Duration timeout) throws InterruptedException, BrokenBarrierException, TimeoutException {
            try (Held held = condition.lock().hold()) {
                long cycle = state.get(CYCLE);
                int index = (int) state.addAndGet(ARRIVED, 1L) - 1;
                if (index == parties - 1) {
                    state.set(ARRIVED, 0L);
                    state.set(CYCLE, cycle + 1L);
                    condition.signalAll();
                } else if (!condition.awaitUntil(() -> state.get(CYCLE) != cycle || state.get(BROKEN) != 0L, timeout)) {
                    state.set(BROKEN, 1L);
                    condition.signalAll();
                    throw new TimeoutException();
                }
                if (state.get(CYCLE) == cycle) {
                    throw new BrokenBarrierException();
                }
                return index;
            }
        }
    }

    private static final int CYCLES = 10;

    @Test
    @Python("M57")
    void barrier_ofAConditionAndSharedMemory() throws Exception {
        try (SharedLock lock = SharedLock.create();
                SharedCondition condition = lock.newCondition();
                SharedMemory memory = SharedMemory.create(8 * Long.BYTES + CYCLES * Long.BYTES)) {
            MeetingPoint barrier = new MeetingPoint(4, condition, memory.longs(0L, 8));
            LongArray indices = memory.longs(8L * Long.BYTES, CYCLES);
            try (OtherJvm other = OtherJvm.start(talk -> {
                        parties(barrier, indices);
                        talk.say("met");
                        try {
                            barrier.await(LONG);
                        } catch (BrokenBarrierException e) {
                            talk.say("broken");
                        }
                    });
                    TestThreads threads = new TestThreads()) {
                threads.start("parties", () -> parties(barrier, indices)).join();
                other.expect("met");
                for (int cycle = 0; cycle < CYCLES; cycle++) {
                    assertThat(indices.get(cycle))
                            .as("indices, as a sum of powers of 2")
                            .isEqualTo(0b1111L);
                }
                Await.until("the other one to wait", () -> condition.waiting() == 1);
                TestThread<Integer> third = threads.start("third", () -> barrier.await(LONG));
                Await.until("the third one to wait", () -> condition.waiting() == 2);
                assertThatThrownBy(() -> barrier.await(Duration.ofMillis(5))).isInstanceOf(TimeoutException.class);
                assertThat(third.failure()).isInstanceOf(BrokenBarrierException.class);
                other.expect("broken");
                other.expectEnd();
            }
        }
    }

    /** Two parties of four, which note the index at which they arrived. */
    private static void parties(MeetingPoint barrier, LongArray indices) {
        try (TestThreads threads = new TestThreads()) {
            List<TestThread<Void>> parties = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                parties.add(threads.start("party " + i, () -> {
                    for (int cycle = 0; cycle < CYCLES; cycle++) {
                        assertThat(cycle < CYCLES - 1 ? indices.getVolatile(cycle + 1) : 0L)
                                .as("nobody is ahead by a cycle")
                                .isZero();
                        indices.getAndAdd(cycle, 1L << barrier.await(LONG));
                        barrier.await(LONG);
                    }
                }));
            }
            parties.forEach(TestThread::join);
        }
    }
}
