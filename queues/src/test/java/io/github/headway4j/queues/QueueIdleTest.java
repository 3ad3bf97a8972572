// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that wait for a queue sleep. */
class QueueIdleTest {

    /** The processor time that the test's own thread uses meanwhile; the others may use a tenth of it, all together. */
    private static final long BUSY_NANOS = Duration.ofMillis(100).toNanos();

    private static final Duration HOUR = Duration.ofHours(1);

    /** A sleep may end for no reason, though it hardly ever does. */
    private static final int SPURIOUS = 2;

    /** One queue that is empty and one that is full, and threads that wait for them in every way. */
    private static final class Scene {
        private final TaskQueue<Integer> empty;
        private final TaskQueue<Integer> other;
        private final TaskQueue<Integer> full;

        Scene(QueueKind kind, QueueOptions<Integer> options) {
            empty = kind.bounded(1, options);
            other = kind.bounded(1, options);
            full = kind.bounded(1, options);
            full.add(1);
        }

        List<TestThread<?>> startWaiting(TestThreads threads) {
            List<TestThread<?>> idle = List.of(
                    threads.start("taker", () -> empty.take()),
                    threads.start("poller", () -> empty.poll(HOUR)),
                    threads.start("batch", () -> empty.take(2, 5, HOUR)),
                    threads.start("selector", () -> TaskQueues.takeAny(empty, other)),
                    threads.start("putter", () -> full.put(2)),
                    threads.start("offerer", () -> full.offer(2, HOUR)));
            idle.forEach(TestThread::awaitParked);
            return idle;
        }

        /** All but the joiner are told that the queues have ended. */
        void end(List<TestThread<?>> idle) {
            empty.shutdown();
            other.shutdown();
            full.shutdownNow();
            assertThat(idle)
                    .allSatisfy(thread -> assertThat(thread.failure()).isInstanceOf(QueueShutdownException.class));
        }
    }

    @EachBoundedQueue
    void idleThreads_useNoProcessor(QueueKind kind) {
        ThreadMXBean times = ManagementFactory.getThreadMXBean();
        assumeTrue(
                times.isThreadCpuTimeSupported() && times.isThreadCpuTimeEnabled(), "processor time is not measured");
        Scene scene = new Scene(kind, QueueOptions.defaults());
        try (TestThreads threads = new TestThreads()) {
            List<TestThread<?>> idle = scene.startWaiting(threads);
            TestThread<Void> joiner = threads.start("joiner", () -> scene.full.join());
            joiner.awaitParked(scene.full);
            long before = used(times, idle) + used(times, List.of(joiner));
            work(times, kind);
            assertThat(used(times, idle) + used(times, List.of(joiner)) - before)
                    .isLessThan(BUSY_NANOS / 10);
            scene.end(idle);
        }
    }

    /** Uses processor time for puts and takes of a queue that nobody waits for. */
    private static void work(ThreadMXBean times, QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(1);
        for (long start = times.getCurrentThreadCpuTime(); times.getCurrentThreadCpuTime() - start < BUSY_NANOS; ) {
            assertThat(queue.offer(1)).isTrue();
            assertThat(queue.poll()).isEqualTo(1);
        }
    }

    private static long used(ThreadMXBean times, List<? extends TestThread<?>> threads) {
        return threads.stream()
                .mapToLong(thread -> times.getThreadCpuTime(thread.thread().getId()))
                .peek(nanos -> assertThat(nanos).isNotNegative())
                .sum();
    }

    /** A thread that woke up now and then, to look whether something has changed, would come out of its sleep. */
    @EachBoundedQueue
    void idleThreads_doNotWakeUpToLook(QueueKind kind) {
        AtomicInteger awake = new AtomicInteger();
        Scene scene = new Scene(kind, QueueOptions.<Integer>defaults().parker(counting(awake)));
        try (TestThreads threads = new TestThreads()) {
            List<TestThread<?>> idle = scene.startWaiting(threads);
            int before = awake.get();
            TaskQueue<Integer> queue = kind.bounded(1);
            for (int i = 0; i < 100_000; i++) {
                queue.offer(1);
                queue.poll();
            }
            assertThat(awake.get()).as("ends of sleeps").isLessThanOrEqualTo(before + SPURIOUS);
            scene.end(idle);
        }
    }

    /** The system's parker, which counts how often a sleep has ended. */
    private static Parker counting(AtomicInteger ends) {
        Parker system = Parker.system();
        return new Parker() {
            @Override
            public void park(Object blocker) {
                system.park(blocker);
                ends.incrementAndGet();
            }

            @Override
            public void parkNanos(Object blocker, long nanos) {
                system.parkNanos(blocker, nanos);
                ends.incrementAndGet();
            }

            @Override
            public void unpark(Thread thread) {
                system.unpark(thread);
            }

            @Override
            public boolean spins() {
                return system.spins();
            }
        };
    }
}
