// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.CycleDetectingLockFactory.PotentialDeadlockException;
import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Mutex;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
    void pythonLocal_works() {
        assertThat(PythonSamples.LocalSample.join(List.of("a", "b"))).isEqualTo("ab");
        PythonSamples.LocalSample.forget();
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
        Mutex accounts = new Mutex();
        Mutex journal = new Mutex();
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        try (TestThreads helpers = new TestThreads()) {
            TestThread<Void> payer = helpers.start("payer", () -> takeBoth(accounts, journal, bothHoldOne));
            TestThread<Void> clerk = helpers.start("clerk", () -> takeBoth(journal, accounts, bothHoldOne));
            payer.awaitParked(journal);
            clerk.awaitParked(accounts);
            String found = IdiomSamples.deadlock();
            payer.interrupt(); // gives up what it holds, so that the other one gets both
            assertThat(payer.failure()).isInstanceOf(InterruptedException.class);
            clerk.join();
            assertThat(found).contains("\"payer\"", "\"clerk\"", "owned by \"payer\"", "owned by \"clerk\"", "Mutex");
        }
        assertThat(IdiomSamples.deadlock()).isEqualTo("none");
    }

    private static void takeBoth(Mutex one, Mutex other, CyclicBarrier bothHoldOne) throws Exception {
        try (Held held = one.holdInterruptibly()) {
            bothHoldOne.await();
            try (Held both = other.holdInterruptibly()) {
                assertThat(held).isNotEqualTo(both);
            }
        }
    }

    @Test
    void workers_passWhileSet_andReportUntilTheEnd() throws Exception {
        IdiomSamples.Workers workers = new IdiomSamples.Workers();
        AtomicInteger done = new AtomicInteger();
        Queue<Runnable> jobs =
                new ConcurrentLinkedQueue<>(List.of(done::incrementAndGet, workers::pause, done::incrementAndGet));
        CountDownLatch reports = new CountDownLatch(2);
        try (TestThreads helpers = new TestThreads()) {
            TestThread<Void> worker = helpers.start("worker", () -> workers.work(jobs));
            TestThread<Void> reporter =
                    helpers.start("reporter", () -> workers.report(Duration.ofMillis(1), reports::countDown));
            worker.awaitParked(workers.running);
            assertThat(done).hasValue(0);
            workers.resume();
            Await.until("the job that pauses", () -> jobs.isEmpty() && done.get() == 1);
            worker.awaitParked(workers.running);
            workers.resume();
            worker.join();
            assertThat(done).hasValue(2);
            assertThat(reports.await(60, TimeUnit.SECONDS)).isTrue();
            workers.closing.set();
            reporter.join();
        }
    }

    @Test
    void heat_spreadsInLockstep_andAFailureReachesAllParties() {
        assertThat(spread(new IdiomSamples.Heat(-1), 20)).containsOnlyNulls();
        IdiomSamples.Heat alone = new IdiomSamples.Heat(-1);
        assertThat(spread(alone, 20)).containsOnlyNulls();
        long[] expected = new long[1_000];
        expected[0] = 1_000_000;
        for (int round = 0; round < 20; round++) {
            long[] before = expected.clone();
            for (int i = 0; i < expected.length; i++) {
                long left = before[Math.max(i - 1, 0)];
                expected[i] = (left + 2 * before[i] + before[Math.min(i + 1, expected.length - 1)]) / 4;
            }
        }
        assertThat(alone.result()).containsExactly(expected);

        List<Throwable> failures = spread(new IdiomSamples.Heat(2), 20);
        assertThat(failures.get(2)).isInstanceOf(IllegalStateException.class).hasMessage("planted");
        failures.remove(2);
        assertThat(failures).hasOnlyElementsOfType(BrokenBarrierException.class);
    }

    /** What each of the four parties threw, or null. */
    private static List<Throwable> spread(IdiomSamples.Heat heat, int rounds) {
        try (TestThreads helpers = new TestThreads()) {
            List<TestThread<Void>> parties = IntStream.range(0, 4)
                    .mapToObj(part -> helpers.start("part " + part, () -> heat.spread(part, rounds)))
                    .toList();
            List<Throwable> failures = new ArrayList<>();
            parties.forEach(party -> failures.add(party.failure()));
            return failures;
        }
    }

    static Stream<NeighbourSamples.Shop> shops() {
        return Stream.of(
                new NeighbourSamples.EventShop(),
                new NeighbourSamples.LatchShop(),
                new NeighbourSamples.ConditionShop());
    }

    @ParameterizedTest
    @MethodSource("shops")
    void everyShop_letsInWhoWaits(NeighbourSamples.Shop shop) throws Exception {
        try (TestThreads helpers = new TestThreads()) {
            List<TestThread<Void>> customers = IntStream.range(0, 3)
                    .mapToObj(i -> helpers.start("customer " + i, shop::enter))
                    .toList();
            customers.forEach(TestThread::awaitParked);
            shop.open();
            if (shop instanceof NeighbourSamples.EventShop withEvent) {
                withEvent.close();
            } else if (shop instanceof NeighbourSamples.ConditionShop withCondition) {
                withCondition.close();
            }
            customers.forEach(TestThread::join); // also through a door that was closed again at once
            if (!(shop instanceof NeighbourSamples.LatchShop)) {
                TestThread<Void> late = helpers.start("late", shop::enter);
                late.awaitParked();
            }
            shop.open();
            shop.enter();
        }
    }

    static Stream<NeighbourSamples.Rounds> rounds() {
        return Stream.of(
                new NeighbourSamples.BarrierRounds(),
                new NeighbourSamples.CyclicRounds(),
                new NeighbourSamples.PhaserRounds());
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void allRounds_keepTogether(NeighbourSamples.Rounds rounds) {
        AtomicInteger arrived = new AtomicInteger();
        try (TestThreads helpers = new TestThreads()) {
            for (int i = 0; i < NeighbourSamples.Rounds.PARTIES; i++) {
                helpers.start("party " + i, () -> {
                    for (int round = 1; round <= 50; round++) {
                        arrived.incrementAndGet();
                        rounds.endOfRound();
                        assertThat(arrived).hasValue(round * NeighbourSamples.Rounds.PARTIES);
                        rounds.endOfRound();
                    }
                });
            }
        }
        assertThat(arrived).hasValue(50 * NeighbourSamples.Rounds.PARTIES);
    }

    @Test
    void pythonEvent_endsTheBeat_andPythonBarrierMeets() throws Exception {
        PythonSamples.EventSample heart = new PythonSamples.EventSample();
        CountDownLatch beats = new CountDownLatch(2);
        PythonSamples.BarrierSample start = new PythonSamples.BarrierSample();
        try (TestThreads helpers = new TestThreads()) {
            TestThread<Void> beater = helpers.start("beater", () -> heart.beat(Duration.ofMillis(1), beats::countDown));
            assertThat(beats.await(60, TimeUnit.SECONDS)).isTrue();
            heart.stop();
            beater.join();
            TestThread<Boolean> other = helpers.start("other", start::meet);
            assertThat(start.meet()).isTrue();
            assertThat(other.result()).isTrue();
            assertThat(start.log).containsExactly("hello");
            start.callOff();
            assertThat(start.meet()).isFalse();
        }
    }

    @Test
    void inFlight_waitsForTheLast_andRefusesOneTooMany() throws Exception {
        InFlight calls = new InFlight();
        calls.awaitIdle();
        calls.begin();
        calls.begin();
        try (TestThreads helpers = new TestThreads()) {
            TestThread<Boolean> first = helpers.start("first", () -> calls.awaitIdle(PATIENCE));
            TestThread<Void> second = helpers.start("second", () -> calls.awaitIdle());
            first.awaitParked(calls);
            second.awaitParked(calls);
            calls.end();
            assertThat(calls.awaitIdle(Duration.ZERO)).isFalse();
            assertThat(calls.awaitIdle(Duration.ofMillis(1))).isFalse();
            assertThat(calls).hasToString("InFlight[1 running, 2 waiting]");
            calls.end();
            assertThat(first.result()).isTrue();
            second.join();
        }
        assertThatIllegalStateException().isThrownBy(calls::end);
        assertThat(calls).hasToString("InFlight[0 running, 0 waiting]");
        fourTimes(500, () -> {
            calls.begin();
            calls.end();
        });
        assertThat(calls.awaitIdle(Duration.ZERO)).isTrue();
    }
}
