// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Threads that wait for a queue sleep. */
class QueueIdleTest {

    /** How long they wait; they may use a tenth of it, all of them together. */
    private static final Duration WAIT = Duration.ofMillis(300);

    @Test
    void idleThreads_useNoProcessor() {
        ThreadMXBean times = ManagementFactory.getThreadMXBean();
        QueueKind kind = QueueKind.any();
        TaskQueue<Integer> empty = kind.bounded(1);
        TaskQueue<Integer> full = kind.filled(1, 1);
        try (TestThreads threads = new TestThreads()) {
            List<TestThread<?>> idle = List.of(
                    threads.start("taker", () -> empty.take()),
                    threads.start("poller", () -> empty.poll(Duration.ofHours(1))),
                    threads.start("putter", () -> full.put(2)),
                    threads.start("joiner", () -> full.join()),
                    threads.start("selector", () -> TaskQueues.takeAny(empty, kind.<Integer>bounded(1))));
            idle.forEach(TestThread::awaitParked);
            long before = used(times, idle);
            try {
                TimeUnit.NANOSECONDS.sleep(WAIT.toNanos()); // not to wait for something: to see nothing happen
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(used(times, idle) - before).isLessThan(WAIT.toNanos() / 10);
            full.shutdownNow();
            empty.addAll(List.of(1));
            idle.get(2).failure();
            while (!empty.isEmpty()) {
                Thread.onSpinWait();
            }
            empty.add(2);
            while (!empty.isEmpty()) {
                Thread.onSpinWait();
            }
            empty.add(3);
        }
    }

    private static long used(ThreadMXBean times, List<TestThread<?>> threads) {
        return threads.stream()
                .mapToLong(thread ->
                        Math.max(0L, times.getThreadCpuTime(thread.thread().getId())))
                .sum();
    }
}
