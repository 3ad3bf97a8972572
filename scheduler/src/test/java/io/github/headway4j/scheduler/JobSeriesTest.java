// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The next run and the number of those left out, compared with a series that is walked through run by run. */
class JobSeriesTest {

    private static final Runnable NOTHING = () -> {};
    private static final int CASES = 120;
    private static final int LOOKS = 8;

    /** Their distances are not drawn. */
    private static final List<Function<JobSchedule, JobBuilder>> RULES = List.of(
            schedule -> schedule.every(7).minutes(),
            schedule -> schedule.every(90).seconds(),
            schedule -> schedule.every().minute().at(":01").and(":02"),
            schedule -> schedule.every().hour().at(":00").and(":01").and(":45"),
            schedule -> schedule.every(3).hours().at(":20"),
            schedule -> schedule.every().day().at("13:00").and("13:01").and("22:30"),
            schedule -> schedule.every().week().on(DayOfWeek.MONDAY).at("12:05").and("12:07"),
            schedule -> schedule.cron("0,1 * * * *"),
            schedule -> schedule.cron("*/5 9-17 * * *"),
            schedule -> schedule.cron("*/20 0-3 12-13 * * *"));

    private static final List<Duration> JITTERS = List.of(
            Duration.ZERO,
            Duration.ofNanos(1),
            Duration.ofSeconds(50),
            Duration.ofMinutes(8),
            Duration.ofHours(2),
            Duration.ofDays(30));

    /** A source of random numbers that always draws the same share of what it may. */
    private record Share(int percent) implements RandomGenerator {

        @Override
        public long nextLong() {
            throw new AssertionError("expected a bound");
        }

        @Override
        public long nextLong(long bound) {
            return (long) ((double) (bound - 1L) * percent / 100);
        }
    }

    /** The series, run by run. */
    private static final class Walk {
        private final JobPlan plan;
        private final RunTimes times;
        private final RandomGenerator random;
        private @Nullable Instant run;

        Walk(JobPlan plan, RandomGenerator random, Instant now) {
            this.plan = plan;
            this.times = plan.rule().timesFrom(now, now, random);
            this.random = random;
            this.run = notPast(times.after(now));
        }

        private @Nullable Instant notPast(@Nullable Instant next) {
            return next == null || plan.isPast(next) ? null : next;
        }

        @Nullable
        Instant moment() {
            if (run == null) {
                return null;
            }
            Instant end = run.plus(plan.jitter());
            Instant until = plan.until();
            if (until != null && end.isAfter(until.plusNanos(1))) {
                end = until.plusNanos(1);
            }
            Instant follower = times.after(run);
            if (follower != null && end.isAfter(follower)) {
                end = follower;
            }
            long room = Duration.between(run, end).toNanos();
            return plan.jitter().isZero() || room == 0L ? run : run.plusNanos(random.nextLong(room));
        }

        /** Goes on to the first run whose moment is to come. How many are left out before, besides the first one. */
        long consume(Instant now) {
            long passed = 0L;
            for (Instant moment = moment(); moment != null && !moment.isAfter(now); moment = moment()) {
                run = notPast(times.after(run));
                passed++;
            }
            return passed - 1L;
        }
    }

    @Test
    void theNextRun_isTheFirstWhoseMomentIsToCome_andThoseBeforeAreCounted() {
        Random random = new Random(1);
        HandClock clock = new HandClock("Europe/Berlin", "2026-03-02 12:00");
        JobSchedule schedule = clock.schedule();
        for (int i = 0; i < CASES; i++) {
            clock.set("2026-03-02 12:00");
            clock.advance(Duration.ofSeconds(random.nextInt(100_000)));
            Instant now = clock.instant();
            JobBuilder builder = RULES.get(random.nextInt(RULES.size()))
                    .apply(schedule)
                    .jitter(JITTERS.get(random.nextInt(JITTERS.size())));
            if (random.nextInt(3) == 0) {
                builder.until(now.plus(Duration.ofHours(200)));
            }
            Job job = builder.run(NOTHING);
            assertThatSeriesIsWhatAWalkFinds(job.plan, new Share(random.nextInt(101)), now, random);
            job.cancel();
        }
    }

    private static void assertThatSeriesIsWhatAWalkFinds(
            JobPlan plan, RandomGenerator share, Instant begin, Random random) {
        JobSeries series = new JobSeries(plan, share, begin);
        Walk walk = new Walk(plan, share, begin);
        for (int look = 0; look < LOOKS; look++) {
            Instant moment = series.moment();
            assertThat(moment).as("%s", plan).isEqualTo(walk.moment());
            if (moment == null) {
                return;
            }
            int most = random.nextBoolean() ? 300 : 40_000;
            Instant now = moment.plusSeconds(random.nextInt(most)).plusNanos(random.nextInt(3));
            JobSeries.Count count = series.toCount(now.minusSeconds(random.nextInt(600)));
            if (count != null && random.nextBoolean()) {
                count.make();
                series.counted(count);
            }
            assertThat(series.consume(now)).as("%s at %s", plan, now).isEqualTo(walk.consume(now));
        }
    }
}
