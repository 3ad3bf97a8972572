// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What stops a map of {@link Tasks}, and that nothing is at work afterwards. */
class TasksCancelTest {

    /** The same item without end. */
    private static final Iterable<Integer> ENDLESS = () -> new Iterator<>() {
        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Integer next() {
            return 1;
        }
    };

    /** Counts the calls that have begun and not ended. */
    private static final class Patient {
        final AtomicInteger live = new AtomicInteger();
        final AtomicInteger begun = new AtomicInteger();

        Integer call(Integer item) {
            live.incrementAndGet();
            begun.incrementAndGet();
            try {
                return SubtaskThreads.forEver();
            } catch (InterruptedException e) {
                throw Failures.unchecked(e);
            } finally {
                for (int i = 0; i < 50; i++) {
                    Thread.yield();
                }
                live.decrementAndGet();
            }
        }
    }

    // ---- closing ----

    @EachKindOfSubtask
    void close_interrupts_andWaits(SubtaskThreads threads) {
        Patient patient = new Patient();
        TaskResults<Integer> results = Tasks.map(ENDLESS, 5, patient::call, options -> options.scope(threads::choose));
        Await.until("all workers", () -> patient.live.get() == 5);
        results.close();
        assertThat(patient.live).hasValue(0);
        assertThat(patient.begun).hasValue(5);
        assertThat(results.hasNext()).isFalse();
        results.close();
    }

    @EachKindOfSubtask
    void close_reachesWorkersThatWaitForRoom_orForTheirTurn(SubtaskThreads threads) {
        AtomicInteger taken = new AtomicInteger();
        TaskResults<Integer> results = Tasks.map(
                ENDLESS,
                5,
                i -> taken.incrementAndGet(),
                options -> options.ahead(3).scope(threads::choose));
        Await.until("no room", () -> taken.get() == 3);
        results.close();
        assertThat(taken).hasValue(3);
    }

    @EachKindOfSubtask
    void close_reachesASourceThatWaits(SubtaskThreads threads) {
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicInteger left = new AtomicInteger();
        Iterable<Integer> source = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                waiting.countDown();
                try {
                    return SubtaskThreads.forEver();
                } catch (InterruptedException e) {
                    throw Failures.unchecked(e);
                } finally {
                    left.incrementAndGet();
                }
            }

            @Override
            public Integer next() {
                throw new AssertionError("there is none");
            }
        };
        try (TaskResults<Integer> results = Tasks.map(source, 5, i -> i, options -> options.scope(threads::choose))) {
            TasksMapTest.awaitQuietly(waiting);
            assertThat(results.toString()).contains("0 of 0 or more");
        }
        assertThat(left).hasValue(1);
    }

    @Test
    void close_keepsAnInterruptPending() {
        Patient patient = new Patient();
        TaskResults<Integer> results = Tasks.map(ENDLESS, 2, patient::call);
        Thread.currentThread().interrupt();
        results.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(patient.live).hasValue(0);
    }

    // ---- interrupts of the consumer ----

    @EachKindOfSubtask
    void interruptOfTheConsumer_endsTheWait_andStopsNothing(SubtaskThreads threads) {
        CountDownLatch go = new CountDownLatch(1);
        try (TestThreads helpers = new TestThreads()) {
            TestThread<List<Integer>> consumer = helpers.start("consumer", () -> {
                try (TaskResults<Integer> results = Tasks.map(
                        List.of(1, 2),
                        2,
                        i -> {
                            TasksMapTest.awaitQuietly(go);
                            return i;
                        },
                        options -> options.scope(threads::choose))) {
                    assertThatThrownBy(results::next)
                            .isInstanceOf(CancellationException.class)
                            .hasCauseInstanceOf(InterruptedException.class);
                    assertThatThrownBy(results::hasNext).isInstanceOf(CancellationException.class);
                    assertThat(Thread.interrupted()).isTrue();
                    go.countDown();
                    return results.toList();
                }
            });
            consumer.awaitParked();
            consumer.interrupt();
            assertThat(consumer.result()).containsExactly(1, 2);
        }
    }

    @Test
    void interruptWhileTheOthersOfAFailureEnd_losesNothing() {
        IllegalStateException failure = new IllegalStateException("planned");
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (TestThreads helpers = new TestThreads()) {
            TestThread<Void> consumer = helpers.start("consumer", () -> {
                try (TaskResults<Integer> results = Tasks.map(List.of(1, 2), 2, i -> {
                    if (i == 2) {
                        throw failure;
                    }
                    for (boolean ended = false; !ended; ) { // does not heed
                        try {
                            go.await();
                            ended = true;
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                        }
                    }
                    return i;
                })) {
                    interrupted.await();
                    assertThat(results.await(Duration.ZERO)).isTrue();
                    assertThatThrownBy(results::next).isInstanceOf(CancellationException.class);
                    assertThat(Thread.interrupted()).isTrue();
                    go.countDown();
                    assertThat(results.next()).isEqualTo(1);
                    assertThat(catchThrowable(results::next)).isSameAs(failure);
                }
            });
            Await.until("the failure", () -> interrupted.getCount() == 0);
            consumer.awaitParked();
            consumer.interrupt();
            consumer.join();
        }
    }

    // ---- deadlines ----

    @EachKindOfSubtask
    void deadline_stopsAll(SubtaskThreads threads) {
        Patient patient = new Patient();
        try (TaskResults<Integer> results = Tasks.map(
                ENDLESS,
                2,
                patient::call,
                options -> options.scope(scope -> {
                    threads.choose(scope);
                    scope.deadline(Duration.ofMillis(20));
                }))) {
            assertThat(catchThrowable(results::next)).isInstanceOf(ScopeTimeoutException.class);
            assertThat(patient.live).hasValue(0);
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    void deadlineThatIsOver_letsNothingBegin() {
        AtomicInteger begun = new AtomicInteger();
        try (TaskResults<Integer> results = Tasks.map(
                ENDLESS, 2, i -> begun.incrementAndGet(), options -> options.scope(s -> s.deadline(Duration.ZERO)))) {
            assertThat(catchThrowable(results::next)).isInstanceOf(ScopeTimeoutException.class);
        }
        assertThat(begun).hasValue(0);
    }

    @Test
    void deadlineThatComesAfterTheLastItem_changesNothing() {
        List<Integer> items = List.of(1, 2, 3);
        for (long millis = 50; ; millis *= 2) { // until the machine is fast enough
            Duration deadline = Duration.ofMillis(millis);
            AtomicInteger ended = new AtomicInteger();
            try (TaskResults<Integer> results = Tasks.map(
                    items,
                    1,
                    i -> {
                        ended.incrementAndGet();
                        return i;
                    },
                    options -> options.scope(scope -> scope.deadline(deadline)))) {
                Await.until("the deadline", () -> results.toString().contains("cancelled"));
                if (ended.get() == 3) {
                    assertThat(results.toList()).isEqualTo(items);
                    return;
                }
            }
        }
    }

    // ---- threads ----

    @Test
    void factoryThatGivesNone_isTold_andNothingIsLeft() {
        assertThatThrownBy(() -> Tasks.map(
                        ENDLESS, 2, i -> i, options -> options.scope(scope -> scope.threadFactory(body -> null))))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void factoryThatGivesNoSecondOne_losesNoResultOfTheFirst() {
        CountDownLatch second = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        List<Integer> undelivered = new ArrayList<>();
        Patient patient = new Patient();
        MapOptions options = new MapOptions(2)
                .scope(scope -> scope.threadFactory(body -> {
                    if (asked.getAndIncrement() == 0) {
                        return ThreadKind.PLATFORM.unstarted("made", body);
                    }
                    TasksMapTest.awaitQuietly(second);
                    return null;
                }));
        Function<Integer, Integer> function = i -> {
            if (i == 0) {
                return i;
            }
            second.countDown();
            return patient.call(i);
        };
        assertThatThrownBy(() -> TaskResults.<Integer, Integer>begin(
                        List.of(0, 1).iterator(), function, 2, false, options, undelivered::add))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(undelivered).containsExactly(0);
        assertThat(patient.live).hasValue(0);
    }

    @EachKindOfSubtask
    void soak_nothingIsAtWorkAfterTheMap_andNoResultIsLostOrDoubled(SubtaskThreads threads) {
        SplittableRandom random = new SplittableRandom(42);
        List<Integer> items = IntStream.range(0, 60).boxed().toList();
        int ends = 0;
        for (int round = 0; round < 300; round++) {
            AtomicInteger live = new AtomicInteger();
            int concurrency = 1 + random.nextInt(6);
            int ahead = 1 + random.nextInt(12);
            int failing = random.nextInt(120);
            int closing = random.nextInt(120);
            boolean ordered = random.nextBoolean();
            int seen = 0;
            Function<Integer, Integer> function = i -> {
                live.incrementAndGet();
                try {
                    if (i % 5 == 0) {
                        LockSupport.parkNanos(20_000);
                    }
                    if (i == failing) {
                        throw new IllegalStateException("planned");
                    }
                    return i;
                } finally {
                    live.decrementAndGet();
                }
            };
            Consumer<MapOptions> choice = options -> options.ahead(ahead).scope(scope -> {
                threads.choose(scope);
                scope.onUnseenFailure(failure -> {});
            });
            Set<Integer> all = new HashSet<>();
            try (TaskResults<Integer> results = ordered
                    ? Tasks.map(items, concurrency, function, choice)
                    : Tasks.mapUnordered(items, concurrency, function, choice)) {
                while (seen < closing && results.hasNext()) {
                    int result = results.next();
                    assertThat(all.add(result)).as("once").isTrue();
                    if (ordered) {
                        assertThat(result).isEqualTo(seen);
                    }
                    seen++;
                }
                if (seen < closing) {
                    assertThat(seen).isEqualTo(60);
                    ends++;
                }
            } catch (IllegalStateException planned) {
                assertThat(planned).hasMessage("planned");
                assertThat(failing).isLessThan(60);
            }
            assertThat(live).as("at work after round %d", round).hasValue(0);
        }
        assertThat(ends).as("maps that came to their end").isPositive();
    }
}
