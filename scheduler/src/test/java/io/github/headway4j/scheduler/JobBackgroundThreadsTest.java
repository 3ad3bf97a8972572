// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs in the background on threads, by a clock that is moved by hand. */
class JobBackgroundThreadsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration CHECK = Duration.ofSeconds(5);

    private final SettableTime time = new SettableTime();
    private final ScheduleOptions options =
            ScheduleOptions.defaults().time(time).zone(ZoneOffset.UTC).clockCheck(CHECK);
    private final JobSchedule schedule = new JobSchedule(options);
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Timers timers = new Timers(TimerOptions.defaults().time(time).executor(pool));
    private final Semaphore ran = new Semaphore(0);
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() throws InterruptedException {
        released.countDown();
        schedule.close();
        timers.close();
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private Job.Result block() throws InterruptedException {
        began.countDown();
        released.await();
        return Job.CONTINUE;
    }

    private void awaitRun() throws InterruptedException {
        ran.acquire();
    }

    // ---- slow jobs ----

    @Test
    void slowJob_delaysNoOther_onAnExecutor_andItsOwnRunsAreSkipped() throws InterruptedException {
        Job slow = schedule.every().minute().run(this::block);
        schedule.every().minute().run(() -> ran.release());
        schedule.start(timers);
        for (int i = 0; i < 3; i++) {
            time.advance(MINUTE);
            awaitRun();
            began.await();
            int skipped = i;
            Await.until("the slow job to be skipped", () -> slow.skipped() == skipped);
            Await.until("the other job to end", () -> schedule.stats().running() == 1); // lest it be skipped too
        }
        assertThat(slow.runs()).isEqualTo(1);
        released.countDown();
        Await.until("the slow job to end", () -> schedule.stats().running() == 0);
        assertThat(slow.missed()).isZero();
    }

    @Test
    void slowJob_holdsUpTheOthers_onTheThreadOfTheTimers_andTheyAreLate() throws InterruptedException {
        schedule.every().minute().run(this::block);
        Job other = schedule.every().minute().run(() -> ran.release());
        schedule.start();
        time.advance(MINUTE);
        began.await();
        time.advance(MINUTE);
        time.advance(MINUTE);
        assertThat(other.runs()).isZero();
        released.countDown();
        awaitRun();
        assertThat(other.missed()).isEqualTo(2);
        assertThat(other.skipped()).isZero();
    }

    @Test
    void jobsThatAreDueTogether_beginInTheirOrder() throws InterruptedException {
        ExecutorService single = Executors.newSingleThreadExecutor();
        try (Timers ordered = new Timers(TimerOptions.defaults().time(time).executor(single))) {
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                schedule.every().minute().run(() -> {
                    order.add(number);
                    ran.release();
                });
                expected.add(i);
            }
            schedule.start(ordered);
            time.advance(MINUTE);
            ran.acquire(20);
            assertThat(order).isEqualTo(expected);
            schedule.close();
        } finally {
            single.shutdown();
        }
    }

    // ---- clocks that jump ----

    @Test
    void clockThatIsPutForward_isNoticedWithTheNextLook() throws InterruptedException {
        Job job = schedule.every().day().at("10:30").run(() -> ran.release());
        schedule.start(timers);
        time.set(Duration.ofDays(3));
        time.advance(CHECK);
        awaitRun();
        assertThat(job.runs()).isEqualTo(1);
        assertThat(job.missed()).isEqualTo(2);
        assertThat(job.nextRun()).contains(Instant.parse("1970-01-04T10:30:00Z"));
    }

    @Test
    void clockThatIsPutBack_isNoticedWithTheNextLook() throws InterruptedException {
        Job job = schedule.every().hour().run(() -> ran.release());
        schedule.start(timers);
        time.advance(HOUR);
        awaitRun();
        time.set(Duration.ofDays(-1));
        time.advance(CHECK);
        Instant next = time.instant().plus(HOUR);
        Await.until(
                "the job to be planned anew", () -> job.nextRun().orElseThrow().equals(next));
        time.advance(HOUR);
        awaitRun();
        assertThat(job.runs()).isEqualTo(2);
    }

    // ---- executors ----

    @Test
    void executorThatRefuses_getsTheRunAgain() {
        AtomicInteger tasks = new AtomicInteger();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        Timers refusing = new Timers(TimerOptions.defaults()
                .time(time)
                .onFailure((timeout, failure) -> failures.add(failure))
                .executor(task -> {
                    int number = tasks.getAndIncrement();
                    if (number < 6 && number != 2) { // two looks, the run that the third one hands over, and two looks
                        throw new RejectedExecutionException("on purpose");
                    }
                    pool.execute(task);
                }));
        Job job = schedule.every().minute().run(() -> {});
        schedule.start(refusing);
        Await.until("three runs", () -> {
            time.advance(CHECK);
            return job.runs() >= 3;
        });
        assertThat(failures)
                .hasSize(5)
                .allSatisfy(failure -> assertThat(failure).hasMessage("on purpose"));
        schedule.close();
        refusing.close();
    }

    // ---- closing ----

    @EachThreadKind
    void close_waitsForRunsThatAreUnderWay_andDropsTheOthers(ThreadKind kind) throws InterruptedException {
        Job slow = schedule.every().minute().run(this::block);
        schedule.start(timers);
        time.advance(MINUTE);
        began.await();
        assertThat(schedule.close(Duration.ZERO)).isFalse();
        assertThat(schedule.close(Duration.ofMillis(1))).isFalse();
        assertThat(slow.isOver()).isTrue();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> closer = threads.start("closer", () -> schedule.close(Duration.ofDays(1)));
            closer.awaitParked();
            released.countDown();
            assertThat(closer.result()).isTrue();
        }
        assertThat(schedule.stats().running()).isZero();
        assertThat(timers.isClosed()).isFalse();
    }

    @EachThreadKind
    void close_thatIsInterrupted_endsEarly_andStaysInterrupted(ThreadKind kind) throws InterruptedException {
        schedule.every().minute().run(this::block);
        schedule.start(timers);
        time.advance(MINUTE);
        began.await();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> closer = threads.start(
                    "closer",
                    () -> !schedule.close(Duration.ofDays(1))
                            && Thread.currentThread().isInterrupted());
            closer.awaitParked();
            closer.interrupt();
            assertThat(closer.result()).isTrue();
        }
    }

    @Test
    void close_byTwoJobsAtTheSameTime_doesNotWaitForEachOther() throws InterruptedException {
        List<Boolean> ends = Collections.synchronizedList(new ArrayList<>());
        CyclicBarrier both = new CyclicBarrier(2);
        for (int i = 0; i < 2; i++) {
            schedule.every().minute().run(() -> {
                both.await();
                ends.add(schedule.close(Duration.ofDays(1)));
                ran.release();
                return Job.CONTINUE;
            });
        }
        schedule.start(timers);
        time.advance(MINUTE);
        ran.acquire(2);
        assertThat(ends).containsExactly(true, true);
    }

    @Test
    void close_ofOwnTimers_interruptsWhatTakesTooLong() throws InterruptedException {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        JobSchedule own = new JobSchedule(options.onFailure((job, failure) -> failures.add(failure)));
        own.every().minute().run(this::block);
        own.start();
        time.advance(MINUTE);
        began.await();
        own.close(Duration.ZERO);
        assertThat(own.close(Duration.ofDays(1))).isTrue();
        assertThat(failures).singleElement().isInstanceOf(InterruptedException.class);
    }

    @Test
    void thread_isNoDaemon_andEndsWithTheSchedule() throws InterruptedException {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        schedule.every().minute().run(() -> {
            threads.add(Thread.currentThread());
            ran.release();
        });
        schedule.start();
        time.advance(MINUTE);
        awaitRun();
        Thread thread = threads.get(0);
        assertThat(thread.isDaemon()).isFalse();
        assertThat(thread.getName()).isEqualTo("headway-jobs");
        schedule.close();
        thread.join();
    }
}
