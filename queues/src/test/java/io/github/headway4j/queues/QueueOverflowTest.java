// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What bounded queues do when there is no room, by their policy, and whom they tell. */
class QueueOverflowTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final List<Integer> dropped = new ArrayList<>();

    private QueueOptions<Integer> options(OverflowPolicy policy) {
        return QueueOptions.<Integer>defaults().overflow(policy).onUndelivered(dropped::add);
    }

    private TaskQueue<Integer> full(QueueKind kind, QueueOptions<Integer> options) {
        TaskQueue<Integer> queue = kind.bounded(3, options);
        queue.addAll(List.of(2, 3, 4));
        return queue;
    }

    /** Ways of putting that wait if the policy is to block. */
    private static List<Putting> waitingForms() {
        return List.of(
                TaskQueue::put,
                (queue, e) -> assertThat(queue.offer(e, HOUR)).isTrue(),
                (queue, e) -> assertThat(queue.offer(e, 1, TimeUnit.HOURS)).isTrue(),
                (queue, e) -> queue.putAll(List.of(e)));
    }

    private static List<Putting> allForms() {
        List<Putting> forms = new ArrayList<>(waitingForms());
        forms.add((queue, e) -> assertThat(queue.add(e)).isTrue());
        forms.add((queue, e) -> assertThat(queue.offer(e)).isTrue());
        forms.add((queue, e) -> assertThat(queue.offer(e, Duration.ZERO)).isTrue());
        return forms;
    }

    /** A way of putting an element. */
    @FunctionalInterface
    private interface Putting {
        void put(TaskQueue<Integer> queue, Integer element) throws InterruptedException;
    }

    @EachBoundedQueue
    void block_thoseThatDoNotWaitRefuse(QueueKind kind) {
        TaskQueue<Integer> queue = full(kind, options(OverflowPolicy.BLOCK));
        assertThat(queue.offer(9)).isFalse();
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> queue.add(9))
                .withMessageContaining("full with 3 elements")
                .satisfies(full -> assertThat(full.undelivered()).isEqualTo(List.of(9)));
        assertThat(queue).hasSize(3);
        assertThat(dropped).isEmpty();
    }

    @EachBoundedQueue
    void fail_refusesAtOnce(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = full(kind, options(OverflowPolicy.FAIL));
        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> queue.put(9));
        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> queue.add(9));
        assertThat(queue.offer(9)).isFalse();
        assertThat(queue.offer(9, HOUR)).isFalse();
        queue.poll();
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> queue.putAll(List.of(5, 6, 7)))
                .satisfies(full -> assertThat(full.undelivered()).isEqualTo(List.of(6, 7)));
        assertThat(queue).hasSize(3).contains(5).doesNotContain(6, 7, 9);
        assertThat(dropped).isEmpty();
        assertThat(queue.unfinishedTasks()).isEqualTo(4L);
    }

    @EachBoundedQueue
    void dropNewest_dropsTheNewcomer_inEveryForm(QueueKind kind) throws InterruptedException {
        for (Putting form : allForms()) {
            dropped.clear();
            TaskQueue<Integer> queue = full(kind, options(OverflowPolicy.DROP_NEWEST));
            form.put(queue, 1);
            assertThat(dropped).containsExactly(1);
            assertThat(queue).containsExactlyInAnyOrder(2, 3, 4);
            assertThat(queue.unfinishedTasks()).isEqualTo(3L);
            assertThat(queue.stats().dropped()).isEqualTo(1L);
            assertThat(queue.stats().removed()).as("it never entered").isZero();
            assertThat(queue.stats().put()).isEqualTo(3L);
            queue.poll();
            form.put(queue, 1);
            assertThat(dropped).as("there was room").containsExactly(1);
        }
    }

    @EachBoundedQueue
    void dropOldest_makesRoom_inEveryForm(QueueKind kind) throws InterruptedException {
        for (Putting form : allForms()) {
            dropped.clear();
            TaskQueue<Integer> queue = full(kind, options(OverflowPolicy.DROP_OLDEST));
            form.put(queue, 1);
            Integer goes = kind.order() == QueueKind.Order.SMALLEST_FIRST ? 4 : 2; // the least urgent or the oldest
            assertThat(dropped).containsExactly(goes);
            assertThat(queue).hasSize(3).contains(1, 3).doesNotContain(goes);
            assertThat(queue.unfinishedTasks()).isEqualTo(3L);
            QueueStats stats = queue.stats();
            assertThat(stats.dropped()).isEqualTo(1L);
            assertThat(stats.removed()).isEqualTo(1L);
            assertThat(stats.put()).isEqualTo(4L);
            assertThat(stats.taken()).isZero();
        }
    }

    @EachBoundedQueue
    void dropOldest_ofManyAtOnce_keepsTheLastOrTheMostUrgent(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = full(kind, options(OverflowPolicy.DROP_OLDEST));
        queue.putAll(List.of(5, 6, 1, 7, 8));
        boolean urgent = kind.order() == QueueKind.Order.SMALLEST_FIRST;
        assertThat(queue).containsExactlyInAnyOrderElementsOf(urgent ? List.of(1, 2, 3) : List.of(1, 7, 8));
        assertThat(dropped).containsExactlyElementsOf(urgent ? List.of(5, 6, 4, 7, 8) : List.of(2, 3, 4, 5, 6));
        assertThat(queue.unfinishedTasks()).isEqualTo(3L);
        assertThat(queue.stats().dropped()).isEqualTo(5L);
    }

    @EachBoundedQueue
    void droppingQueue_thatIsShutDown_refusesAndDropsNothing(QueueKind kind) {
        for (OverflowPolicy policy : List.of(OverflowPolicy.DROP_NEWEST, OverflowPolicy.DROP_OLDEST)) {
            TaskQueue<Integer> queue = full(kind, options(policy));
            queue.shutdown();
            assertThatExceptionOfType(QueueShutdownException.class).isThrownBy(() -> queue.put(9));
            assertThatExceptionOfType(QueueShutdownException.class).isThrownBy(() -> queue.putAll(List.of(9)));
            assertThatExceptionOfType(QueueShutdownException.class).isThrownBy(() -> queue.add(9));
            assertThat(queue.offer(9)).isFalse();
            assertThat(queue).hasSize(3).doesNotContain(9);
            assertThat(dropped).isEmpty();
        }
    }

    @EachBoundedQueue
    void policyOfTheSystemDefaults_tellsNobody(QueueKind kind) throws InterruptedException {
        TaskQueue<Integer> queue = full(kind, QueueOptions.<Integer>defaults().overflow(OverflowPolicy.DROP_NEWEST));
        queue.put(9);
        assertThat(queue).hasSize(3);
        assertThat(queue.stats().dropped()).isEqualTo(1L);
    }

    // ---- handlers that throw ----

    @EachBoundedQueue
    void handlerThatThrows_reachesTheCaller_andTheNewcomerIsIn(QueueKind kind) {
        RuntimeException failure = new RuntimeException("of the handler");
        TaskQueue<Integer> queue = full(
                kind,
                QueueOptions.<Integer>defaults()
                        .overflow(OverflowPolicy.DROP_OLDEST)
                        .onUndelivered(e -> {
                            dropped.add(e);
                            throw failure;
                        }));
        assertThatThrownBy(() -> queue.put(1)).isSameAs(failure);
        assertThat(queue).hasSize(3).contains(1);
        assertThat(dropped).hasSize(1);
        assertThatThrownBy(() -> queue.putAll(List.of(0, -1))).isSameAs(failure);
        assertThat(queue).as("all of a batch are in").contains(0, -1);
        assertThat(dropped).as("each was told").hasSize(3);
        assertThat(queue.unfinishedTasks()).isEqualTo(3L);
    }

    @EachBoundedQueue
    void handlerThatThrowsDifferently_theFirstIsThrown_theOthersAreSuppressed(QueueKind kind) {
        TaskQueue<Integer> queue = full(
                kind,
                QueueOptions.<Integer>defaults()
                        .overflow(OverflowPolicy.DROP_NEWEST)
                        .onUndelivered(e -> {
                            throw new IllegalArgumentException("no " + e);
                        }));
        assertThatThrownBy(() -> queue.putAll(List.of(7, 8, 9)))
                .hasMessage("no 7")
                .satisfies(first -> assertThat(first.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("no 8", "no 9"));
        assertThat(queue.stats().dropped()).isEqualTo(3L);
    }

    @EachBoundedQueue
    void handlerMayUseTheQueue(QueueKind kind) throws InterruptedException {
        for (OverflowPolicy policy : List.of(OverflowPolicy.DROP_NEWEST, OverflowPolicy.DROP_OLDEST)) {
            dropped.clear();
            List<TaskQueue<Integer>> self = new ArrayList<>();
            TaskQueue<Integer> queue =
                    full(kind, QueueOptions.<Integer>defaults().overflow(policy).onUndelivered(e -> {
                        dropped.add(e);
                        assertThat(self.get(0).remove(3)).isTrue();
                        assertThat(self.get(0).offer(e))
                                .as("this time there is room")
                                .isTrue();
                    }));
            self.add(queue);
            queue.put(1);
            boolean urgent = kind.order() == QueueKind.Order.SMALLEST_FIRST;
            int goes = policy == OverflowPolicy.DROP_NEWEST ? 1 : urgent ? 4 : 2;
            assertThat(dropped).containsExactly(goes);
            assertThat(queue).containsExactlyInAnyOrder(1, 2, 4);
            assertThat(queue.unfinishedTasks()).isEqualTo(3L);
        }
    }

    /** Two threads put into a full queue that nobody takes from, so each put drops. */
    @EachBoundedQueue
    void handler_isCalledByTheThreadThatDropped_onceForEach(QueueKind kind) {
        for (OverflowPolicy policy : List.of(OverflowPolicy.DROP_NEWEST, OverflowPolicy.DROP_OLDEST)) {
            ThreadLocal<List<Integer>> told = new ThreadLocal<>();
            TaskQueue<Integer> queue = kind.bounded(
                    2,
                    QueueOptions.<Integer>defaults()
                            .overflow(policy)
                            .onUndelivered(e -> told.get().add(e))); // fails in a thread that does not put
            List<Integer> all = new ArrayList<>(List.of(-1, -2));
            queue.addAll(all);
            boolean oneForEachPut = policy == OverflowPolicy.DROP_NEWEST || !(queue instanceof FifoTaskQueue);
            try (TestThreads threads = new TestThreads()) {
                List<TestThread<List<Integer>>> putters = new ArrayList<>();
                for (int p = 0; p < 2; p++) {
                    int first = p * 1_000;
                    putters.add(threads.start("putter " + p, () -> {
                        told.set(new ArrayList<>());
                        for (int i = first; i < first + 1_000; i++) {
                            int before = told.get().size();
                            queue.put(i);
                            if (oneForEachPut) {
                                assertThat(told.get()).hasSize(before + 1);
                            }
                        }
                        return told.get();
                    }));
                }
                all.clear();
                for (TestThread<List<Integer>> putter : putters) {
                    all.addAll(putter.result());
                }
            }
            assertThat(all).hasSize(2_000).doesNotHaveDuplicates();
            assertThat(queue.stats().dropped()).isEqualTo(2_000L);
            all.addAll(queue);
            assertThat(all).hasSize(2_002).doesNotHaveDuplicates();
        }
    }

    // ---- queues that are never full ----

    @EachQueue
    void policy_isWithoutEffectOnAQueueThatGrows(QueueKind kind) throws InterruptedException {
        if (!kind.grows()) {
            return; // all other tests of this class
        }
        for (OverflowPolicy policy : OverflowPolicy.values()) {
            for (Putting form : allForms()) {
                TaskQueue<Integer> queue = kind.bounded(1, options(policy));
                for (int i = 0; i < 300; i++) {
                    form.put(queue, i);
                }
                assertThat(queue).hasSize(300);
                assertThat(queue.remainingCapacity()).isEqualTo(Integer.MAX_VALUE);
                assertThat(queue.stats().dropped()).isZero();
                assertThat(queue.stats().removed()).isZero();
                assertThat(queue.shutdownNow())
                        .isEqualTo(
                                kind.order().of(IntStream.range(0, 300).boxed().toList()));
            }
        }
        assertThat(dropped).isEmpty();
    }

    @EachQueue
    void drainTo_refusedByItsCollection_tellsTheHandlerOfTheRest(QueueKind kind) {
        TaskQueue<Integer> queue = kind.bounded(5, options(OverflowPolicy.BLOCK));
        queue.addAll(List.of(1, 2, 3, 4));
        QueueExtractionTest.Refusing sink = new QueueExtractionTest.Refusing(1);
        assertThatThrownBy(() -> queue.drainTo(sink)).isSameAs(sink.refusal).hasNoSuppressedExceptions();
        List<Integer> all = new ArrayList<>(sink.accepted);
        all.addAll(dropped);
        all.addAll(queue);
        assertThat(all).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(dropped).isNotEmpty();
        assertThat(queue.unfinishedTasks()).as("those handed back are no tasks").isEqualTo(1L + queue.size());
    }

    @EachQueue
    void drainTo_refusedWithoutAHandler_theFailureCarriesTheRest(QueueKind kind) {
        TaskQueue<Integer> queue = kind.filled(4, 5);
        QueueExtractionTest.Refusing sink = new QueueExtractionTest.Refusing(1);
        assertThatThrownBy(() -> queue.drainTo(sink)).isSameAs(sink.refusal);
        assertThat(sink.refusal.getSuppressed()).hasSize(1);
        UndeliveredException carried = (UndeliveredException) sink.refusal.getSuppressed()[0];
        List<Object> all = new ArrayList<>(sink.accepted);
        all.addAll(carried.undelivered());
        all.addAll(queue);
        assertThat(all).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(carried).hasMessageContaining(carried.undelivered().size() + " elements");
    }

    // ---- several threads ----

    @EachBoundedQueue
    void dropOldest_severalPutters_eachElementIsDroppedOnceOrThere(QueueKind kind) {
        List<Integer> lost = Collections.synchronizedList(new ArrayList<>());
        TaskQueue<Integer> queue = kind.bounded(
                2,
                QueueOptions.<Integer>defaults()
                        .overflow(OverflowPolicy.DROP_OLDEST)
                        .onUndelivered(lost::add));
        List<Integer> taken;
        try (TestThreads threads = new TestThreads()) {
            for (int p = 0; p < 2; p++) {
                int first = p * 1_000;
                threads.start("putter " + p, () -> {
                    for (int i = first; i < first + 1_000; i++) {
                        queue.put(i);
                    }
                });
            }
            TestThread<List<Integer>> taker = threads.start("taker", () -> {
                List<Integer> got = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    Integer element = queue.poll();
                    if (element != null) {
                        got.add(element);
                    }
                }
                return got;
            });
            taken = taker.result();
        }
        List<Integer> all = new ArrayList<>(taken);
        all.addAll(lost);
        all.addAll(queue);
        assertThat(all).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(queue.unfinishedTasks()).isEqualTo((long) taken.size() + queue.size());
    }
}
