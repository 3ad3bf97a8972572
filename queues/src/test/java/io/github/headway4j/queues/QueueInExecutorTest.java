// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A queue that a {@link ThreadPoolExecutor} owns does what the JDK's does; it is the executor that is shut down. */
class QueueInExecutorTest {

    /** Makes the backlog of an executor, for two tasks. */
    private record Backlog(String name, boolean grows, Maker maker) {

        interface Maker {
            BlockingQueue<Runnable> make();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Backlog> backlogs() {
        return Stream.of(
                new Backlog("bounded FIFO", false, () -> FifoTaskQueue.bounded(2)),
                new Backlog("unbounded FIFO", true, FifoTaskQueue::unbounded),
                new Backlog("bounded LIFO", false, () -> LifoTaskQueue.bounded(2)),
                new Backlog("by key", false, () -> PriorityTaskQueue.bySmallestKey(2, System::identityHashCode)),
                new Backlog("bounded deque", false, () -> RingDeque.bounded(2)),
                new Backlog("relaxed", true, () -> RelaxedPriorityTaskQueue.bySmallestKey(System::identityHashCode)));
    }

    private static ThreadPoolExecutor executor(BlockingQueue<Runnable> backlog) {
        return new ThreadPoolExecutor(1, 1, 1, TimeUnit.HOURS, backlog);
    }

    @ParameterizedTest
    @MethodSource("backlogs")
    void tasks_areRun_beyondTheBacklogTheyAreRejected(Backlog kind) throws Exception {
        BlockingQueue<Runnable> backlog = kind.maker().make();
        ThreadPoolExecutor executor = executor(backlog);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        executor.execute(() -> await(gate));
        while (!backlog.isEmpty()) {
            Thread.onSpinWait();
        }
        Future<Integer> one = executor.submit(done::incrementAndGet);
        Future<Integer> two = executor.submit(done::incrementAndGet);
        if (kind.grows()) {
            executor.execute(done::incrementAndGet);
        } else {
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> executor.execute(done::incrementAndGet));
        }
        assertThat(backlog).hasSize(kind.grows() ? 3 : 2);
        gate.countDown();
        assertThat(List.of(one.get(50, TimeUnit.SECONDS), two.get(50, TimeUnit.SECONDS)))
                .doesNotHaveDuplicates();
        executor.shutdown();
        assertThat(executor.awaitTermination(50, TimeUnit.SECONDS)).isTrue();
        assertThat(done).hasValue(kind.grows() ? 3 : 2);
        assertThat(((TaskQueue<Runnable>) backlog).isShutdown())
                .as("the executor leaves it open")
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("backlogs")
    void shutdownNow_handsBackTheBacklog_purgeAndRemoveWork(Backlog kind) throws Exception {
        BlockingQueue<Runnable> backlog = kind.maker().make();
        ThreadPoolExecutor executor = executor(backlog);
        CountDownLatch gate = new CountDownLatch(1);
        executor.execute(() -> await(gate));
        while (!backlog.isEmpty()) {
            Thread.onSpinWait();
        }
        Runnable task = () -> {};
        executor.execute(task);
        assertThat(executor.remove(task)).isTrue();
        Future<?> cancelled = executor.submit(task);
        cancelled.cancel(false);
        executor.purge();
        assertThat(backlog).isEmpty();
        List<Runnable> left = new ArrayList<>(List.of(() -> {}, () -> {}));
        left.forEach(executor::execute);
        assertThat(executor.shutdownNow()).containsExactlyInAnyOrderElementsOf(left);
        gate.countDown();
        assertThat(executor.awaitTermination(50, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
