// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.scheduler.week.Calendar;
import io.github.headway4j.examples.scheduler.week.SixSchedules;
import io.github.headway4j.examples.scheduler.week.VirtualWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The six schedules of the course through the week in which clocks are put forward, and one in which they go back. */
final class WeekStop implements Stop {
    private static final int DAYS = 7;
    private static final LocalTime HALF_PAST_TEN = LocalTime.of(10, 30);
    private static final List<String> JOBS = List.of(
            SixSchedules.TEN_MINUTES,
            SixSchedules.HOUR,
            SixSchedules.DAY,
            SixSchedules.MONDAY,
            SixSchedules.WEDNESDAY,
            SixSchedules.MINUTE,
            VirtualWeek.NIGHTLY);

    /** Narrow enough for a line. */
    private static final List<String> HEADER =
            List.of("", "10 minutes", "hour", "10:30", "Mon", "Wed", "minute at :17", "02:30");

    @Override
    public String name() {
        return "week";
    }

    @Override
    public String title() {
        return "A week in a second";
    }

    @Override
    public String explanation() {
        return "Six jobs at times that people can read go through a virtual week in Berlin in which clocks are put"
                + " forward, then through one in which they are put back; the calendar tells what ran when.";
    }

    @Override
    public Outcome run(StopContext context) {
        long start = System.nanoTime();
        Calendar march;
        Calendar october;
        try (Progress bar = context.progress("Two weeks")) {
            march = VirtualWeek.run(VirtualWeek.MARCH, VirtualWeek.BERLIN);
            bar.accept(50);
            october = VirtualWeek.run(VirtualWeek.OCTOBER, VirtualWeek.BERLIN);
            bar.accept(100);
        }
        return judge(march, october, Duration.ofNanos(System.nanoTime() - start));
    }

    private static Outcome judge(Calendar march, Calendar october, Duration took) {
        int runs = JOBS.stream()
                .mapToInt(job -> march.count(job) + october.count(job))
                .sum();
        Calendar.Day spring = dayOfTheChange(march);
        Calendar.Day autumn = dayOfTheChange(october);
        String naively = spring.shown(VirtualWeek.NAIVE);
        return Outcome.showing(Words.count(runs) + " runs in two weeks, in " + Words.time(took))
                .grid("Clocks are put forward: how often, first and last time", HEADER, rows(march))
                .grid("Clocks are put back", HEADER, List.of(row(autumn)))
                .naive("Who plans the daily job 24 hours after the last time has it at " + naively
                        + " from the Sunday in March on, and at " + autumn.shown(VirtualWeek.NAIVE)
                        + " from the one in October on.")
                .check(
                        "intervals go on as time goes by",
                        counts(spring, 138, 23, 1_380) && counts(autumn, 150, 25, 1_500),
                        "138 and 150 times ten minutes on a day of 23 and of 25 hours")
                .check(
                        "the daily job keeps to the clock on the wall",
                        atHalfPastTen(march) && atHalfPastTen(october),
                        "10:30 on each of " + 2 * DAYS + " days")
                .check(
                        "02:30 is not lost when the clock leaves it out",
                        spring.shown(VirtualWeek.NIGHTLY).equals("03:00"),
                        "at the end of the gap, " + spring.shown(VirtualWeek.NIGHTLY))
                .check(
                        "and runs once when the clock shows it twice",
                        autumn.shown(VirtualWeek.NIGHTLY).equals("02:30"),
                        october.count(VirtualWeek.NIGHTLY) + " runs on " + DAYS + " days")
                .check(
                        "Monday and Wednesday come once a week",
                        Stream.of(march, october)
                                .allMatch(week -> week.count(SixSchedules.MONDAY) == 1
                                        && week.count(SixSchedules.WEDNESDAY) == 1),
                        "")
                .check("24 hours later is not tomorrow", naively.equals("11:30"), naively + " in March")
                .build();
    }

    private static Calendar.Day dayOfTheChange(Calendar week) {
        return week.days().stream().filter(day -> !day.isOrdinary()).findFirst().orElseThrow();
    }

    private static boolean counts(Calendar.Day day, int tenMinutes, int hours, int minutes) {
        return day.runs().get(SixSchedules.TEN_MINUTES).count() == tenMinutes
                && day.runs().get(SixSchedules.HOUR).count() == hours
                && day.runs().get(SixSchedules.MINUTE).count() == minutes;
    }

    private static boolean atHalfPastTen(Calendar week) {
        Calendar.Runs once = new Calendar.Runs(1, HALF_PAST_TEN, HALF_PAST_TEN);
        return week.days().size() == DAYS
                && week.days().stream().allMatch(day -> once.equals(day.runs().get(SixSchedules.DAY)));
    }

    private static List<List<String>> rows(Calendar week) {
        List<List<String>> rows = new ArrayList<>();
        week.days().forEach(day -> rows.add(row(day)));
        List<String> sums = new ArrayList<>(List.of("all"));
        JOBS.forEach(job -> sums.add(Words.count(week.count(job))));
        rows.add(sums);
        return rows;
    }

    private static List<String> row(Calendar.Day day) {
        List<String> row = new ArrayList<>(List.of(day.title()));
        JOBS.forEach(job -> row.add(day.shown(job)));
        return row;
    }
}
