// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.week;

import io.github.headway4j.scheduler.EventScheduler;
import io.github.headway4j.scheduler.JobSchedule;
import io.github.headway4j.scheduler.ScheduleOptions;
import io.github.headway4j.scheduler.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The {@link SixSchedules} through a whole week of {@link VirtualTime}, in less than a second. Clocks are put forward
 * or back in that week, and the calendar of the runs shows what that means for each job: intervals go on as time goes
 * by, and what has a time of the day keeps to the clock on the wall.
 *
 * <p>Two more make the point. {@value #NIGHTLY} is a time that the clock leaves out in March and shows twice in
 * October. And {@value #NAIVE} is the daily job as programs without a calendar have it: 24 hours after the last time.
 */
public final class VirtualWeek {
    /** Clocks are put forward on the Sunday of the week that begins with this Thursday. */
    public static final LocalDate MARCH = LocalDate.of(2026, 3, 26);

    /** Clocks are put back on the Sunday of the week that begins with this Thursday. */
    public static final LocalDate OCTOBER = LocalDate.of(2026, 10, 22);

    /** Where the clock hangs. */
    public static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Each day at a time that one day of the year has not, and another one twice. */
    public static final String NIGHTLY = "02:30";

    /** At 10:30 on the first day, and again after 24 hours, and so on. */
    public static final String NAIVE = "24 hours";

    private static final int DAYS = 7;

    private final VirtualTime time;
    private final ZoneId zone;
    private final Calendar calendar;

    private VirtualWeek(Instant start, ZoneId zone) {
        this.time = new VirtualTime(start);
        this.zone = zone;
        this.calendar = new Calendar(zone);
    }

    /**
     * Runs the program, which prints the calendar of the runs.
     *
     * @param args the first day of the week, such as {@code 2026-10-22}; may be left out
     */
    public static void main(String[] args) {
        LocalDate first = args.length > 0 ? LocalDate.parse(args[0]) : MARCH;
        run(first, BERLIN).lines().forEach(System.out::println);
    }

    /**
     * Lets a week go by, from midnight to midnight, the last one not included.
     *
     * @param first the first day
     * @param zone by whose clock
     * @return what ran when
     */
    public static Calendar run(LocalDate first, ZoneId zone) {
        VirtualWeek week = new VirtualWeek(first.atStartOfDay(zone).toInstant(), zone);
        week.runUntil(first.plusDays(DAYS).atStartOfDay(zone).toInstant());
        return week.calendar;
    }

    private void runUntil(Instant end) {
        EventScheduler naive = new EventScheduler(time);
        Instant halfPastTen = now().withHour(10).withMinute(30).toInstant();
        naive.enterAt(halfPastTen, 1, () -> naively(naive));
        JobSchedule schedule =
                new JobSchedule(ScheduleOptions.defaults().time(time).zone(zone));
        SixSchedules.addTo(schedule, this::note);
        schedule.every().day().at(NIGHTLY).run(() -> note(NIGHTLY));
        for (Optional<Instant> next = schedule.nextRun(); next.isPresent(); next = schedule.nextRun()) {
            if (!next.get().isBefore(end)) {
                return;
            }
            time.runUntil(next.get()); // takes no time, whatever the distance
            schedule.runPending();
        }
    }

    private void naively(EventScheduler naive) {
        note(NAIVE);
        naive.enter(Duration.ofDays(1), 1, () -> naively(naive));
    }

    private void note(String job) {
        calendar.note(job, now());
    }

    private ZonedDateTime now() {
        return time.instant().atZone(zone);
    }
}
