// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.CycleDetectingLockFactory.PotentialDeadlockException;
import io.github.headway4j.primitives.Held;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples of the guides do what the guides say. */
final class SamplesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private <T> T elsewhere(Callable<T> call) throws Exception {
        return threads.submit(call).get();
    }

    /** Runs the task in four threads, as often as given in each. */
    private void fourTimes(int each, Runnable task) throws Exception {
        List<Future<?>> started = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            started.add(threads.submit(() -> {
                for (int i = 0; i < each; i++) {
                    task.run();
                }
            }));
        }
        for (Future<?> future : started) {
            future.get();
        }
    }

    static Stream<NeighbourSamples.Account> accounts() {
        return Stream.of(
                new NeighbourSamples.MutexAccount(),
                new NeighbourSamples.ReentrantAccount(),
                new NeighbourSamples.MonitorAccount(),
                new NeighbourSamples.ReadWriteAccount(),
                new NeighbourSamples.StampedAccount(),
                new NeighbourSamples.AtomicAccount());
    }

    @ParameterizedTest
    @MethodSource("accounts")
    void everyAccount_losesNoDeposit(NeighbourSamples.Account account) throws Exception {
        fourTimes(500, () -> {
            account.deposit(3);
            assertThat(account.balance()).isPositive();
        });
        assertThat(account.balance()).isEqualTo(4 * 500 * 3);
        if (account instanceof NeighbourSamples.ReentrantAccount reentrant) {
            reentrant.depositTwice(1);
            assertThat(account.balance()).isEqualTo(4 * 500 * 3 + 2);
        }
    }

    @Test
    void everyDownload_returnsTheBytes() throws Exception {
        URI uri = URI.create("https://example.org/a");
        byte[] expected = NeighbourSamples.fetch(uri);
        assertThat(new NeighbourSamples.BoundedDownloads().download(uri)).isEqualTo(expected);
        assertThat(new NeighbourSamples.JdkDownloads().download(uri)).isEqualTo(expected);
        try (NeighbourSamples.PooledDownloads pooled = new NeighbourSamples.PooledDownloads()) {
            assertThat(pooled.download(uri).get()).isEqualTo(expected);
        }
    }

    @Test
    void pythonLocks_keepTheSum() throws Exception {
        PythonSamples.LockSample lock = new PythonSamples.LockSample();
        fourTimes(200, () -> lock.deposit(1));
        assertThat(lock.depositWithin(PATIENCE, 5)).isTrue();
        assertThat(lock.balance).isEqualTo(805);
        PythonSamples.RLockSample rlock = new PythonSamples.RLockSample();
        rlock.depositAll(List.of(1L, 2L, 3L));
        assertThat(rlock.balance).isEqualTo(6);
    }

    @Test
    void pythonCondition_handsLettersOver() throws Exception {
        PythonSamples.ConditionSample mailbox = new PythonSamples.ConditionSample();
        Future<String> first = threads.submit(mailbox::take);
        mailbox.put("a");
        assertThat(first.get()).isEqualTo("a");
        mailbox.put("b");
        assertThat(mailbox.take()).isEqualTo("b");
        assertThat(mailbox.waiting()).isZero();
    }

    @Test
    void pythonSemaphores_count() throws Exception {
        PythonSamples.SemaphoreSample letters = new PythonSamples.SemaphoreSample();
        letters.announce(2);
        assertThat(letters.awaitLetter(Duration.ZERO)).isTrue();
        assertThat(letters.awaitLetter(Duration.ZERO)).isTrue();
        assertThat(letters.awaitLetter(Duration.ZERO)).isFalse();
        PythonSamples.BoundedSemaphoreSample connections = new PythonSamples.BoundedSemaphoreSample();
        AtomicInteger queries = new AtomicInteger();
        connections.query(queries::incrementAndGet);
        assertThat(connections.queryNow(queries::incrementAndGet)).isTrue();
        assertThat(queries).hasValue(2);
    }

    @Test
    void pythonThread_failureReachesTheHandler() throws Exception {
        PythonSamples.ThreadSample sample = new PythonSamples.ThreadSample();
        sample.runInBackground(
                () -> {
                    throw new IllegalStateException("planted");
                },
                PATIENCE);
        assertThat(sample.log).containsExactly("worker: java.lang.IllegalStateException: planted");
    }

    @Test
    void pythonLocalAndTimer_work() throws Exception {
        assertThat(PythonSamples.LocalSample.join(List.of("a", "b"))).isEqualTo("ab");
        PythonSamples.LocalSample.forget();
        try (PythonSamples.TimerSample timers = new PythonSamples.TimerSample()) {
            AtomicInteger ran = new AtomicInteger();
            Future<?> late = timers.remind(Duration.ofDays(1), ran::incrementAndGet);
            timers.remind(Duration.ZERO, ran::incrementAndGet).get();
            assertThat(timers.forget(late)).isTrue();
            assertThat(ran).hasValue(1);
        }
    }

    @Test
    void seat_isBookedOnce_andNotWhileBusy() throws Exception {
        IdiomSamples.Seat seat = new IdiomSamples.Seat();
        try (Held busy = seat.lock.hold()) {
            assertThat(elsewhere(() -> seat.bookWithin(Duration.ofMillis(1)))).isFalse();
        }
        assertThat(seat.bookWithin(PATIENCE)).isTrue();
        assertThat(seat.bookWithin(PATIENCE)).isFalse();
        assertThat(seat.lock.isLocked()).isFalse();
    }

    @Test
    void theatre_booksAllOrNone() throws Exception {
        IdiomSamples.Theatre theatre = new IdiomSamples.Theatre();
        assertThat(theatre.book(List.of("A1", "C9"))).isFalse();
        assertThat(elsewhere(() -> theatre.book(List.of("A1", "B1")))).isTrue();
        theatre.change("A1", "A2");
        assertThat(theatre.plan()).isEqualTo("1 free: A1");
    }

    @Test
    void upload_givesThePortBack_alsoIfRefused() throws Exception {
        IdiomSamples.Upload upload = new IdiomSamples.Upload();
        AtomicInteger ran = new AtomicInteger();
        upload.upload(threads, ran::incrementAndGet);
        try (Held port = upload.port.hold()) {
            assertThat(ran).hasValue(1);
        }
        assertThatThrownBy(() -> upload.upload(
                        task -> {
                            throw new RejectedExecutionException("full");
                        },
                        ran::incrementAndGet))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(upload.port.isLocked()).isFalse();
    }

    @Test
    void press_printsOneJobAtATime() throws Exception {
        IdiomSamples.Press press = new IdiomSamples.Press();
        int[] printed = new int[1];
        fourTimes(100, () -> press.print(() -> printed[0]++));
        assertThat(press.printWithin(PATIENCE, () -> printed[0]++)).isTrue();
        assertThat(printed[0]).isEqualTo(401);
        try (Held tray = press.trays.hold(2)) {
            assertThat(elsewhere(() -> press.printWithin(Duration.ofMillis(1), () -> printed[0]++)))
                    .isFalse();
        }
    }

    @Test
    void stock_keepsCount_andForgetsItsLocks() throws Exception {
        IdiomSamples.Stock stock = new IdiomSamples.Stock();
        fourTimes(100, () -> stock.add("nut", 1));
        stock.repack("nut", "bolt", 100);
        assertThat(stock.pieces).containsEntry("nut", 300).containsEntry("bolt", 100);
        assertThat(stock.articles.size()).isZero();
    }

    @Test
    void kitchen_cooksEverything_andGivesItsBurnersBack() throws Exception {
        IdiomSamples.Kitchen kitchen = new IdiomSamples.Kitchen();
        AtomicInteger cooked = new AtomicInteger();
        Runnable dish = cooked::incrementAndGet;
        kitchen.cook(List.of(dish, dish, dish, dish, dish, dish, dish, dish), threads);
        kitchen.burners.acquire(6); // waits until the last dish is done
        kitchen.burners.release(6);
        assertThat(cooked).hasValue(8);
        kitchen.roast(dish);
        kitchen.nightShift();
        assertThat(kitchen.burners.availablePermits()).isEqualTo(2);
    }

    @Test
    void recording_hasTheWait(@TempDir Path folder) throws Exception {
        IdiomSamples.Seat seat = new IdiomSamples.Seat();
        Path file = folder.resolve("waits.jfr");
        IdiomSamples.record(
                () -> {
                    try (Held busy = seat.lock.hold()) {
                        assertThat(elsewhere(() -> seat.bookWithin(Duration.ofMillis(300))))
                                .isFalse();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                file);
        List<RecordedEvent> waits = RecordingFile.readAllEvents(file);
        assertThat(waits).singleElement().satisfies(wait -> {
            assertThat(wait.getEventType().getName()).isEqualTo("headway.MutexWait");
            assertThat(wait.getString("mutex")).contains("locked by");
            assertThat(wait.getBoolean("acquired")).isFalse();
        });
    }

    @Test
    void guarded_handsLettersOver_andBoundsTheWork() throws Exception {
        PythonSamples.GuardedSample sample = new PythonSamples.GuardedSample();
        Future<String> taken = threads.submit(sample::take);
        sample.put("a");
        assertThat(taken.get()).isEqualTo("a");
        assertThat(sample.awaitEmpty(PATIENCE)).isTrue();
        sample.put("b");
        assertThat(sample.awaitEmpty(Duration.ZERO)).isFalse();

        IdiomSamples.Pool pool = new IdiomSamples.Pool();
        AtomicInteger inside = new AtomicInteger();
        fourTimes(200, () -> {
            try {
                pool.work(() -> {
                    assertThat(inside.incrementAndGet()).isLessThanOrEqualTo(3);
                    inside.decrementAndGet();
                });
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(pool.awaitIdle(PATIENCE)).isTrue();
    }

    @Test
    void deadlockAndCycle_areDiagnosed() {
        assertThat(IdiomSamples.deadlock()).isEqualTo("none");
        assertThatThrownBy(IdiomSamples::takesLocksInBothOrders).isInstanceOf(PotentialDeadlockException.class);
    }

    @Test
    void inFlight_waitsForTheLast_andRefusesOneTooMany() throws Exception {
        InFlight calls = new InFlight();
        calls.awaitIdle();
        calls.begin();
        calls.begin();
        Future<Boolean> first = threads.submit(() -> calls.awaitIdle(PATIENCE));
        Future<?> second = threads.submit(() -> {
            calls.awaitIdle();
            return null;
        });
        calls.end();
        assertThat(calls.awaitIdle(Duration.ZERO)).isFalse();
        assertThat(calls.awaitIdle(Duration.ofMillis(1))).isFalse();
        calls.end();
        assertThat(first.get()).isTrue();
        second.get();
        assertThatIllegalStateException().isThrownBy(calls::end);
        assertThat(calls).hasToString("InFlight[0 running, 0 waiting]");
        fourTimes(500, () -> {
            calls.begin();
            calls.end();
        });
        assertThat(calls.awaitIdle(Duration.ZERO)).isTrue();
    }
}
