// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Jobs in the background of a virtual clock: everything in the thread that moves it, the same each time. */
class JobBackgroundTest {

    private static final Runnable NOTHING = () -> {};
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-28T12:00:00Z"));
    private final Timers timers = new Timers(TimerOptions.defaults().time(time));
    private final JobSchedule schedule = new JobSchedule(options(time));
    private final List<String> ran = new ArrayList<>();

    private static ScheduleOptions options(VirtualTime time) {
        return ScheduleOptions.defaults()
                .time(time)
                .zone(ZoneId.of("Europe/Berlin"))
                .random(new SplittableRandom(1));
    }

    private Runnable noting(String name) {
        return () -> ran.add(name + " " + time.instant().toString().substring("2026-03-".length()));
    }

    private void run(Duration until) {
        time.runUntil(time.instant().plus(until));
    }

    // ---- when ----

    @Test
    void jobs_runAtTheirVeryMoments_inTheirOrder() {
        schedule.every().day().at("02:30").run(noting("night"));
        schedule.every(12).hours().run(noting("first"));
        schedule.every(12).hours().run(noting("second"));
        schedule.start();
        run(Duration.ofHours(24));
        assertThat(ran)
                .containsExactly(
                        "first 29T00:00:00Z",
                        "second 29T00:00:00Z",
                        "night 29T01:00:00Z",
                        "first 29T12:00:00Z",
                        "second 29T12:00:00Z");
    }

    @Test
    void oneThread_doesTheSameEachTime() {
        List<List<String>> days = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            VirtualTime own = new VirtualTime();
            List<String> seen = new ArrayList<>();
            try (JobSchedule jobs = new JobSchedule(options(own))) {
                jobs.start();
                jobs.every(5).to(90).minutes().run(() -> seen.add("random " + own.instant()));
                jobs.every().hour().jitter(HOUR).run(() -> {
                    seen.add("jitter " + own.instant());
                    if (seen.size() % 5 == 0) {
                        jobs.every().minute().times(2).run(() -> seen.add("more " + own.instant()));
                    }
                });
                own.runUntil(Instant.EPOCH.plus(Duration.ofDays(7)));
            }
            days.add(seen);
        }
        assertThat(days.get(0)).hasSizeGreaterThan(300).isEqualTo(days.get(1));
    }

    @Test
    void aYear_isSteppedThroughFromRunToRun() {
        schedule.start(timers);
        Job job = schedule.every().day().at("10:30").run(NOTHING);
        run(Duration.ofDays(365));
        assertThat(job.runs()).isEqualTo(365);
        assertThat(job.missed()).isZero();
        assertThat(timers.stats().runs()).isEqualTo(2 * 365);
    }

    @Test
    void clockThatIsMovedPastRuns_makesThemLate() {
        schedule.start();
        Job job = schedule.every(10).minutes().run(noting("job"));
        time.advance(Duration.ofMinutes(45));
        time.runUntil(time.instant());
        assertThat(ran).containsExactly("job 28T12:45:00Z");
        assertThat(job.missed()).isEqualTo(3);
        run(Duration.ofMinutes(5));
        assertThat(job.runs()).isEqualTo(2);
    }

    // ---- changes ----

    @Test
    void earlierJob_isNotWaitedPast_andWhatIsCancelledNotWaitedFor() {
        schedule.start(timers);
        assertThat(timers.pending()).isZero();
        Job late = schedule.every().hour().run(noting("late"));
        assertThat(timers.pending()).isEqualTo(1);
        run(Duration.ofMinutes(30));
        Job early = schedule.every(10).minutes().run(noting("early"));
        assertThat(timers.pending()).isEqualTo(1);
        run(Duration.ofMinutes(15));
        assertThat(ran).containsExactly("early 28T12:40:00Z");
        early.cancel();
        late.cancel();
        assertThat(timers.pending()).isZero();
        time.runAll();
        assertThat(ran).hasSize(1);
    }

    @Test
    void nothingTicks_whileNoJobHasARunToCome() {
        schedule.start(timers);
        Job job = schedule.every().minute().run(noting("job"));
        schedule.every().minute().times(1).run(noting("once"));
        job.pause();
        assertThat(timers.pending()).isEqualTo(1);
        time.runAll();
        assertThat(ran).containsExactly("once 28T12:01:00Z");
        assertThat(timers.pending()).isZero();
        assertThat(job.runNow()).isTrue();
        assertThat(timers.pending()).isZero();
        job.resume();
        assertThat(timers.pending()).isEqualTo(1);
        run(Duration.ofMinutes(1));
        assertThat(job.runs()).isEqualTo(3);
    }

    @Test
    void listenerOfTheTimers_isToldOfLooksThatMoveForward_withoutALock() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        Timers heard = new Timers(TimerOptions.defaults().time(time).listener(new TimerListener() {
            @Override
            public void cancelled(Timeout timeout) {
                try (TestThreads threads = new TestThreads()) {
                    threads.start("other", () -> schedule.every().day().run(NOTHING));
                }
                told.countDown();
            }
        }));
        schedule.start(heard);
        schedule.every().hour().run(NOTHING);
        schedule.every().minute().run(noting("minute"));
        told.await();
        assertThat(schedule.jobs()).hasSize(3);
        run(Duration.ofMinutes(1));
        assertThat(ran).hasSize(1);
    }

    @Test
    void jobs_mayChangeTheSchedule() {
        schedule.start(timers);
        schedule.every().hour().times(1).run(() -> {
            schedule.every().minute().times(2).run(noting("child"));
            schedule.cancel("victim");
        });
        schedule.every().hour().tag("victim").run(noting("victim"));
        time.runAll();
        assertThat(ran).containsExactly("child 28T13:01:00Z", "child 28T13:02:00Z");
    }

    @Test
    void runsByHand_andInTheBackground_doNotDoubleEachOther() {
        schedule.start(timers);
        Job job = schedule.every(10).minutes().run(NOTHING);
        time.advance(Duration.ofMinutes(10));
        assertThat(schedule.runPending()).isEqualTo(1);
        time.runUntil(time.instant());
        assertThat(job.runs()).isEqualTo(1);
        run(Duration.ofMinutes(10));
        assertThat(job.runs()).isEqualTo(2);
    }

    // ---- failures ----

    @Test
    void failures_areReportedByTheSchedule_andWhatItsHandlerThrowsByTheTimers() {
        List<String> reports = new ArrayList<>();
        Timers own = new Timers(TimerOptions.defaults()
                .time(time)
                .onFailure((timeout, failure) -> reports.add("timers " + failure.getMessage())));
        JobSchedule strict = new JobSchedule(options(time).onFailure((job, failure) -> {
            reports.add("schedule " + failure.getMessage());
            if (job.failures() == 2) {
                throw new IllegalStateException("refused");
            }
        }));
        strict.start(own);
        Job job = strict.every().minute().run(() -> {
            throw new IllegalStateException("on purpose");
        });
        run(Duration.ofMinutes(3));
        assertThat(job.runs()).isEqualTo(3);
        assertThat(reports)
                .containsExactly("schedule on purpose", "schedule on purpose", "timers refused", "schedule on purpose");
    }

    @Test
    void timersThatTakeNoMore_doNotStopTheJobs() {
        List<Throwable> failures = new ArrayList<>();
        Timers narrow = new Timers(TimerOptions.defaults()
                .time(time)
                .maxPending(1)
                .onFailure((timeout, failure) -> failures.add(failure)));
        schedule.start(narrow);
        Job one = schedule.every().minute().run(NOTHING);
        Job other = schedule.every().minute().run(NOTHING);
        run(Duration.ofMinutes(5));
        assertThat(one.runs()).isEqualTo(5);
        assertThat(other.runs()).isEqualTo(5);
        assertThat(one.failures() + other.failures()).isZero();
        assertThat(failures).allSatisfy(failure -> assertThat(failure).isInstanceOf(RejectedExecutionException.class));
    }

    // ---- start and close ----

    @Test
    void start_onlyOnce_andNotAfterClose() {
        assertThat(schedule.isStarted()).isFalse();
        schedule.start();
        assertThat(schedule.isStarted()).isTrue();
        assertThatIllegalStateException().isThrownBy(schedule::start).withMessageContaining("started already");
        assertThatIllegalStateException().isThrownBy(() -> schedule.start(timers));
        assertThat(schedule.isClosed()).isFalse();
        schedule.close();
        assertThat(schedule.isStarted()).isFalse();
        assertThat(schedule.isClosed()).isTrue();
        assertThatIllegalStateException().isThrownBy(schedule::start).withMessageContaining("closed");
        JobSchedule never = new JobSchedule(options(time));
        never.close();
        assertThatIllegalStateException().isThrownBy(never::start).withMessageContaining("closed");
        assertThat(never.isStarted()).isFalse();
        assertThatNullPointerException().isThrownBy(() -> new JobSchedule(options(time)).start(null));
    }

    @Test
    void looksAtTheClock_thatWouldNeverRest_areRefused() {
        for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofNanos(-1), Duration.ofNanos(999_999)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> options(time).clockCheck(bad))
                    .withMessageContaining("clockCheck(" + bad + ")")
                    .withMessageContaining("for example");
        }
    }

    @Test
    void start_refusesTimersByAnotherClock() {
        try (Timers others = Timers.daemon()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> schedule.start(others))
                    .withMessageContaining("TimeSource.system()")
                    .withMessageContaining("VirtualTime")
                    .withMessageContaining("for example");
        }
        assertThat(schedule.isStarted()).isFalse();
        schedule.start(timers);
    }

    @Test
    void start_onTimersThatAreClosed_isRefused() {
        timers.close();
        Job job = schedule.every().minute().run(NOTHING);
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> schedule.start(timers));
        assertThat(schedule.isStarted()).isFalse();
        schedule.start();
        run(Duration.ofMinutes(1));
        assertThat(job.runs()).isEqualTo(1);
    }

    @Test
    void job_onTimersThatHaveBeenClosed_isRefused_andNotInTheSchedule() {
        List<Job> ended = new ArrayList<>();
        JobSchedule told = new JobSchedule(options(time).listener(new JobListener() {
            @Override
            public void ended(Job job) {
                ended.add(job);
            }
        }));
        told.start(timers);
        timers.close();
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> told.every().minute().run(NOTHING));
        assertThat(told.jobs()).isEmpty();
        assertThat(ended).hasSize(1);
    }

    @Test
    void jobsOnTimersThatHaveBeenClosed_canBePausedCancelledAndClosed() {
        List<Job> ended = new ArrayList<>();
        JobSchedule told = new JobSchedule(options(time).listener(new JobListener() {
            @Override
            public void ended(Job job) {
                ended.add(job);
            }
        }));
        told.start(timers);
        List<Job> jobs = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            jobs.add(told.every(i).minutes().run(NOTHING));
        }
        timers.close();
        time.advance(HOUR);
        assertThat(jobs.get(3).pause()).isTrue();
        assertThat(jobs.get(0).cancel()).isTrue();
        assertThat(told.close(Duration.ofDays(1))).isTrue();
        assertThat(ended).containsExactlyElementsOf(jobs);
        assertThat(told.jobs()).isEmpty();
    }

    @Test
    void start_thatFails_leavesTheScheduleAsItWas() {
        AtomicBoolean broken = new AtomicBoolean();
        TimeSource clocks = new TimeSource() {
            @Override
            public long nanoTime() {
                return 0L;
            }

            @Override
            public Instant instant() {
                if (broken.get()) {
                    throw new IllegalStateException("no clock");
                }
                return Instant.EPOCH;
            }

            @Override
            public void sleepUntil(long nanoTime) {
                throw new AssertionError("there is nothing to wait for");
            }
        };
        JobSchedule jobs = new JobSchedule(ScheduleOptions.defaults().time(clocks));
        broken.set(true);
        assertThatIllegalStateException().isThrownBy(jobs::start).withMessage("no clock");
        broken.set(false);
        assertThat(jobs.isStarted()).isFalse();
        jobs.start();
        assertThat(jobs.isStarted()).isTrue();
        jobs.close();
    }

    @Test
    void close_cancelsAllJobs_takesNoNewOnes_andLeavesTheTimersOfOthers() {
        schedule.start(timers);
        Job job = schedule.every().minute().run(noting("job"));
        run(Duration.ofSeconds(90));
        assertThat(schedule.close(Duration.ZERO)).isTrue();
        assertThat(job.isOver()).isTrue();
        assertThat(schedule.jobs()).isEmpty();
        assertThat(timers.pending()).isZero();
        assertThat(timers.isClosed()).isFalse();
        time.runAll();
        assertThat(ran).hasSize(1);
        assertThat(schedule.runPending() + schedule.runAll()).isZero();
        assertThatIllegalStateException()
                .isThrownBy(() -> schedule.every().minute().run(NOTHING))
                .withMessageContaining("closed");
        schedule.close();
    }

    @Test
    void close_byAJob_dropsTheOthersThatAreDue_andDoesNotWaitForItself() {
        for (boolean shared : new boolean[] {true, false}) {
            VirtualTime own = new VirtualTime();
            JobSchedule jobs = new JobSchedule(options(own));
            if (shared) {
                jobs.start(new Timers(TimerOptions.defaults().time(own)));
            } else {
                jobs.start();
            }
            List<Boolean> ends = new ArrayList<>();
            Job closing = jobs.every().minute().run(() -> {
                ends.add(jobs.close(Duration.ofDays(1)));
            });
            Job dropped = jobs.every().minute().run(NOTHING);
            own.runAll();
            assertThat(ends).containsExactly(true);
            assertThat(closing.runs()).isEqualTo(1);
            assertThat(closing.failures()).isZero();
            assertThat(dropped.runs()).isZero();
            assertThat(dropped.isOver()).isTrue();
        }
    }
}
