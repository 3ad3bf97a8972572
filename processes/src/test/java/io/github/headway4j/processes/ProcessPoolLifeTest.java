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
import java.io.ObjectInputFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Beginning and end of pools, and what can be chosen. */
class ProcessPoolLifeTest {

    private static ProcessPoolOptions options() {
        return ProcessPoolOptions.defaults();
    }

    /** What is opened once and kept for good is no leak. */
    @BeforeAll
    static void warmUp() throws Exception {
        try (ProcessPool pool = ProcessPool.fixed(1)) {
            pool.submit(() -> 1, PoolTasks.LONG).get();
        }
    }

    // ---- the end ----

    @Test
    void close_waitsForAllThatWasAccepted_andLeavesNothingBehind() throws Exception {
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        ProcessPool pool;
        try (Leaks leaks = Leaks.watch()) {
            try (ProcessPool opened = ProcessPool.fixed(2)) {
                pool = opened;
                for (int i = 0; i < 200; i++) {
                    int number = i;
                    futures.add(pool.submit(() -> number, PoolTasks.LONG));
                }
            }
            assertThat(pool.isTerminated()).isTrue();
            for (int i = 0; i < 200; i++) {
                assertThat(futures.get(i)).isCompletedWithValue(i);
            }
        }
        assertThat(pool.isShutdown()).isTrue();
        assertThat(pool.awaitTermination(Duration.ZERO)).isTrue();
        assertThat(pool.pids()).isEmpty();
        assertThat(pool.toString()).endsWith("200 ended, terminated]");
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.submit(() -> 1));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.map(List.of(1), x -> x));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.imap(List.of(1), 1, x -> x));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> pool.awaitReady(PoolTasks.LONG));
        pool.close();
        assertThat(pool.shutdownNow()).isZero();
    }

    @Test
    void shutdownNow_cancelsEverything_killsAll_andLeavesNothingBehind() throws Exception {
        try (Leaks leaks = Leaks.watch();
                SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create();
                TestThreads threads = new TestThreads()) {
            ProcessPool pool = ProcessPool.fixed(2);
            List<CompletableFuture<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                futures.add(pool.submit(() -> PoolTasks.awaitGate(begun, gate, 1)));
            }
            begun.await();
            TestThread<Void> mapper = threads.start("mapper", () -> {
                assertThatExceptionOfType(CancellationException.class)
                        .isThrownBy(() -> pool.map(PoolTasks.numbers(10), 1, x -> x));
            });
            Await.until("the map to be sent", () -> pool.stats().submitted() == 60);
            assertThat(pool.shutdownNow()).isEqualTo(60);
            for (CompletableFuture<Integer> future : futures) {
                assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
            }
            mapper.join();
            assertThat(pool.awaitTermination(PoolTasks.LONG)).isTrue();
        }
    }

    @Test
    void poolThatIsStoppedWhileItStarts_leavesNothingBehind() throws Exception {
        try (Leaks leaks = Leaks.watch()) {
            for (int i = 0; i < 3; i++) {
                ProcessPool pool = ProcessPool.fixed(2);
                CompletableFuture<Integer> future = pool.submit(() -> 1);
                if (i > 0) {
                    Await.until(
                            "the first one",
                            () -> pool.stats().ready() > 0 || pool.stats().starting() < 2);
                }
                pool.shutdownNow();
                assertThat(pool.close(PoolTasks.LONG)).isTrue();
                assertThat(future).isDone();
            }
        }
    }

    @Test
    void close_whenInterrupted_stops_andStaysInterrupted() throws Exception {
        try (SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create();
                TestThreads threads = new TestThreads()) {
            ProcessPool pool = ProcessPool.fixed(1);
            CompletableFuture<Integer> running = pool.submit(() -> PoolTasks.awaitGate(begun, gate, 1));
            CompletableFuture<Integer> queued = pool.submit(() -> 2);
            begun.await();
            pool.close(Duration.ofMillis(1)); // too short for this, and perhaps too short for what is stopped to end
            ProcessPool other = ProcessPool.fixed(1);
            CompletableFuture<Integer> endless = other.submit(() -> PoolTasks.never());
            TestThread<Boolean> closer = threads.start("closer", () -> {
                other.close();
                return Thread.interrupted();
            });
            closer.awaitParked();
            closer.interrupt();
            assertThat(closer.result()).isTrue();
            assertThat(endless).isCancelled();
            assertThat(other.isTerminated()).isTrue();
            assertThat(pool.awaitTermination(PoolTasks.LONG)).isTrue();
            assertThat(running).isCancelled();
            assertThat(queued).isCancelled();
        }
    }

    @Test
    void close_doesNotWaitForCallbacks_andMayBeCalledByOne() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        ProcessPool pool = ProcessPool.fixed(1);
        CompletableFuture<Void> closing = pool.submit(() -> 1).thenRun(pool::close);
        CompletableFuture<Void> stuck = pool.submit(() -> 1).thenRun(() -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        pool.close();
        closing.get();
        assertThat(stuck).isNotDone();
        gate.countDown();
        stuck.get();
    }

    @Test
    void map_thatBeganBeforeAShutdown_isCompleted_imapIsNot() throws Exception {
        try (SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create();
                TestThreads threads = new TestThreads();
                ProcessPool pool = ProcessPool.fixed(1, options().backlog(4))) {
            TestThread<List<Integer>> mapper = threads.start(
                    "mapper",
                    () -> pool.map(PoolTasks.numbers(100), 1, x -> x > 0 ? x : PoolTasks.awaitGate(begun, gate, x)));
            begun.await();
            TestThread<Integer> iterating = threads.start("imap", () -> {
                try (ProcessResults<Integer> results = pool.imap(PoolTasks.numbers(10_000), 1, x -> x)) {
                    int count = 0;
                    gate.set();
                    while (results.hasNext()) {
                        try {
                            results.next();
                            count++;
                            pool.shutdown();
                        } catch (RejectedExecutionException e) {
                            return count;
                        }
                    }
                    throw new AssertionError("all of it");
                }
            });
            assertThat(iterating.result()).isLessThan(10_000);
            assertThat(mapper.result()).isEqualTo(PoolTasks.numbers(100));
        }
    }

    @Test
    void map_thatHasSentNothing_keepsTheProcessesOfAPoolThatIsShutDown() throws Exception {
        try (ProcessPool pool = ProcessPool.fixed(1)) {
            assertThat(pool.awaitReady(PoolTasks.LONG)).isTrue();
            Iterable<Integer> items = () -> PoolTasks.numbers(3).stream()
                    .peek(number -> {
                        pool.shutdown();
                        assertThat(pool.stats().ready()).isOne();
                    })
                    .iterator();
            assertThat(pool.map(items, 1, x -> x)).isEqualTo(PoolTasks.numbers(3));
        }
    }

    @Test
    void map_whosePoolIsStoppedByItsSource_isCancelled_howeverLittleWasSent() throws Exception {
        for (int stop : new int[] {0, 1, 500}) {
            ProcessPool pool = ProcessPool.fixed(1);
            Iterable<Integer> items = () -> PoolTasks.numbers(1_000).stream()
                    .peek(number -> {
                        if (number == stop) {
                            pool.shutdownNow();
                        }
                    })
                    .iterator();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> pool.map(items, 1, x -> x));
            pool.close();
        }
    }

    @Test
    void map_ofMoreThanCanBe_orOfASizeThatIsNone_doesNotKeepAPoolFromClosing() throws Exception {
        try (ProcessPool pool = ProcessPool.fixed(1)) {
            List<Integer> odd = new AbstractList<>() {
                @Override
                public Integer get(int index) {
                    throw new UnsupportedOperationException("no item " + index);
                }

                @Override
                public int size() {
                    return Integer.MAX_VALUE;
                }
            };
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> pool.map(odd, 1, x -> x));
            Collection<Integer> negative = new AbstractCollection<>() {
                @Override
                public Iterator<Integer> iterator() {
                    return List.of(3).iterator();
                }

                @Override
                public int size() {
                    return -1;
                }
            };
            assertThat(pool.map(negative, 1, x -> x)).containsExactly(3);
            pool.shutdown();
            assertThat(pool.awaitTermination(PoolTasks.LONG)).isTrue();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "looks for processes in /proc")
    void parentThatIsKilled_takesItsWorkersAlong(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pids");
        String name = file.toString();
        List<Long> pids;
        try (OtherJvm parent = OtherJvm.start(talk -> {
            ProcessPool pool = ProcessPool.fixed(2);
            pool.awaitReady(PoolTasks.LONG);
            pool.submit(() -> PoolTasks.never());
            for (long pid : pool.pids()) {
                Files.writeString(Path.of(name), pid + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            talk.hear();
        })) {
            pids = Children.awaitPids(file, 2);
            parent.kill();
        }
        Children.awaitGone(pids);
    }

    // ---- what can be chosen ----

    @Test
    void initializer_runsOnceInEachProcess_beforeItsFirstTask() throws Exception {
        try (SharedMemory memory = SharedMemory.create(64);
                ProcessPool pool = ProcessPool.fixed(
                        2,
                        options()
                                .name("painters")
                                .environment("HEADWAY_COLOUR", "green")
                                .jvmOptions("-Dshape=round")
                                .initializer(() -> {
                                    memory.longs().getAndAdd(0, 1L);
                                    System.setProperty("initialized", "yes");
                                }))) {
            assertThat(pool.awaitReady(PoolTasks.LONG)).isTrue();
            String seen = pool.submit(() -> System.getProperty("initialized")
                            + System.getProperty("shape")
                            + System.getenv("HEADWAY_COLOUR")
                            + Thread.currentThread().getName())
                    .get();
            assertThat(seen).startsWith("yesroundgreenpainters-");
            assertThat(memory.longs().getVolatile(0)).isEqualTo(2L);
            assertThat(pool.toString()).startsWith("ProcessPool[painters, ");
        }
    }

    @Test
    void initializerThatFails_breaksThePool() throws Exception {
        try (ProcessPool pool = ProcessPool.fixed(2, options().initializer(() -> {
            throw new UnsupportedOperationException("no ink");
        }))) {
            CompletableFuture<Integer> future = pool.submit(() -> 1);
            assertThatThrownBy(future::get)
                    .cause()
                    .isInstanceOf(BrokenProcessPoolException.class)
                    .cause()
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("no ink");
            assertThatExceptionOfType(BrokenProcessPoolException.class).isThrownBy(() -> pool.submit(() -> 1));
            assertThatExceptionOfType(BrokenProcessPoolException.class)
                    .isThrownBy(() -> pool.awaitReady(PoolTasks.LONG));
            assertThat(pool.awaitTermination(PoolTasks.LONG)).isTrue();
        }
    }

    @Test
    void workerThatCannotStart_breaksThePool() {
        try (ProcessPool pool = ProcessPool.fixed(1, options().jvmOptions("-XX:NoSuchOption=1"))) {
            assertThatThrownBy(() -> pool.map(List.of(1), x -> x)).isInstanceOf(BrokenProcessPoolException.class);
        }
    }

    @Test
    void maxTasksPerChild_replacesProcesses_betweenTasksThatWereSentAhead() throws Exception {
        try (ProcessPool pool = ProcessPool.fixed(1, options().maxTasksPerChild(3))) {
            List<CompletableFuture<Long>> futures = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                futures.add(pool.submit(() -> PoolTasks.pid()));
            }
            List<Long> pids = new ArrayList<>();
            for (CompletableFuture<Long> future : futures) {
                pids.add(future.get());
            }
            assertThat(new HashSet<>(pids)).hasSize(3);
            assertThat(new HashSet<>(pids.subList(0, 3))).hasSize(1);
            assertThat(new HashSet<>(pids.subList(3, 6))).hasSize(1);
            assertThat(new HashSet<>(pids.subList(6, 8))).hasSize(1);
        }
    }

    @Test
    void boundedBacklog_letsSubmittersWait_untilThereIsRoom_orTheyAreInterrupted() throws Exception {
        try (SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create();
                ProcessPool pool = ProcessPool.fixed(1, options().backlog(2));
                TestThreads threads = new TestThreads()) {
            pool.submit(() -> PoolTasks.awaitGate(begun, gate, 1));
            begun.await();
            Set<CompletableFuture<Integer>> accepted = new HashSet<>();
            TestThread<Void> filler = threads.start("filler", () -> {
                for (int i = 0; i < 20; i++) {
                    int number = i;
                    accepted.add(pool.submit(() -> number));
                }
            });
            filler.awaitParked();
            assertThat(pool.stats().queued()).isEqualTo(2);
            AtomicReference<Throwable> refusal = new AtomicReference<>();
            TestThread<Boolean> interrupted = threads.start("interrupted", () -> {
                try {
                    pool.submit(() -> 1);
                } catch (RejectedExecutionException e) {
                    refusal.set(e.getCause());
                }
                return Thread.interrupted();
            });
            interrupted.awaitParked();
            interrupted.interrupt();
            assertThat(interrupted.result()).isTrue();
            assertThat(refusal.get()).isInstanceOf(InterruptedException.class);
            gate.set();
            filler.join();
            for (CompletableFuture<Integer> future : accepted) {
                future.get();
            }
            assertThat(accepted).hasSize(20);
            assertThat(pool.map(PoolTasks.numbers(500), 1, x -> x)).hasSize(500);
        }
    }

    @Test
    void await_thatIsTimed_doesNotWaitLongerForRoomInTheBacklog() throws Exception {
        try (SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create();
                ProcessPool pool = ProcessPool.fixed(1, options().backlog(1));
                TestThreads threads = new TestThreads()) {
            pool.submit(() -> PoolTasks.awaitGate(begun, gate, 1));
            begun.await();
            while (pool.stats().queued() == 0) {
                pool.submit(() -> 2);
            }
            TestThread<Integer> mapper = threads.start("mapper", () -> {
                try (ProcessResults<Integer> results = pool.imap(List.of(5), 1, x -> x)) {
                    assertThat(results.await(Duration.ZERO)).isFalse();
                    assertThat(results.await(Duration.ofMillis(1))).isFalse();
                    gate.set();
                    assertThat(results.await(PoolTasks.LONG)).isTrue();
                    return results.next();
                }
            });
            assertThat(mapper.result()).isEqualTo(5);
        }
    }

    @Test
    void mapsThatFindNoRoom_areNotSleptOver_whenWhatTheyGaveHasJustEnded() throws Exception {
        try (ProcessPool pool = ProcessPool.fixed(2, options().backlog(1));
                TestThreads threads = new TestThreads()) {
            AtomicBoolean over = new AtomicBoolean();
            TestThread<Void> other = threads.start("other", () -> {
                while (!over.get()) {
                    pool.submit(() -> 0);
                }
                return null;
            });
            try {
                for (int i = 0; i < 1_000; i++) {
                    assertThat(sum(pool.imap(List.of(1, 2, 3, 4), 1, x -> x))).isEqualTo(10);
                    assertThat(sum(pool.mapUnordered(List.of(1, 2, 3, 4), 1, x -> x)))
                            .isEqualTo(10);
                }
            } finally {
                over.set(true);
            }
            other.result();
        }
    }

    private static int sum(ProcessResults<Integer> results) {
        int sum = 0;
        try (results) {
            while (results.hasNext()) {
                sum += results.next();
            }
        }
        return sum;
    }

    @Test
    void resultThatIsThere_isDelivered_thoughTheBacklogHasNoRoom() throws Exception {
        try (SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create();
                ProcessPool pool = ProcessPool.fixed(1, options().backlog(1));
                TestThreads threads = new TestThreads()) {
            TestThread<Integer> mapper = threads.start("mapper", () -> {
                try (ProcessResults<Integer> results = pool.imap(PoolTasks.numbers(100), 1, x -> x)) {
                    Await.until("what was sent to end", () -> {
                        ProcessPoolStats stats = pool.stats();
                        return stats.succeeded() > 0 && stats.sent() + stats.queued() == 0;
                    });
                    pool.submit(() -> PoolTasks.awaitGate(begun, gate, 1));
                    begun.await();
                    while (pool.stats().queued() == 0) {
                        pool.submit(() -> 2);
                    }
                    assertThat(results.await(PoolTasks.LONG)).isTrue();
                    int first = results.next();
                    gate.set();
                    return first + results.toList().size();
                }
            });
            assertThat(mapper.result()).isEqualTo(99);
        }
    }

    @Test
    void resultFilter_guardsWhatIsRead_butNotBoxesAndStrings() throws Exception {
        ObjectInputFilter noDurations = info ->
                info.serialClass() != null && info.serialClass().getName().startsWith("java.time")
                        ? ObjectInputFilter.Status.REJECTED
                        : ObjectInputFilter.Status.UNDECIDED;
        try (ProcessPool pool = ProcessPool.fixed(1, options().resultFilter(noDurations))) {
            CompletableFuture<Duration> refused = pool.submit(() -> Duration.ofSeconds(1));
            assertThatThrownBy(refused::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(RemoteTaskException.class);
            assertThat(pool.submit(() -> "text").get()).isEqualTo("text");
            assertThat(pool.map(List.of(1), 1, x -> (Object) x)).containsExactly(1);
            assertThatExceptionOfType(RemoteTaskException.class)
                    .isThrownBy(() -> pool.map(List.of(1), 1, x -> Duration.ofSeconds(x)));
        }
    }

    @Test
    void numbersThatMakeNoSense_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessPool.fixed(0))
                .withMessage("workers: 0; expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options().maxTasksPerChild(0))
                .withMessage("tasks: 0; expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options().backlog(-1))
                .withMessage("capacity: -1; expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options().taskTimeout(Duration.ZERO))
                .withMessage("timeout: PT0S; expected more than nothing");
        Object captured = new Object();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProcessPool.fixed(1, options().initializer(() -> Objects.requireNonNull(captured))))
                .withMessageContaining("java.lang.Object");
    }
}
