// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import java.io.NotSerializableException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What CPython's tests of {@code ProcessPoolExecutor} and {@code multiprocessing.Pool} show, by number. */
class PythonProcessPoolTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open() {
        pool = ProcessPool.fixed(2);
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    private static int square(int x) {
        return x * x;
    }

    private static List<Integer> squares(int count) {
        return PoolTasks.numbers(count).stream()
                .map(PythonProcessPoolTest::square)
                .toList();
    }

    // ---- ProcessPoolExecutor ----

    @Test
    @Python({"F43", "F51"})
    void processThatIsKilled_failsItsTaskOnly_andThePoolGoesOn() throws Exception {
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        for (String how : List.of("exit", "halt", "throw")) {
            futures.add(pool.submit(() -> {
                PoolTasks.die(how);
                return 0;
            }));
            PoolTasks.Trap atLoad = new PoolTasks.Trap(how, "");
            futures.add(pool.submit(() -> atLoad.hashCode()));
        }
        for (CompletableFuture<Integer> future : futures) {
            assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class);
        }
        assertThat(pool.submit(() -> 6).get()).isEqualTo(6);
    }

    @Test
    @Python("F44")
    void map_isTheSame_whateverTheSizeOfTheChunks_butForNone() throws Exception {
        for (int chunk : new int[] {6, 40, 50}) {
            assertThat(pool.map(PoolTasks.numbers(40), chunk, PythonProcessPoolTest::square))
                    .isEqualTo(squares(40));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> pool.map(List.of(1), -1, x -> x));
    }

    @Test
    @Python({"F45", "M30"})
    void failure_hasTheTraceOfTheOtherProcess() {
        assertThatThrownBy(() -> pool.submit(() -> List.of().get(5)).get())
                .cause()
                .isInstanceOf(IndexOutOfBoundsException.class)
                .satisfies(failure -> assertThat(((RemoteTaskException) failure.getSuppressed()[0]).remoteTrace())
                        .contains("PythonProcessPoolTest"));
    }

    @Test
    @Python({"F46", "F47"})
    void processes_areAsManyAsWereAskedFor_howeverManyTasks() throws Exception {
        assertThat(pool.awaitReady(PoolTasks.LONG)).isTrue();
        List<Long> pids = pool.pids();
        assertThat(pids).hasSize(2);
        for (int i = 0; i < 3; i++) {
            assertThat(pids).contains(pool.submit(() -> PoolTasks.pid()).get());
        }
        List<CompletableFuture<Integer>> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(pool.submit(() -> 1));
        }
        assertThat(pool.pids()).isEqualTo(pids);
        assertThat(pool.stats().starting()).isZero();
        for (CompletableFuture<Integer> each : many) {
            each.get();
        }
    }

    @Test
    @Python({"F48", "F49", "M28"})
    void maxTasks_replaceTheProcess_andAnEarlyCloseCompletesAll() throws Exception {
        ProcessPool recycling =
                ProcessPool.fixed(1, ProcessPoolOptions.defaults().maxTasksPerChild(3));
        List<CompletableFuture<Long>> futures = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            futures.add(recycling.submit(() -> PoolTasks.pid()));
        }
        recycling.shutdown();
        List<Long> pids = new ArrayList<>();
        for (CompletableFuture<Long> future : futures) {
            pids.add(future.get());
        }
        assertThat(new HashSet<>(pids.subList(0, 3))).hasSize(1);
        assertThat(new HashSet<>(pids.subList(3, 6))).hasSize(1);
        assertThat(pids.get(3)).isNotEqualTo(pids.get(0));
        recycling.close();
        assertThat(recycling.stats().started()).isEqualTo(2);
        Children.awaitGone(pids);
    }

    @Test
    @Python({"F50", "M27"})
    void whatCannotBeSerialized_failsItsFuture_andThePoolGoesOn() throws Exception {
        Object captured = new Object();
        CompletableFuture<Integer> task = pool.submit(() -> captured.hashCode());
        assertThatThrownBy(task::get).cause().isInstanceOf(NotSerializableException.class);
        for (int i = 0; i < 20; i++) {
            CompletableFuture<Object> result = pool.submit(() -> new Object());
            assertThatThrownBy(result::get).cause().isInstanceOf(RemoteTaskException.class);
        }
        assertThat(pool.submit(() -> 3).get()).isEqualTo(3);
    }

    // ---- Pool ----

    @Test
    @Python("M16")
    void submitAndMaps_giveWhatALoopGives() throws Exception {
        assertThat(pool.submit(() -> square(5)).get()).isEqualTo(25);
        assertThat(pool.map(PoolTasks.numbers(10), PythonProcessPoolTest::square))
                .isEqualTo(squares(10));
        assertThat(pool.map(PoolTasks.numbers(100), 20, PythonProcessPoolTest::square))
                .isEqualTo(squares(100));
        assertThat(pool.map(List.of(List.of(2, 3), List.of(4, 5)), 1, pair -> pair.get(0) * pair.get(1)))
                .containsExactly(6, 20);
    }

    @Test
    @Python("M17")
    void callbacks_areCalledOnce_withAResultOrAFailure() throws Exception {
        AtomicInteger results = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            int divisor = i % 2;
            pool.submit(() -> 1 / divisor)
                    .handle((result, failure) -> (failure == null ? results : failures).incrementAndGet())
                    .get();
        }
        assertThat(results).hasValue(5);
        assertThat(failures).hasValue(5);
    }

    @Test
    @Python("M18")
    void imap_keepsTheOrder_andEnds() {
        for (int count : new int[] {10, 1_000}) {
            try (ProcessResults<Integer> results =
                    pool.imap(PoolTasks.numbers(count), count / 10, PythonProcessPoolTest::square)) {
                for (int i = 0; i < count; i++) {
                    assertThat(results.next()).isEqualTo(i * i);
                }
                assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(results::next);
            }
        }
    }

    @Test
    @Python("M19")
    void mapUnordered_givesTheSame_inAnyOrder() {
        for (int chunk : new int[] {1, 100}) {
            List<Integer> results = pool.mapUnordered(PoolTasks.numbers(1_000), chunk, PythonProcessPoolTest::square)
                    .toList();
            assertThat(results).containsExactlyInAnyOrderElementsOf(squares(1_000));
        }
    }

    private static Iterable<Integer> failingAt(int position) {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                if (next == position) {
                    throw new IllegalStateException("the source at " + position);
                }
                return next++;
            }
        };
    }

    @Test
    @Python("M20")
    void failureOfTheSource_comesAtItsPosition() {
        for (int position : new int[] {0, 7}) {
            for (int chunk : new int[] {1, 2, 4}) {
                try (ProcessResults<Integer> results = pool.imap(failingAt(position), chunk, x -> x)) {
                    for (int i = 0; i < position; i++) {
                        assertThat(results.next()).isEqualTo(i);
                    }
                    assertThatExceptionOfType(IllegalStateException.class)
                            .isThrownBy(results::next)
                            .withMessage("the source at " + position);
                    assertThat(results.hasNext()).isFalse();
                }
                assertThatExceptionOfType(IllegalStateException.class)
                        .isThrownBy(() -> pool.map(failingAt(position), chunk, x -> x));
                try (ProcessResults<Integer> results = pool.mapUnordered(failingAt(position), chunk, x -> x)) {
                    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(results::toList);
                }
            }
        }
    }

    @Test
    @Python("M21")
    void emptyInput_givesNothing() throws Exception {
        List<Integer> none = List.of();
        assertThat(pool.map(none, x -> x)).isEmpty();
        assertThat(pool.map(none, 3, x -> x)).isEmpty();
        assertThat(pool.imap(none, 1, x -> x).hasNext()).isFalse();
        assertThat(pool.mapUnordered(none, 1, x -> x).toList()).isEmpty();
    }

    @Test
    @Python("M22")
    void get_mayTimeOut_andBeRepeated() throws Exception {
        try (SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create()) {
            CompletableFuture<Integer> future = pool.submit(() -> PoolTasks.awaitGate(begun, gate, 4));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(1, TimeUnit.MILLISECONDS));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(0, TimeUnit.MILLISECONDS));
            gate.set();
            assertThat(future.get()).isEqualTo(4);
        }
    }

    @Test
    @Python({"M23", "M29"})
    void numbersBelowOne_areRefused() {
        for (int bad : new int[] {0, -1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> ProcessPool.fixed(bad));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProcessPoolOptions.defaults().maxTasksPerChild(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> pool.imap(List.of(1), bad, x -> x));
            assertThatIllegalArgumentException().isThrownBy(() -> pool.mapUnordered(List.of(1), bad, x -> x));
        }
    }

    @Test
    @Python({"M24", "M25"})
    void shutdownNow_withThousandsQueued_endsAtOnce_andNothingIsAcceptedAfterwards() throws Exception {
        ProcessPool doomed = ProcessPool.fixed(2);
        List<CompletableFuture<Object>> futures = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            futures.add(doomed.submit(() -> PoolTasks.never()));
        }
        doomed.shutdownNow();
        assertThat(doomed.awaitTermination(PoolTasks.LONG)).isTrue();
        assertThat(futures).allMatch(CompletableFuture::isCancelled);
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> doomed.submit(() -> 1));
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> doomed.map(List.of(1), x -> x));
    }

    @Test
    @Python("M26")
    void map_ofWhichAnItemFails_throwsItsFailure() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> pool.map(PoolTasks.numbers(30), 1, x -> 1 / (x - 3)));
    }

    @Test
    @Python("M31")
    void arguments_areReleased() throws Exception {
        List<Object> argument = new ArrayList<>(List.of(Duration.ofDays(1)));
        CompletableFuture<Integer> future = pool.submit(() -> argument.size());
        assertThat(future.get()).isOne();
        WeakReference<Object> reference = submitAndForget();
        Await.until("the argument to be collected", () -> {
            System.gc();
            return reference.refersTo(null);
        });
    }

    private static WeakReference<Object> submitAndForget() throws Exception {
        ArrayList<Object> argument = new ArrayList<>(List.of("x"));
        pool.submit(() -> argument.size()).get();
        assertThat(pool.map(List.of(argument), 1, List::size)).containsExactly(1);
        return new WeakReference<>(argument);
    }
}
