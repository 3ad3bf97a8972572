// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of tasks whose processes end. One pool for all of it: it has to go on after each. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "kills by signals, and looks into /proc")
class ProcessPoolCrashTest {

    private static ProcessPool pool;

    @BeforeAll
    static void open() {
        pool = ProcessPool.fixed(2, ProcessPoolOptions.defaults().jvmOptions("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"));
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    private static WorkerCrashedException crashOf(CompletableFuture<?> future) {
        try {
            Object result = future.get();
            throw new AssertionError("it returned " + result);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(WorkerCrashedException.class);
            return (WorkerCrashedException) e.getCause();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void waysToDie_failTheirTaskWithWhatIsKnown() throws Exception {
        CompletableFuture<Integer> exit = pool.submit(() -> {
            System.err.println("the last words");
            System.exit(7);
            return 1;
        });
        CompletableFuture<Integer> halt = pool.submit(() -> {
            Runtime.getRuntime().halt(9);
            return 1;
        });
        WorkerCrashedException exited = crashOf(exit);
        assertThat(exited.exitCode()).isEqualTo(7);
        assertThat(exited.signal()).isEmpty();
        assertThat(exited.stderrTail()).isEqualTo("the last words\n");
        assertThat(exited).hasMessageContaining("exit code 7").hasMessageEndingWith("the last words");
        assertThat(crashOf(halt).exitCode()).isEqualTo(9);
        WorkerCrashedException killed = crashOf(pool.submit(() -> {
            PoolTasks.die("kill");
            return 1;
        }));
        assertThat(killed.signal()).hasValue(9);
        assertThat(killed.exitCode()).isEqualTo(137);
        WorkerCrashedException memory = crashOf(pool.submit(() -> {
            List<long[]> all = new ArrayList<>();
            while (all.size() < 10_000) {
                all.add(new long[1 << 20]);
            }
            return all.size();
        }));
        assertThat(memory.exitCode()).isEqualTo(3);
        assertThat(pool.submit(() -> 5).get()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"exit, 7", "halt, 9", "kill, 137"})
    void deathWhileTheTaskIsRead_orItsResultIsWritten_isThatOfThisTask(String how, int code) throws Exception {
        CompletableFuture<String> atLoad = pool.submit(loading(new PoolTasks.Trap(how, "")));
        CompletableFuture<Object> atSave = pool.submit(() -> new PoolTasks.Trap("", how).atHome(0L));
        CompletableFuture<Integer> innocent = pool.submit(() -> 3);
        assertThat(crashOf(atLoad).exitCode()).isEqualTo(code);
        assertThat(crashOf(atSave).exitCode()).isEqualTo(code);
        assertThat(innocent.get()).isEqualTo(3);
    }

    private static SerializableCallable<String> loading(PoolTasks.Trap trap) {
        return () -> trap.toString();
    }

    @Test
    void taskThatIsTooLargeToBeReceived_fails_ratherThanOneProcessAfterTheOther() throws Exception {
        byte[] large = new byte[40 << 20];
        assertThat(crashOf(pool.submit(() -> large.length)).exitCode()).isEqualTo(3);
        assertThatExceptionOfType(WorkerCrashedException.class)
                .isThrownBy(() -> pool.map(List.of(1, 2), 1, x -> x + large.length));
        assertThat(pool.submit(() -> 4).get()).isEqualTo(4);
    }

    @Test
    void workerWhoseMainThreadEnds_endsWhateverThreadsATaskHasLeft() throws Exception {
        try (ProcessPool few =
                ProcessPool.fixed(1, ProcessPoolOptions.defaults().jvmOptions("-Xmx64m"))) {
            few.submit(() -> {
                        Thread left = new Thread(PoolTasks::never);
                        left.setDaemon(false);
                        left.start();
                        return 1;
                    })
                    .get();
            byte[] large = new byte[40 << 20];
            assertThat(crashOf(few.submit(() -> large.length)).exitCode()).isEqualTo(1);
            assertThat(few.submit(() -> 2).get()).isEqualTo(2);
        }
    }

    @Test
    void resultThatIsTooLargeToBeReceived_failsItsTask_andNoOther() throws Exception {
        try (OtherJvm other = OtherJvm.start(List.of("-Xmx40m"), talk -> {
            try (ProcessPool few =
                    ProcessPool.fixed(1, ProcessPoolOptions.defaults().jvmOptions("-Xmx256m"))) {
                CompletableFuture<byte[]> large = few.submit(() -> new byte[48 << 20]);
                List<CompletableFuture<Integer>> others = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    others.add(few.submit(() -> 1));
                }
                try {
                    talk.say(large.get().length);
                } catch (ExecutionException e) {
                    Throwable why = e.getCause();
                    talk.say(why.getClass().getSimpleName() + ", "
                            + why.getCause().getClass().getSimpleName());
                }
                int sum = 0;
                for (CompletableFuture<Integer> each : others) {
                    sum += each.get();
                }
                talk.say(sum + ", " + few.stats().crashed());
            }
        })) {
            other.expect("RemoteTaskException, OutOfMemoryError");
            other.expect("20, 0");
        }
    }

    @Test
    void failureWhileSomethingIsReadOrWritten_isThatOfThisTask() throws Exception {
        CompletableFuture<String> taskLoad = pool.submit(loading(new PoolTasks.Trap("throw", "")));
        CompletableFuture<Object> resultSave = pool.submit(() -> new PoolTasks.Trap("", "throw").atHome(0L));
        CompletableFuture<Object> resultSaveOfNoClass = pool.submit(() -> new Object());
        CompletableFuture<Object> resultLoad = pool.submit(() -> new PoolTasks.OneWay());
        assertThatThrownBy(taskLoad::get)
                .cause()
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageStartingWith("a task could not be read in worker process ");
        assertThatThrownBy(resultSave::get)
                .cause()
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageStartingWith("the result of a task could not be sent in worker process ");
        assertThatThrownBy(resultSaveOfNoClass::get)
                .cause()
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("java.lang.Object");
        assertThatThrownBy(resultLoad::get)
                .cause()
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("cannot be read")
                .hasStackTraceContaining("read elsewhere");
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }

    @Test
    void idleWorkerThatIsKilled_isReplaced_andNothingFails() throws Exception {
        assertThat(pool.awaitReady(PoolTasks.LONG)).isTrue();
        long crashed = pool.stats().crashed();
        List<Long> before = pool.pids();
        before.forEach(PoolTasks::kill);
        Await.until(
                "other processes",
                () -> pool.pids().size() == 2 && pool.pids().stream().noneMatch(before::contains));
        assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
        assertThat(pool.stats().crashed()).isEqualTo(crashed);
    }

    @Test
    void taskThatKillsItsWorker_failsItself_notThoseBehindIt() throws Exception {
        pool.map(PoolTasks.numbers(2_000), 1, x -> x); // so that many are sent ahead
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int number = i;
            futures.add(pool.submit(() -> {
                if (number % 20 == 5) {
                    Runtime.getRuntime().halt(1);
                }
                return number;
            }));
        }
        for (int i = 0; i < 60; i++) {
            if (i % 20 == 5) {
                crashOf(futures.get(i));
            } else {
                assertThat(futures.get(i).get()).isEqualTo(i);
            }
        }
    }

    @Test
    void mapWhoseChunkCrashes_throwsThat() throws Exception {
        assertThatExceptionOfType(WorkerCrashedException.class)
                .isThrownBy(() -> pool.map(PoolTasks.numbers(20), 2, x -> {
                    if (x == 9) {
                        Runtime.getRuntime().halt(4);
                    }
                    return x;
                }));
        assertThat(pool.map(List.of(1), 1, x -> x + 1)).containsExactly(2);
    }

    @Test
    void thousandTasks_underRandomKills_eachRunsOnceAndReturns_orFailsClearly() throws Exception {
        int tasks = 1_000;
        AtomicBoolean over = new AtomicBoolean();
        try (SharedMemory memory = SharedMemory.create(8L * tasks);
                TestThreads threads = new TestThreads()) {
            TestThread<Integer> killer = threads.start("killer", () -> {
                Random random = new Random(11);
                int kills = 0;
                while (!over.get()) {
                    List<Long> pids = pool.pids();
                    if (kills < 15 && pids.size() == 2) {
                        PoolTasks.kill(pids.get(random.nextInt(2)));
                        kills++;
                    }
                    LockSupport.parkNanos(random.nextInt(60_000_000));
                }
                return kills;
            });
            List<CompletableFuture<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    memory.longs().getAndAdd(number, 1L);
                    LockSupport.parkNanos(number % 4 * 1_000_000L);
                    return number;
                }));
            }
            int crashes = 0;
            for (int i = 0; i < tasks; i++) {
                try {
                    assertThat(futures.get(i).get()).isEqualTo(i);
                    assertThat(memory.longs().getVolatile(i))
                            .as("runs of task %d", i)
                            .isOne();
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(WorkerCrashedException.class);
                    assertThat(memory.longs().getVolatile(i))
                            .as("runs of task %d", i)
                            .isBetween(0L, 1L);
                    crashes++;
                }
            }
            over.set(true);
            assertThat(crashes).isLessThanOrEqualTo(killer.result());
            assertThat(killer.result()).isPositive();
        }
        Await.until("the pool to be whole", () -> pool.pids().size() == 2);
    }

    // ---- workers that do not leave ----

    private static void stop(long pid) throws Exception {
        int exit = new ProcessBuilder("/bin/sh", "-c", "kill -STOP " + pid)
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    @Test
    void workerThatDoesNotLeave_isKilledByShutdownNow() throws Exception {
        ProcessPool stopped = ProcessPool.fixed(1);
        assertThat(stopped.awaitReady(PoolTasks.LONG)).isTrue();
        stop(stopped.pids().get(0));
        stopped.shutdown();
        assertThat(stopped.isTerminated()).isFalse();
        stopped.shutdownNow();
        assertThat(stopped.awaitTermination(PoolTasks.LONG)).isTrue();
    }

    @Test
    void workerThatDoesNotLeave_doesNotKeepAPoolFromClosing() throws Exception {
        ProcessPool hanging = ProcessPool.fixed(1);
        hanging.submit(() -> {
                    Runtime.getRuntime().addShutdownHook(new Thread(PoolTasks::never));
                    Thread exit = new Thread(() -> System.exit(0));
                    exit.start();
                    return 1;
                })
                .get();
        ProcessPool stopped = ProcessPool.fixed(1);
        assertThat(stopped.awaitReady(PoolTasks.LONG)).isTrue();
        stop(stopped.pids().get(0));
        hanging.shutdown();
        stopped.shutdown();
        assertThat(hanging.awaitTermination(PoolTasks.LONG)).isTrue();
        assertThat(stopped.awaitTermination(PoolTasks.LONG)).isTrue();
    }

    // ---- time-outs and cancelling ----

    @Test
    void taskThatRunsTooLong_isKilledWithAllThatItStarted_andNothingElseIs() throws Exception {
        long timedOut = pool.stats().timedOut();
        try (SharedMemory memory = SharedMemory.create(64)) {
            CompletableFuture<Integer> slow = pool.submit(
                    () -> {
                        Process grandchild = new ProcessBuilder("sleep", "600").start();
                        memory.longs().setVolatile(0, grandchild.pid());
                        return PoolTasks.never();
                    },
                    Duration.ofMillis(700));
            List<CompletableFuture<Integer>> others = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int number = i;
                others.add(pool.submit(() -> number, PoolTasks.LONG));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(others.get(i).get()).isEqualTo(i);
            }
            assertThatThrownBy(slow::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            TaskTimeoutException.class,
                            timeout -> assertThat(timeout.timeout()).isEqualTo(Duration.ofMillis(700)));
            long grandchild = memory.longs().getVolatile(0);
            assertThat(grandchild).isPositive();
            Children.awaitGone(List.of(grandchild));
        }
        assertThat(pool.stats().timedOut()).isEqualTo(timedOut + 1);
    }

    @Test
    void cancelTrue_killsTheProcessOfATaskThatRuns() throws Exception {
        try (SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create()) {
            assertThat(pool.awaitReady(PoolTasks.LONG)).isTrue();
            List<Long> before = pool.pids();
            CompletableFuture<Integer> future = pool.submit(() -> PoolTasks.awaitGate(begun, gate, 1));
            List<CompletableFuture<Integer>> others = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int number = i;
                others.add(pool.submit(() -> number));
            }
            begun.await();
            assertThat(future.cancel(true)).isTrue();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(future::join);
            for (int i = 0; i < 10; i++) {
                assertThat(others.get(i).get()).isEqualTo(i);
            }
            Await.until(
                    "another process",
                    () -> pool.pids().size() == 2 && !pool.pids().equals(before));
            assertThat(before).filteredOn(pool.pids()::contains).hasSize(1);
        }
    }

    @Test
    void interruptedMap_killsWhatRuns_andNothingOfItGoesOn() throws Exception {
        try (SharedMemory memory = SharedMemory.create(64);
                SharedEvent begun = SharedEvent.create();
                SharedEvent gate = SharedEvent.create();
                TestThreads threads = new TestThreads()) {
            TestThread<Void> mapper = threads.start("mapper", () -> {
                assertThatExceptionOfType(InterruptedException.class)
                        .isThrownBy(() -> pool.map(PoolTasks.numbers(50), 1, x -> {
                            memory.longs().getAndAdd(0, 1L);
                            return PoolTasks.awaitGate(begun, gate, x);
                        }));
                assertThat(Thread.interrupted()).isFalse();
            });
            begun.await();
            mapper.interrupt();
            mapper.join();
            gate.set();
            assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
            assertThat(memory.longs().getVolatile(0)).isBetween(1L, 2L);
        }
    }
}
