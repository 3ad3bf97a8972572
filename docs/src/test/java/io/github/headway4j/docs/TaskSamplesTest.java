// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.docs.TaskSamples.Waits.ReturnWhen;
import io.github.headway4j.tasks.Outcome;
import io.github.headway4j.tasks.TaskScope;
import io.github.headway4j.tasks.WorkerPool;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The samples of tasks in the guides do what the guides say. */
final class TaskSamplesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void page_hasBoth_orThrowsTheFailureItself() throws Exception {
        assertThat(new TaskSamples.Shop().page(3)).isEqualTo(new TaskSamples.Page("user 3", 6));
        IOException planned = new IOException("planned");
        assertThatThrownBy(() -> new TaskSamples.Shop() {
                    @Override
                    int countOrders(int id) throws IOException {
                        throw planned;
                    }
                }.page(3))
                .isSameAs(planned);
    }

    @Test
    void sizes_tellTheOnesAndTheOthers() throws Exception {
        TaskSamples.Sites sites = new TaskSamples.Sites();
        assertThat(sites.sizes(List.of("a", "", "abc"))).isEqualTo(Map.of("a", 1, "abc", 3));
        assertThat(sites.trouble).singleElement().asString().contains("no site");
    }

    @Test
    void firstTwo_willDo() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (TaskScope<String, List<String>> scope = TaskScope.open(new TaskSamples.FirstTwo<>())) {
            scope.fork(() -> "a");
            scope.fork(() -> {
                throw new IOException("planned");
            });
            scope.fork(() -> {
                never.await();
                return "never";
            });
            scope.fork(() -> "b");
            assertThat(scope.join()).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void context_isThatOfTheCaller() throws Exception {
        TaskSamples.Callers.USER.set("Ada");
        try {
            assertThat(new TaskSamples.Callers().greetings(List.of("good morning", "good night")))
                    .containsExactly("good morning Ada", "good night Ada");
        } finally {
            TaskSamples.Callers.USER.remove();
        }
    }

    @Test
    void calls_giveAllOrEachOrOne() throws Exception {
        TaskSamples.Answers answers = new TaskSamples.Answers();
        assertThat(answers.all("a", "b")).containsExactly("answer of a", "answer of b");
        assertThatThrownBy(() -> answers.all("a", "")).isInstanceOf(IOException.class);
        List<Outcome<String>> each = answers.each("a", "");
        assertThat(each.get(0)).isEqualTo(Outcome.success("answer of a"));
        assertThat(each.get(1)).isInstanceOf(Outcome.Failure.class);
        assertThat(answers.fastest("", "b")).isEqualTo("answer of b");
        assertThat(answers.inTime("a", "otherwise")).isEqualTo("answer of a");
    }

    @Test
    void pictures_areShownInOrder_untilItIsEnough() {
        TaskSamples.Pictures pictures = new TaskSamples.Pictures();
        AtomicInteger fetched = new AtomicInteger();
        Iterable<String> addresses = () -> IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> i == 9 ? "last" : "" + i)
                .iterator(); // without end
        pictures.showAll(addresses, address -> {
            fetched.incrementAndGet();
            return address;
        });
        assertThat(pictures.shown).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "last");
        assertThat(fetched).hasValueLessThan(9 + 1 + 8 * 16 + 16);
    }

    @Test
    void tasksOfOneKey_runOneAfterTheOther_andNothingIsKept() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(4)) {
            TaskSamples.PerKey<String> perKey = new TaskSamples.PerKey<>(pool);
            Map<String, List<Integer>> seen = Map.of(
                    "a",
                    new ArrayList<>(),
                    "b",
                    new ArrayList<>(),
                    "c",
                    Collections.synchronizedList(new ArrayList<>()));
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                int n = i;
                for (String key : seen.keySet()) {
                    all.add(perKey.execute(key, () -> {
                        seen.get(key).add(n); // a list for one thread at a time
                        if (n % 7 == 0) {
                            throw new IllegalStateException("planned");
                        }
                    }));
                }
            }
            for (CompletableFuture<Void> one : all) {
                one.handle((nothing, failure) -> null).get(60, TimeUnit.SECONDS);
            }
            List<Integer> inOrder = IntStream.range(0, 300).boxed().toList();
            assertThat(seen.values()).allSatisfy(numbers -> assertThat(numbers).isEqualTo(inOrder));
            assertThat(all.get(0)).isCompletedExceptionally();
            Await.until("no key in use", () -> perKey.keysInUse() == 0);
        }
    }

    @Test
    void tasksOfDifferentKeys_runBesideEachOther() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(2)) {
            TaskSamples.PerKey<String> perKey = new TaskSamples.PerKey<>(pool);
            CountDownLatch both = new CountDownLatch(2);
            Runnable meet = () -> {
                both.countDown();
                try {
                    both.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            };
            CompletableFuture<Void> one = perKey.execute("a", meet);
            perKey.execute("b", meet).get(60, TimeUnit.SECONDS);
            one.get(60, TimeUnit.SECONDS);
        }
    }

    // ---- wait ----

    private static <T> Map<Boolean, List<CompletableFuture<T>>> await(
            ReturnWhen when, List<CompletableFuture<T>> futures) throws InterruptedException {
        return TaskSamples.Waits.await(futures, PATIENCE, when);
    }

    @Test
    @Python({"F10", "F14"})
    void wait_forAll_countsEachOnce() throws Exception {
        CompletableFuture<Integer> one = CompletableFuture.completedFuture(1);
        CompletableFuture<Integer> other = CompletableFuture.failedFuture(new IOException("planned"));
        Map<Boolean, List<CompletableFuture<Integer>>> split =
                await(ReturnWhen.ALL_COMPLETED, List.of(one, other, one));
        assertThat(split.get(true)).containsExactly(one, other);
        assertThat(split.get(false)).isEmpty();
        assertThat(await(ReturnWhen.ALL_COMPLETED, List.of()).get(true)).isEmpty();
    }

    @Test
    @Python({"F11", "F12", "A15"})
    void wait_forTheFirst_givesAllThatAreDone() throws Exception {
        CompletableFuture<Integer> done = CompletableFuture.completedFuture(1);
        CompletableFuture<Integer> cancelled = new CompletableFuture<>();
        cancelled.cancel(false);
        CompletableFuture<Integer> open = new CompletableFuture<>();
        Map<Boolean, List<CompletableFuture<Integer>>> split =
                await(ReturnWhen.FIRST_COMPLETED, List.of(open, done, cancelled));
        assertThat(split.get(true)).containsExactly(done, cancelled);
        assertThat(split.get(false)).containsExactly(open);

        try (TestThreads threads = new TestThreads()) {
            CompletableFuture<Integer> late = new CompletableFuture<>();
            TestThread<Map<Boolean, List<CompletableFuture<Integer>>>> waiter =
                    threads.start("waiter", () -> await(ReturnWhen.FIRST_COMPLETED, List.of(open, late)));
            waiter.awaitParked();
            late.complete(2);
            waiter.join();
            assertThat(waiter.result()).isEqualTo(Map.of(true, List.of(late), false, List.of(open)));
        }
    }

    @Test
    @Python({"F13", "A15"})
    void wait_forTheFirstException_isNotEndedByAnythingElse() throws Exception {
        CompletableFuture<Integer> failed = CompletableFuture.failedFuture(new IOException("planned"));
        CompletableFuture<Integer> open = new CompletableFuture<>();
        assertThat(await(ReturnWhen.FIRST_EXCEPTION, List.of(open, failed)).get(false))
                .containsExactly(open);

        try (TestThreads threads = new TestThreads()) {
            CompletableFuture<Integer> one = CompletableFuture.completedFuture(1);
            CompletableFuture<Integer> cancelled = new CompletableFuture<>();
            CompletableFuture<Integer> fails = new CompletableFuture<>();
            TestThread<Map<Boolean, List<CompletableFuture<Integer>>>> waiter = threads.start(
                    "waiter", () -> await(ReturnWhen.FIRST_EXCEPTION, List.of(one, cancelled, fails, open)));
            waiter.awaitParked();
            cancelled.cancel(false);
            waiter.assertStillParked();
            fails.completeExceptionally(new IOException("planned"));
            waiter.join();
            assertThat(waiter.result()).isEqualTo(Map.of(true, List.of(one, cancelled, fails), false, List.of(open)));
        }

        CompletableFuture<Integer> last = CompletableFuture.completedFuture(3);
        assertThat(await(ReturnWhen.FIRST_EXCEPTION, List.of(last)).get(true)).containsExactly(last);
    }

    @Test
    @Python({"F15", "A15"})
    void wait_thatTakesTooLong_splits_andStopsNothing() throws Exception {
        CompletableFuture<Integer> done = CompletableFuture.completedFuture(1);
        CompletableFuture<Integer> open = new CompletableFuture<>();
        assertThat(TaskSamples.Waits.await(List.of(done, open), Duration.ofMillis(2), ReturnWhen.ALL_COMPLETED))
                .isEqualTo(Map.of(true, List.of(done), false, List.of(open)));
        assertThat(TaskSamples.Waits.await(List.of(open), Duration.ZERO, ReturnWhen.FIRST_COMPLETED)
                        .get(false))
                .containsExactly(open);
        assertThat(open).isNotDone();
    }

    @Test
    @Python("F16")
    void wait_forAHundredFuturesThatRace_missesNone() throws Exception {
        try (WorkerPool pool = WorkerPool.fixed(4)) {
            for (ReturnWhen when : ReturnWhen.values()) {
                List<CompletableFuture<Integer>> futures = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    int n = i;
                    futures.add(CompletableFuture.supplyAsync(() -> n, pool));
                }
                Map<Boolean, List<CompletableFuture<Integer>>> split = await(when, futures);
                assertThat(split.get(true)).hasSizeGreaterThanOrEqualTo(when == ReturnWhen.FIRST_COMPLETED ? 1 : 100);
                assertThat(split.get(true).size() + split.get(false).size()).isEqualTo(100);
            }
        }
    }

    @Test
    @Python("A16")
    void wait_thatIsInterrupted_stopsNothing() {
        CompletableFuture<Integer> open = new CompletableFuture<>();
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> waiter = threads.start("waiter", () -> {
                assertThatThrownBy(() -> await(ReturnWhen.ALL_COMPLETED, List.of(open)))
                        .isInstanceOf(InterruptedException.class);
            });
            waiter.awaitParked();
            waiter.interrupt();
            waiter.join();
        }
        assertThat(open).isNotDone();
    }
}
