// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a pool does while nothing goes wrong with its processes; they are the same ones for all tests. */
class ProcessPoolTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open() throws InterruptedException {
        pool = ProcessPool.fixed(2);
        assertThat(pool.awaitReady(PoolTasks.LONG)).isTrue();
    }

    @AfterEach
    void nothingIsLeft() {
        Await.until("all tasks to end", () -> pool.stats().sent() + pool.stats().queued() == 0);
        ProcessPoolStats stats = pool.stats();
        assertThat(stats.submitted()).isEqualTo(stats.succeeded() + stats.failed() + stats.cancelled());
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    // ---- tasks ----

    @Test
    void task_runsInAnotherProcess_withWhatItCaptures() throws Exception {
        int[] numbers = {1, 2, 3};
        String text = "grüße \uD83D\uDE00";
        CompletableFuture<String> future =
                pool.submit(() -> text + Arrays.stream(numbers).sum() + "/" + PoolTasks.pid());
        String result = future.get();
        assertThat(result).startsWith(text + "6/");
        assertThat(pool.pids()).contains(Long.valueOf(result.substring(result.indexOf('/') + 1)));
    }

    @Test
    void task_mayReturnNull() throws Exception {
        assertThat(pool.<Object>submit(() -> null).get()).isNull();
    }

    @Test
    void argumentsAndResults_largerThanTheRing_comeWhole() throws Exception {
        byte[] large = new byte[3_000_001];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        List<CompletableFuture<byte[]>> futures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            futures.add(pool.submit(() -> large.clone()));
            futures.add(pool.submit(() -> new byte[1]));
        }
        for (int i = 0; i < 8; i++) {
            assertThat(futures.get(i).get()).isEqualTo(i % 2 == 0 ? large : new byte[1]);
        }
    }

    @Test
    void largeTasks_thatFillTheRing_areSentAsRoomComes() throws Exception {
        List<String> items =
                IntStream.range(0, 40).mapToObj(i -> (i + "-").repeat(30_000)).toList();
        assertThat(pool.map(items, 1, String::length))
                .isEqualTo(items.stream().map(String::length).toList());
    }

    @Test
    void handler_isMadeOnceInEachProcess() throws Exception {
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            answers.add(pool.submit(PoolTasks.Counting.class, "call ").get());
        }
        assertThat(answers).contains("call 1").doesNotContain("call 7");
        assertThat(answers.size()).isBetween(3, 6);
    }

    @Test
    void handler_thatCannotBeMade_isRefused() {
        abstract class Abstract implements Function<String, String> {}
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.submit(Abstract.class, ""))
                .withMessageContaining("not abstract");
        record Needy(String need) implements Function<String, String> {
            @Override
            public String apply(String text) {
                return need + text;
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.submit(Needy.class, ""))
                .withMessageContaining("without parameters");
    }

    @Test
    void failure_comesAsItself_withTheTraceOfTheOtherProcess() {
        CompletableFuture<Integer> future = pool.submit(() -> Integer.parseInt("seven"));
        assertThatThrownBy(future::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(NumberFormatException.class)
                .hasMessage("For input string: \"seven\"")
                .satisfies(failure -> {
                    assertThat(failure.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().equals(Integer.class.getName()))
                            .anyMatch(frame -> frame.getClassName().equals(ProcessPoolTest.class.getName()));
                    RemoteTaskException where = (RemoteTaskException) failure.getSuppressed()[0];
                    assertThat(where.getMessage()).startsWith("thrown in worker process ");
                    assertThat(where.remoteClassName()).isEqualTo(NumberFormatException.class.getName());
                    assertThat(where.remoteTrace()).contains("parseInt");
                });
    }

    @Test
    void failure_thatCannotBeSent_comesAsText() {
        CompletableFuture<Integer> future = pool.submit(() -> {
            throw new PoolTasks.Unsendable("not for export");
        });
        assertThatThrownBy(future::get).cause().satisfies(failure -> {
            RemoteTaskException remote = (RemoteTaskException) failure;
            assertThat(remote.remoteClassName()).isEqualTo(PoolTasks.Unsendable.class.getName());
            assertThat(remote).hasMessageContaining("not for export").hasMessageContaining("ProcessPoolTest");
        });
    }

    @Test
    void failure_thatThrowsErrorsWhenItIsLookedAt_comesByItsName() throws Exception {
        long crashed = pool.stats().crashed();
        CompletableFuture<Integer> future = pool.submit(() -> {
            throw new PoolTasks.Hostile();
        });
        assertThatThrownBy(future::get)
                .cause()
                .isInstanceOfSatisfying(
                        RemoteTaskException.class,
                        remote -> assertThat(remote.remoteClassName()).isEqualTo(PoolTasks.Hostile.class.getName()));
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        assertThat(pool.stats().crashed()).isEqualTo(crashed);
    }

    @Test
    void errors_failTheirTask_andNothingElse() throws Exception {
        CompletableFuture<Integer> deep = pool.submit(() -> endless(0));
        CompletableFuture<Integer> large = pool.submit(() -> new long[Integer.MAX_VALUE].length);
        assertThatThrownBy(deep::get).cause().isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(large::get).cause().isInstanceOf(OutOfMemoryError.class);
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack is full
    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    @Test
    void interruptAndContextClassLoader_thatATaskLeavesBehind_areGoneForTheNext() throws Exception {
        for (int i = 0; i < 4; i++) {
            pool.submit(() -> {
                        Thread.currentThread().interrupt();
                        Thread.currentThread().setContextClassLoader(null);
                        return 1;
                    })
                    .get();
        }
        for (int i = 0; i < 4; i++) {
            assertThat(pool.submit(() -> !Thread.interrupted()
                                    && Thread.currentThread().getContextClassLoader() != null)
                            .get())
                    .isTrue();
        }
        List<Boolean> left = pool.map(
                PoolTasks.numbers(500),
                1,
                x -> { // without a pause between them
                    boolean interrupted = Thread.interrupted();
                    Thread.currentThread().interrupt();
                    return interrupted;
                });
        assertThat(left).containsOnly(false);
    }

    @Test
    void nulls_areRefused() {
        assertThatThrownBy(() -> pool.submit(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> pool.submit(() -> 1, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> pool.map(List.of(1), null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> pool.imap(null, 1, x -> x)).isInstanceOf(NullPointerException.class);
    }

    // ---- who runs what ----

    @Test
    void whatWaitsBehindALongTask_isRunByTheOtherProcess() throws Exception {
        try (SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create()) {
            pool.map(PoolTasks.numbers(2_000), 1, x -> x); // so that many are sent ahead
            CompletableFuture<Integer> longTask = pool.submit(() -> PoolTasks.awaitGate(begun, gate, 7));
            List<CompletableFuture<Integer>> others = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                others.add(pool.submit(() -> number));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(others.get(i).get()).isEqualTo(i);
            }
            assertThat(longTask).isNotDone();
            gate.set();
            assertThat(longTask.get()).isEqualTo(7);
        }
    }

    @Test
    void callbackThatWaitsForAnotherTask_keepsNobodyWaiting() throws Exception {
        Set<Integer> got = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            all.add(pool.submit(() -> number)
                    .thenApply(x -> got.add(pool.submit(() -> 10 + number).join())));
        }
        for (CompletableFuture<Boolean> each : all) {
            assertThat(each.get()).isTrue();
        }
        assertThat(got).hasSize(6);
    }

    @Test
    void callbackThatNeverReturns_keepsNobodyWaiting() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        List<CompletableFuture<Void>> stuck = new ArrayList<>();
        try (SharedEvent begun = SharedEvent.create();
                SharedEvent go = SharedEvent.create()) {
            List<CompletableFuture<?>> tasks = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                CompletableFuture<?> task = pool.submit(() -> PoolTasks.awaitGate(begun, go, 1));
                tasks.add(task);
                stuck.add(task.thenAccept(x -> awaitUninterruptibly(gate))); // not done yet: not called here
            }
            go.set();
            for (CompletableFuture<?> task : tasks) {
                Await.until("the task to be done", task::isDone); // get would call the callback
            }
        }
        assertThat(pool.submit(() -> 2).get()).isEqualTo(2);
        assertThat(pool.map(PoolTasks.numbers(10), 3, x -> x)).hasSize(10);
        gate.countDown();
        for (CompletableFuture<Void> each : stuck) {
            each.get();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // ---- cancelling ----

    @Test
    void cancelledTask_thatHasNotBegun_neverRuns() throws Exception {
        try (SharedMemory memory = SharedMemory.create(64);
                SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create()) {
            List<CompletableFuture<?>> busy = List.of(
                    pool.submit(() -> PoolTasks.awaitGate(begun, gate, 1)),
                    pool.submit(() -> PoolTasks.awaitGate(begun, gate, 2)));
            List<CompletableFuture<Long>> doomed = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                doomed.add(pool.submit(() -> memory.longs().getAndAdd(0, 1)));
            }
            for (CompletableFuture<Long> future : doomed) {
                assertThat(future.cancel(false)).isTrue();
                assertThat(future.isCancelled()).isTrue();
            }
            gate.set();
            for (CompletableFuture<?> future : busy) {
                future.get();
            }
            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
            assertThat(memory.longs().get(0)).isZero();
        }
    }

    @Test
    void cancelFalse_ofATaskThatRuns_letsItGoOn() throws Exception {
        List<Long> pids = pool.pids();
        try (SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create()) {
            CompletableFuture<Integer> future = pool.submit(() -> PoolTasks.awaitGate(begun, gate, 1));
            begun.await();
            assertThat(future.cancel(false)).isTrue();
            assertThat(pool.stats().sent()).isOne();
            gate.set();
            Await.until("the end", () -> pool.stats().sent() == 0);
        }
        assertThat(pool.pids()).isEqualTo(pids);
    }

    // ---- maps ----

    @Test
    void map_givesTheResultsInOrder_whateverTheChunks() throws Exception {
        List<Integer> items = PoolTasks.numbers(1_000);
        List<Integer> expected = items.stream().map(x -> x * 3).toList();
        for (int chunk : new int[] {1, 7, 999, 1_000, 5_000}) {
            assertThat(pool.map(items, chunk, x -> x * 3)).isEqualTo(expected);
            assertThat(pool.imap(items, chunk, x -> x * 3).toList()).isEqualTo(expected);
            assertThat(pool.mapUnordered(items, chunk, x -> x * 3).toList())
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(pool.map(items, x -> x * 3)).isEqualTo(expected);
        assertThat(pool.map((Iterable<Integer>) items::iterator, x -> x * 3)).isEqualTo(expected);
    }

    @Test
    void map_takesNullsAndObjects() throws Exception {
        List<Object> items = Arrays.asList(1, null, "two", List.of(3), Duration.ofSeconds(4));
        assertThat(pool.map(items, 2, x -> x)).isEqualTo(items);
        assertThat(pool.map(items, 2, x -> null)).containsOnlyNulls().hasSize(5);
    }

    @Test
    void maps_whoseLastChunksEndWhileTheOwnerLooks_areNotSleptOver() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            int first = i;
            assertThat(pool.map(List.of(first, first + 1), 1, x -> x + 1)).containsExactly(first + 1, first + 2);
        }
    }

    @Test
    void map_throwsWhatALoopWouldHaveThrown() throws Exception {
        try (SharedMemory memory = SharedMemory.create(8 * 100)) {
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> pool.map(PoolTasks.numbers(100), 4, x -> {
                        memory.longs().getAndAdd(x, 1);
                        return 1 / (x - 37) + 1 / (x - 80);
                    }))
                    .withMessage("/ by zero");
            for (int i = 0; i < 100; i++) {
                assertThat(memory.longs().get(i)).as("runs of %d", i).isBetween(i <= 37 ? 1L : 0L, 1L);
            }
            assertThat(pool.stats().sent()).isZero();
        }
    }

    @Test
    void map_ofWhatCannotBeSent_throwsThat_andThePoolGoesOn() throws Exception {
        assertThatExceptionOfType(NotSerializableException.class)
                .isThrownBy(() -> pool.map(List.of(1, new Object(), 3), 1, x -> x));
        Object captured = new Object();
        assertThatExceptionOfType(NotSerializableException.class)
                .isThrownBy(() -> pool.map(List.of(1), 1, x -> captured.hashCode()));
        assertThat(pool.map(List.of(1), 1, x -> x)).containsExactly(1);
    }

    @Test
    void imap_deliversWhatComesBeforeAFailure() {
        try (ProcessResults<Integer> results = pool.imap(PoolTasks.numbers(50), 8, x -> 1 / (x - 20))) {
            for (int i = 0; i < 20; i++) {
                assertThat(results.next()).isEqualTo(1 / (i - 20));
            }
            assertThat(results.hasNext()).isTrue();
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(results::next);
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    void imap_ofAnEndlessSource_takesNoMoreThanItNeeds() {
        AtomicInteger taken = new AtomicInteger();
        Iterable<Integer> endless = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                return taken.getAndIncrement();
            }
        };
        try (ProcessResults<Integer> results = pool.imap(endless, 3, x -> x)) {
            for (int i = 0; i < 5_000; i++) {
                assertThat(results.next()).isEqualTo(i);
            }
        }
        assertThat(taken.get()).isBetween(5_000, 5_000 + 3 * 64 * 2 + 3);
    }

    @Test
    void await_thatTimesOut_losesNothing() throws Exception {
        try (SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create();
                ProcessResults<Integer> results = pool.imap(List.of(5), 1, x -> PoolTasks.awaitGate(begun, gate, x))) {
            assertThat(results.await(Duration.ZERO)).isFalse();
            assertThat(results.await(Duration.ofMillis(1))).isFalse();
            gate.set();
            assertThat(results.await(PoolTasks.LONG)).isTrue();
            assertThat(results.next()).isEqualTo(5);
            assertThat(results.hasNext()).isFalse();
            assertThat(results.await(Duration.ZERO)).isTrue();
        }
    }

    @Test
    void await_thatIsTimed_doesNotWaitLongerForWhatRunsWhenAChunkHasFailed() throws Exception {
        long failed = pool.stats().failed();
        try (SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create();
                ProcessResults<Integer> results = pool.imap(List.of(0, 1), 1, x -> {
                    if (x == 1) {
                        return PoolTasks.awaitGate(begun, gate, x);
                    }
                    begun.awaitUninterruptibly();
                    throw new ArithmeticException("before the other one");
                })) {
            Await.until("the first one to fail", () -> pool.stats().failed() > failed);
            for (int i = 0; i < 20; i++) {
                assertThat(results.await(Duration.ofMillis(1))).isFalse();
            }
            gate.set();
            assertThat(results.await(PoolTasks.LONG)).isTrue();
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(results::next);
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    void timesLongerThanAnyClockRuns_areForEver() throws Exception {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int number = i;
            Duration timeout = i % 3 == 0 ? PoolTasks.LONG : i % 3 == 1 ? longest : Duration.ofNanos(Long.MAX_VALUE);
            futures.add(pool.submit(
                    () -> {
                        LockSupport.parkNanos(1_000_000L);
                        return number;
                    },
                    timeout));
        }
        for (int i = 0; i < 40; i++) {
            assertThat(futures.get(i).get()).isEqualTo(i);
        }
        try (ProcessResults<Integer> results = pool.imap(List.of(5), 1, x -> x)) {
            assertThat(results.await(longest)).isTrue();
            assertThat(results.next()).isEqualTo(5);
        }
    }

    @Test
    void results_closedEarly_withdrawWhatHasNotBegun_andWaitForTheRest() throws Exception {
        try (SharedMemory memory = SharedMemory.create(64);
                SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create();
                TestThreads threads = new TestThreads()) {
            TestThread<Void> closer = threads.start("closer", () -> {
                ProcessResults<Integer> results = pool.imap(PoolTasks.numbers(100), 1, x -> {
                    memory.longs().getAndAdd(0, 1);
                    return PoolTasks.awaitGate(begun, gate, x);
                });
                begun.await();
                results.close();
                assertThat(results.hasNext()).isFalse();
            });
            closer.awaitParked();
            Await.until("what has not begun to be withdrawn", () -> pool.stats().sent() <= 2);
            assertThat(closer.isAlive()).isTrue();
            gate.set();
            closer.join();
            assertThat(memory.longs().get(0)).isBetween(1L, 2L);
        }
    }

    @Test
    void results_areForTheThreadThatBegan() {
        try (ProcessResults<Integer> results = pool.imap(List.of(1), 1, x -> x);
                TestThreads threads = new TestThreads()) {
            threads.start("other", () -> {
                assertThatThrownBy(results::next).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(results::close).isInstanceOf(IllegalStateException.class);
            });
        }
    }

    @Test
    void interruptedIterator_throws_andLosesNothing() throws Exception {
        try (ProcessResults<Integer> results = pool.imap(PoolTasks.numbers(3), 1, x -> x)) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(results::next);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(results.toList()).containsExactly(0, 1, 2);
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> pool.map(List.of(1), 1, x -> x));
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> results.await(Duration.ZERO));
        }
    }

    @Test
    void toString_tellsTheFigures() {
        assertThat(pool.toString())
                .matches("ProcessPool\\[process-pool-\\d+, 2 of 2 ready, 0 queued, 0 sent, \\d+ ended]");
    }
}
