// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Many jobs, and jobs whose runs take long to be counted: nothing takes time in proportion to what is not due. */
class JobTableTest {

    private static final Runnable NOTHING = () -> {};
    private static final Duration MINUTE = Duration.ofMinutes(1);

    // ---- many jobs ----

    /** With steps for each pair of them it would take hours. */
    private static final int MANY = 100_000;

    @Test
    void manyJobs_areAddedRunAndEnded_withoutLookingAtAllForEach() {
        VirtualTime time = new VirtualTime();
        Timers timers = new Timers(TimerOptions.defaults().time(time));
        JobSchedule schedule = new JobSchedule(ScheduleOptions.defaults().time(time));
        schedule.start(timers);
        for (int i = 0; i < MANY; i++) {
            schedule.every().minute().tag(i % 2 == 0 ? "even" : "odd").run(NOTHING);
        }
        time.runUntil(time.instant().plus(MINUTE));
        assertThat(schedule.stats().succeeded()).isEqualTo(MANY);
        assertThat(schedule.cancel("even")).isEqualTo(MANY / 2);
        assertThat(schedule.close(Duration.ZERO)).isTrue();
        assertThat(schedule.stats().ended()).isEqualTo(MANY);
        assertThat(timers.pending()).isZero();
    }

    // ---- want of memory ----

    /** Places for jobs, for which the memory is missing now and then. */
    private static final class ScantyPlaces extends TreeSet<JobTable.Planned> {
        private static final long serialVersionUID = 1L;

        private int missing;

        @Override
        public boolean add(JobTable.Planned place) {
            if (missing > 0) {
                missing--;
                throw new OutOfMemoryError("on purpose");
            }
            return super.add(place);
        }

        /** Takes the place of those of a schedule that has no jobs. */
        static ScantyPlaces in(JobSchedule schedule) throws ReflectiveOperationException {
            Field table = JobSchedule.class.getDeclaredField("table");
            table.setAccessible(true);
            Field places = JobTable.class.getDeclaredField("planned");
            places.setAccessible(true);
            ScantyPlaces scanty = new ScantyPlaces();
            places.set(table.get(schedule), scanty);
            return scanty;
        }
    }

    @Test
    void wantOfMemory_whenAJobHasBeenClaimed_neitherLosesTheRunNorForgetsTheJob() throws Exception {
        HandClock clock = new HandClock("UTC", "2026-03-02 12:00");
        JobSchedule schedule = new JobSchedule(clock.options());
        ScantyPlaces places = ScantyPlaces.in(schedule);
        AtomicInteger runs = new AtomicInteger();
        places.missing = 1;
        Job job = schedule.every().minute().run(runs::incrementAndGet);
        assertThat(schedule.nextRun()).isEqualTo(job.nextRun());
        for (int i = 1; i <= 3; i++) {
            clock.advance(MINUTE);
            places.missing = 1;
            schedule.runPending();
            assertThat(runs).hasValue(i);
            assertInOrder(schedule);
        }
        job.pause();
        places.missing = 2; // also when it is looked for again
        job.resume();
        assertThat(schedule.nextRun()).isEmpty();
        assertInOrder(schedule);
        assertThat(schedule.nextRun()).isPresent();
    }

    // ---- the order of the next runs ----

    private static void assertInOrder(JobSchedule schedule) {
        List<Job> queue = schedule.queue();
        List<Job> expected = new ArrayList<>(schedule.jobs());
        expected.removeIf(job -> job.nextRun().isEmpty());
        expected.sort(Comparator.comparing(job -> job.nextRun().orElseThrow()));
        assertThat(queue).isEqualTo(expected);
        assertThat(schedule.nextRun()).isEqualTo(expected.stream().findFirst().flatMap(Job::nextRun));
    }

    private static Job add(JobSchedule schedule, Random random) {
        JobBuilder builder = random.nextBoolean()
                ? schedule.every(1 + random.nextInt(9)).minutes()
                : schedule.every(1).to(9).minutes();
        return builder.overlap(random.nextBoolean() ? Overlap.QUEUE : Overlap.SKIP)
                .onFailure(FailurePolicy.backOff(MINUTE, Duration.ofMinutes(20)))
                .times(1 + random.nextInt(20))
                .run(() -> {
                    if (random.nextInt(3) == 0) {
                        schedule.runPending();
                    }
                    if (random.nextInt(5) == 0) {
                        throw new IllegalStateException("on purpose");
                    }
                });
    }

    private static void change(JobSchedule schedule, Random random) {
        List<Job> jobs = schedule.jobs();
        if (jobs.size() < 8) {
            add(schedule, random);
            return;
        }
        Job job = jobs.get(random.nextInt(jobs.size()));
        switch (random.nextInt(8)) {
            case 0 -> job.cancel();
            case 1 -> job.pause();
            case 2, 3 -> job.resume();
            case 4 -> job.runNow();
            default -> schedule.runPending();
        }
    }

    @Test
    void queue_isInTheOrderOfTheNextRuns_whateverHappenedToTheJobs() {
        Random random = new Random(1);
        HandClock clock = new HandClock("UTC", "2026-03-02 12:00");
        JobSchedule schedule = new JobSchedule(clock.options().onFailure((job, failure) -> {}));
        for (int i = 0; i < 20_000; i++) {
            change(schedule, random);
            clock.advance(Duration.ofSeconds(random.nextInt(100) == 0 ? -random.nextInt(9_000) : random.nextInt(200)));
            assertInOrder(schedule);
        }
    }

    @Test
    void queue_isInTheOrderOfTheNextRuns_thoseThatAreOnTheirWayIncluded() {
        Random random = new Random(1);
        VirtualTime time = new VirtualTime();
        HandExecutor executor = new HandExecutor();
        Timers timers = new Timers(TimerOptions.defaults().time(time).executor(executor));
        JobSchedule schedule = new JobSchedule(
                ScheduleOptions.defaults().time(time).zone(ZoneOffset.UTC).onFailure((job, failure) -> {}));
        schedule.start(timers);
        for (int i = 0; i < 20_000; i++) {
            change(schedule, random);
            time.runUntil(time.instant().plusSeconds(random.nextInt(60)));
            assertInOrder(schedule);
            if (executor.waiting() > 0) {
                executor.runOne();
            }
            assertInOrder(schedule);
        }
        assertThat(timers.stats().runs()).isGreaterThan(1_000);
        schedule.cancelAll();
        time.runUntil(time.instant()); // what is on its way
        executor.runAll();
        assertThat(timers.pending()).isZero();
    }

    // ---- counts ----

    /** Each minute, told one by one; it notes how often it is asked under the lock of the schedule. */
    private static final class Slow implements Recurrence, RunTimes {
        private ReentrantLock lock = new ReentrantLock();
        private int underLock;
        private int asked;

        /** A job that always fails, and is held back then for 5000 minutes. */
        Job addTo(JobSchedule schedule, Duration jitter, Instant until) {
            Duration pause = Duration.ofMinutes(5_000);
            Job job = schedule.add(new JobPlan(
                    "slow",
                    Set.of(),
                    this,
                    until,
                    Long.MAX_VALUE,
                    jitter,
                    MissedRuns.COALESCE,
                    Overlap.SKIP,
                    FailurePolicy.backOff(pause, pause),
                    () -> {
                        throw new IllegalStateException("on purpose");
                    }));
            lock = (ReentrantLock) job.lock;
            return job;
        }

        @Override
        public Instant after(Instant instant) {
            asked++;
            underLock += lock.isHeldByCurrentThread() ? 1 : 0;
            return instant.plus(MINUTE);
        }

        @Override
        public RunTimes timesFrom(Instant base, Instant origin, RandomGenerator random) {
            return this;
        }

        @Override
        public boolean isRandom() {
            return false;
        }

        @Override
        public boolean isOfTheCalendar() {
            return false;
        }

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }
    }

    @Test
    void runsThatAreLeftOut_areCountedWithoutTheLock() {
        HandClock clock = new HandClock("UTC", "2026-03-02 12:00");
        JobSchedule schedule = new JobSchedule(clock.options().onFailure((job, failure) -> {}));
        Slow slow = new Slow();
        Job job = slow.addTo(schedule, Duration.ZERO, clock.instant().plus(Duration.ofDays(100)));
        clock.advance(Duration.ofMinutes(5_000));
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(job.missed()).isEqualTo(4_999);
        assertThat(job.heldBack()).isBetween(4_998L, 5_000L);
        job.pause();
        clock.advance(Duration.ofMinutes(9_000));
        job.resume();
        clock.advance(Duration.ofDays(100));
        assertThat(schedule.runPending()).isZero();
        assertThat(job.isOver()).isTrue();
        assertThat(job.missed()).isEqualTo(4_999 + 1 + 10_000);
        assertThat(slow.asked).isGreaterThan(15_000);
        assertThat(slow.underLock).isLessThan(100);
    }

    @Test
    void runsThatMayBePutOff_areCountedWithoutTheLock_too() {
        HandClock clock = new HandClock("UTC", "2026-03-02 12:00");
        JobSchedule schedule = new JobSchedule(clock.options().onFailure((job, failure) -> {}));
        Slow slow = new Slow();
        Job job = slow.addTo(schedule, Duration.ofDays(20), clock.instant().plus(Duration.ofDays(100)));
        clock.advance(Duration.ofMinutes(5_000));
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(job.missed()).isBetween(4_997L, 4_999L);
        clock.advance(Duration.ofDays(19));
        long before = job.missed();
        assertThat(schedule.runPending()).isEqualTo(1);
        assertThat(job.missed() - before).isEqualTo(10_000);
        assertThat(slow.asked).isGreaterThan(20_000);
        assertThat(slow.underLock).isLessThan(100);
    }

    @Test
    void runThatIsHandedOver_isCountedByItself_once() {
        VirtualTime time = new VirtualTime();
        HandExecutor executor = new HandExecutor();
        Timers timers = new Timers(TimerOptions.defaults().time(time).executor(executor));
        JobSchedule schedule =
                new JobSchedule(ScheduleOptions.defaults().time(time).onFailure((job, failure) -> {}));
        schedule.start(timers);
        Slow slow = new Slow();
        Job job = slow.addTo(schedule, Duration.ZERO, Instant.MAX);
        time.advance(Duration.ofMinutes(5_000));
        time.runUntil(time.instant());
        executor.runOne(); // the look
        assertThat(job.isHanded()).isTrue();
        assertThat(slow.asked).isLessThan(10);
        time.runUntil(time.instant());
        executor.runOne();
        assertThat(job.missed()).isEqualTo(4_999);
        assertThat(slow.asked).isBetween(10_000, 10_020); // those of the pause included
    }

    @Test
    void runsThatAPauseLeavesOut_areNotCountedAtAll() {
        HandClock clock = new HandClock("UTC", "2026-03-02 12:00");
        JobSchedule schedule = new JobSchedule(clock.options().onFailure((job, failure) -> {}));
        Slow slow = new Slow();
        Job job = slow.addTo(schedule, Duration.ZERO, clock.instant().plus(Duration.ofDays(100)));
        job.pause();
        clock.advance(Duration.ofMinutes(9_000));
        assertThat(schedule.runAll()).isZero();
        assertThat(job.runNow()).isTrue();
        job.resume();
        Instant held = clock.instant().plus(Duration.ofMinutes(5_000));
        assertThat(job.nextRun().orElseThrow()).isBetween(held, held.plus(MINUTE));
        job.pause();
        clock.advance(Duration.ofDays(100));
        assertThat(job.runNow()).isFalse();
        assertThat(job.isOver()).isTrue();
        assertThat(job.missed() + job.heldBack()).isZero();
        assertThat(slow.asked).isLessThan(20);
    }
}
