// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A queue between processes, as one process sees it. */
class ProcessQueueTest {

    private static final Duration SHORT = Duration.ofMillis(2);

    @Test
    void elements_comeOutInTheirOrder_equal() throws Exception {
        try (ProcessQueue<Object> queue = ProcessQueue.create(10)) {
            List<Object> elements = List.of(1, "two", List.of(3), new ArrayList<>(List.of(4L)), Duration.ofSeconds(5));
            for (Object element : elements) {
                queue.put(element);
            }
            for (Object element : elements) {
                assertThat(queue.peek()).isEqualTo(element);
                assertThat(queue.take()).isEqualTo(element).hasSameClassAs(element);
            }
            assertThat(queue.peek()).isNull();
            assertThat(queue.poll()).isNull();
        }
    }

    @Test
    void longElements_areLikeOthers() throws Exception {
        try (ProcessQueue<byte[]> queue = ProcessQueue.create(2)) {
            byte[] large = new byte[16 << 20];
            large[large.length - 1] = 7;
            queue.put(large);
            assertThat(queue.offer(large)).isTrue();
            assertThat(queue.offer(new byte[1])).isFalse();
            assertThat(queue.peek()).isEqualTo(large);
            assertThat(queue.take()).isEqualTo(large);
            assertThat(queue.take()).isEqualTo(large);
            assertThat(queue.poll()).isNull();
        }
    }

    @Test
    void copies_areTheSameQueue() throws Exception {
        try (ProcessQueue<String> queue = ProcessQueue.create(2);
                ProcessQueue<String> copy = Copies.of(queue)) {
            queue.put("a");
            assertThat(copy.take()).isEqualTo("a");
            copy.put("b");
            copy.put("c");
            assertThat(queue.offer("d")).isFalse();
            assertThat(queue.take()).isEqualTo("b");
            copy.close();
            assertThat(queue.take()).isEqualTo("c");
        }
    }

    @Test
    void queueOfQueues_carriesThem() throws Exception {
        try (ProcessQueue<ProcessQueue<String>> outer = ProcessQueue.create(1);
                ProcessQueue<String> inner = ProcessQueue.create(1)) {
            outer.put(inner);
            try (ProcessQueue<String> arrived = outer.take()) {
                arrived.put("hello");
            }
            assertThat(inner.take()).isEqualTo("hello");
        }
    }

    @Test
    void copy_ofAQueueWhoseCreatorHasClosedIt_cannotBeMade() throws Exception {
        ProcessQueue<String> queue = ProcessQueue.create(1);
        queue.close();
        assertThatThrownBy(() -> Copies.of(queue)).isInstanceOf(InvalidObjectException.class);
    }

    /** A close between two steps of another thread does not take the memory from it, with the lock in it. */
    @Test
    void closeInTheMiddleOfAPut_orATake_letsItEnd() throws Exception {
        for (SharedRing.Step step : List.of(SharedRing.Step.PUT_WRITTEN, SharedRing.Step.TAKE_COPIED)) {
            AtomicReference<ProcessQueue<Integer>> made = new AtomicReference<>();
            ProcessQueue<Integer> queue = ProcessQueue.create(4, 4_096, at -> {
                if (at == step) {
                    made.get().close();
                }
            });
            made.set(queue);
            queue.put(1);
            if (step == SharedRing.Step.TAKE_COPIED) {
                assertThat(queue.take()).isEqualTo(1);
            }
            assertThatThrownBy(queue::size).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void badArguments_areRefused() throws Exception {
        assertThatThrownBy(() -> ProcessQueue.create(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("capacity 0");
        assertThatThrownBy(() -> ProcessQueue.create(1 << 30)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProcessQueue.create(1, 0L)).hasMessageContaining("bytes 0");
        assertThatThrownBy(() -> ProcessQueue.create(1, 1L << 31)).isInstanceOf(IllegalArgumentException.class);
        try (ProcessQueue<String> queue = ProcessQueue.create(1)) {
            List<Executable> withNull = List.of(
                    () -> queue.put(null),
                    () -> queue.offer(null),
                    () -> queue.offer(null, SHORT),
                    () -> queue.offer("a", null),
                    () -> queue.poll(null),
                    () -> queue.join(null),
                    () -> queue.drainTo(null));
            for (Executable call : withNull) {
                assertThatThrownBy(call::execute).isInstanceOf(NullPointerException.class);
            }
            assertThat(queue.isEmpty()).isTrue();
        }
    }

    // ---- elements that cannot be sent or read ----

    /** Cannot be read where it arrives. */
    private static final class Unreadable implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("not here");
        }
    }

    @Test
    void elementThatCannotBeSerialized_isRefused_andNothingIsPut() throws Exception {
        try (ProcessQueue<Object> queue = ProcessQueue.create(1)) {
            List<Executable> puts = List.of(
                    () -> queue.put(List.of(new Object())),
                    () -> queue.offer(List.of(new Object())),
                    () -> queue.offer(List.of(new Object()), SHORT));
            for (Executable put : puts) {
                assertThatThrownBy(put::execute)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasCauseInstanceOf(NotSerializableException.class)
                        .hasMessageContaining("java.lang.Object");
            }
            assertThat(queue.isEmpty()).isTrue();
            queue.put("fine");
            assertThat(queue.take()).isEqualTo("fine");
        }
    }

    @Test
    void elementThatCannotBeRead_isGone_andItsTakerIsTold() throws Exception {
        try (ProcessQueue<Object> queue = ProcessQueue.create(4)) {
            queue.put(new Unreadable());
            queue.put("next");
            assertThatThrownBy(queue::peek).isInstanceOf(UncheckedIOException.class);
            assertThat(queue.size()).isEqualTo(2);
            assertThatThrownBy(queue::take)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasStackTraceContaining("not here");
            assertThat(queue.take()).isEqualTo("next");
            queue.put(new Unreadable());
            assertThatThrownBy(queue::poll).isInstanceOf(UncheckedIOException.class);
            assertThat(queue.isEmpty()).isTrue();
            assertThat(queue.unfinishedTasks()).isEqualTo(3);
        }
    }

    @Test
    void shutdownNow_reportsWhatCannotBeRead_andHandsBackTheRest() throws Exception {
        AtomicReference<Throwable> reported = new AtomicReference<>();
        try (ProcessQueue<Object> queue = ProcessQueue.create(4);
                TestThreads threads = new TestThreads()) {
            queue.put("a");
            queue.put(new Unreadable());
            queue.put("b");
            threads.start("closer", () -> {
                        Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> reported.set(e));
                        assertThat(queue.shutdownNow()).containsExactly("a", "b");
                    })
                    .join();
            assertThat(reported.get()).isInstanceOf(UncheckedIOException.class);
            assertThat(queue.isTerminated()).isTrue();
            assertThat(queue.unfinishedTasks()).isZero();
        }
    }

    // ---- batches and tasks ----

    @Test
    void drainTo_takesWhatIsThere_forWork() throws Exception {
        try (ProcessQueue<Integer> queue = ProcessQueue.create(5)) {
            for (int i = 0; i < 5; i++) {
                queue.put(i);
            }
            List<Integer> target = new ArrayList<>();
            assertThat(queue.drainTo(target, 0)).isZero();
            assertThat(queue.drainTo(target, -1)).isZero();
            assertThat(queue.drainTo(target, 2)).isEqualTo(2);
            assertThat(queue.drainTo(target)).isEqualTo(3);
            assertThat(target).containsExactly(0, 1, 2, 3, 4);
            assertThat(queue.unfinishedTasks()).isEqualTo(5);
        }
    }

    @Test
    void taskDone_tooOften_isRefusedAndChangesNothing() throws Exception {
        try (ProcessQueue<Integer> queue = ProcessQueue.create(5)) {
            assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
            queue.put(1);
            queue.put(2);
            assertThatThrownBy(() -> queue.taskDone(3))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("at most 2");
            assertThatThrownBy(() -> queue.taskDone(-1)).isInstanceOf(IllegalArgumentException.class);
            queue.taskDone(0);
            assertThat(queue.unfinishedTasks()).isEqualTo(2);
            assertThat(queue.join(Duration.ZERO)).isFalse();
            queue.taskDone(2);
            assertThat(queue.join(Duration.ZERO)).isTrue();
            queue.join();
        }
    }

    // ---- the end ----

    @Test
    void afterShutdown_whatIsThereCanBeTaken_andNothingPut() throws Exception {
        try (ProcessQueue<String> queue = ProcessQueue.create(3);
                ProcessQueue<String> copy = Copies.of(queue)) {
            queue.put("a");
            queue.put("b");
            copy.shutdown();
            queue.shutdown();
            assertThat(queue.isShutdown()).isTrue();
            assertThat(queue.isTerminated()).isFalse();
            assertThatThrownBy(() -> queue.put("c"))
                    .isInstanceOfSatisfying(
                            QueueShutdownException.class,
                            e -> assertThat(e.undelivered()).isEqualTo(List.of("c")));
            assertThatThrownBy(() -> copy.offer("c", SHORT)).isInstanceOf(QueueShutdownException.class);
            assertThat(queue.offer("c")).isFalse();
            assertThat(queue.peek()).isEqualTo("a");
            assertThat(queue.take()).isEqualTo("a");
            assertThat(queue.poll(SHORT)).isEqualTo("b");
            assertThat(copy.isTerminated()).isTrue();
            assertThatThrownBy(queue::take).isInstanceOf(QueueShutdownException.class);
            assertThatThrownBy(() -> copy.poll(SHORT)).isInstanceOf(QueueShutdownException.class);
            assertThat(queue.poll()).isNull();
            assertThat(queue.peek()).isNull();
            assertThat(queue.drainTo(new ArrayList<>())).isZero();
            assertThat(queue.shutdownNow()).isEmpty();
            assertThat(queue.unfinishedTasks()).isEqualTo(2);
        }
    }

    @Test
    void afterShutdown_aFullQueueTellsPutters() throws Exception {
        try (ProcessQueue<String> queue = ProcessQueue.create(1)) {
            queue.put("a");
            queue.shutdown();
            assertThatThrownBy(() -> queue.put("b")).isInstanceOf(QueueShutdownException.class);
        }
    }

    @EachThreadKind
    void shutdownAgainstPutters_losesNothing(ThreadKind kind) throws Exception {
        for (int round = 0; round < 50; round++) {
            Set<Integer> put = new HashSet<>();
            ConcurrentLinkedQueue<Integer> out = new ConcurrentLinkedQueue<>();
            List<TestThread<List<Integer>>> putters = new ArrayList<>();
            try (ProcessQueue<Integer> queue = ProcessQueue.create(3);
                    TestThreads threads = new TestThreads(kind)) {
                for (int p = 0; p < 2; p++) {
                    int first = p;
                    putters.add(threads.start("putter " + p, () -> putUntilTheEnd(queue, first)));
                }
                TestThread<Void> taker = threads.start("taker", () -> takeUntilTheEnd(queue, out));
                int some = round;
                while (out.size() < some) {
                    Thread.onSpinWait();
                }
                out.addAll(queue.shutdownNow());
                for (TestThread<List<Integer>> putter : putters) {
                    put.addAll(putter.result());
                }
                taker.join();
                assertThat(queue.isTerminated()).isTrue();
            }
            assertThat(out).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(put);
        }
    }

    @Test
    void shutdownWhileAnElementIsWritten_refusesIt() throws Exception {
        List<String> left = new ArrayList<>();
        AtomicReference<ProcessQueue<String>> itself = new AtomicReference<>();
        try (ProcessQueue<String> queue = ProcessQueue.create(3, 1, step -> {
            if (step == SharedRing.Step.PUT_ENDED && itself.get() != null) {
                left.addAll(itself.get().shutdownNow());
            }
        })) {
            queue.put("a");
            itself.set(queue);
            assertThatThrownBy(() -> queue.put("b")).isInstanceOf(QueueShutdownException.class);
            assertThat(left).containsExactly("a");
            assertThat(queue.size()).isZero();
            assertThat(queue.isTerminated()).isTrue();
        }
    }

    private static List<Integer> putUntilTheEnd(ProcessQueue<Integer> queue, int first) throws InterruptedException {
        List<Integer> put = new ArrayList<>();
        try {
            for (int i = first; ; i += 2) {
                queue.put(i);
                put.add(i);
            }
        } catch (QueueShutdownException end) {
            return put;
        }
    }

    private static void takeUntilTheEnd(ProcessQueue<Integer> queue, ConcurrentLinkedQueue<Integer> out)
            throws InterruptedException {
        try {
            for (; ; ) {
                out.add(queue.take());
            }
        } catch (QueueShutdownException end) {
            // all taken
        }
    }

    @Test
    void close_endsThisObjectOnly_andWakesThoseWhoWaitInIt() throws Exception {
        try (ProcessQueue<String> queue = ProcessQueue.create(1);
                TestThreads threads = new TestThreads()) {
            ProcessQueue<String> copy = Copies.of(queue);
            List<TestThread<Void>> waiting = new ArrayList<>();
            waiting.add(threads.start("taker", () -> {
                assertThatThrownBy(copy::take).isInstanceOf(IllegalStateException.class);
            }));
            waiting.get(0).awaitParked();
            copy.close();
            waiting.get(0).join();
            copy.close();
            List<Executable> calls = List.of(
                    () -> copy.put("a"),
                    () -> copy.offer("a"),
                    copy::take,
                    copy::poll,
                    copy::peek,
                    copy::size,
                    copy::taskDone,
                    copy::join,
                    copy::shutdown,
                    copy::shutdownNow,
                    copy::isShutdown,
                    copy::isTerminated,
                    copy::remainingCapacity,
                    copy::unfinishedTasks);
            for (Executable call : calls) {
                assertThatThrownBy(call::execute)
                        .isInstanceOf(IllegalStateException.class)
                        .isNotInstanceOf(QueueShutdownException.class)
                        .hasMessageContaining("closed");
            }
            assertThat(copy.toString()).contains("closed");
            queue.put("still open");
            assertThat(queue.take()).isEqualTo("still open");
        }
    }

    @Test
    void close_leavesNothingBehind() throws Exception {
        ProcessQueue.create(1).close();
        try (Leaks leaks = Leaks.watch()) {
            try (ProcessQueue<byte[]> queue = ProcessQueue.create(4)) {
                for (int i = 0; i < 4; i++) {
                    queue.put(new byte[1 << 20]);
                }
                queue.take();
            }
        }
    }

    @Test
    void toString_tellsStateSizeAndCapacity() throws Exception {
        try (ProcessQueue<String> queue = ProcessQueue.create(3)) {
            queue.put("a");
            assertThat(queue.toString()).contains("open, 1 of 3");
            assertThat(queue.remainingCapacity()).isEqualTo(2);
            queue.shutdown();
            assertThat(queue.toString()).contains("shut down, 1 of 3");
            queue.take();
            assertThat(queue.toString()).contains("terminated, 0 of 3");
        }
    }
}
