// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.week;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What ran when: for each day and job how often, and the first and the last time. */
public final class Calendar {
    private static final List<String> JOBS = List.of(
            SixSchedules.TEN_MINUTES,
            SixSchedules.HOUR,
            SixSchedules.DAY,
            SixSchedules.MONDAY,
            SixSchedules.WEDNESDAY,
            SixSchedules.MINUTE,
            VirtualWeek.NIGHTLY,
            VirtualWeek.NAIVE);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final Duration ORDINARY = Duration.ofHours(24);

    private final ZoneId zone;
    private final Map<LocalDate, Map<String, Runs>> runs = new TreeMap<>();

    Calendar(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * The runs of one job on one day.
     *
     * @param count how many
     * @param first when the first one was, by the clock on the wall
     * @param last when the last one was
     */
    public record Runs(int count, LocalTime first, LocalTime last) {
        private Runs and(Runs later) {
            return new Runs(count + later.count, first, later.last);
        }

        /** {@return the time of a single run, or the number of several and the first and last time} */
        @Override
        public String toString() {
            return count == 1 ? TIME.format(first) : count + " " + TIME.format(first) + "-" + TIME.format(last);
        }
    }

    /**
     * A day.
     *
     * @param date which
     * @param length how long it was, 24 hours but for two days of the year
     * @param runs the runs of each job that ran
     */
    public record Day(LocalDate date, Duration length, Map<String, Runs> runs) {
        /** Copies the runs. */
        public Day {
            runs = Map.copyOf(runs);
        }

        /** {@return whether clocks were neither put forward nor back} */
        public boolean isOrdinary() {
            return length.equals(ORDINARY);
        }

        /** {@return the date, and the length if it is not the ordinary one} */
        public String title() {
            return DATE.format(date) + (isOrdinary() ? "" : " " + length.toHours() + " h");
        }

        /**
         * Tells the runs of one job.
         *
         * @param job its name
         * @return how often and when, or nothing if it did not run
         */
        public String shown(String job) {
            Runs found = runs.get(job);
            return found == null ? "" : found.toString();
        }
    }

    void note(String job, ZonedDateTime when) {
        LocalTime time = when.toLocalTime();
        runs.computeIfAbsent(when.toLocalDate(), date -> new HashMap<>())
                .merge(job, new Runs(1, time, time), Runs::and);
    }

    /** {@return the days on which something ran, in order} */
    public List<Day> days() {
        List<Day> days = new ArrayList<>();
        runs.forEach((date, jobs) -> days.add(new Day(
                date, Duration.between(date.atStartOfDay(zone), date.plusDays(1).atStartOfDay(zone)), jobs)));
        return days;
    }

    /**
     * Counts the runs of a job.
     *
     * @param job its name
     * @return the number of its runs on all days
     */
    public int count(String job) {
        int count = 0;
        for (Map<String, Runs> day : runs.values()) {
            Runs found = day.get(job);
            count += found == null ? 0 : found.count();
        }
        return count;
    }

    /** {@return the calendar as lines of text: a row for each day and a column for each job, with headings and sums} */
    List<String> lines() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("", JOBS));
        for (Day day : days()) {
            rows.add(row(day.title(), JOBS.stream().map(day::shown).toList()));
        }
        rows.add(row("all", JOBS.stream().map(job -> "" + count(job)).toList()));
        int[] widths = new int[JOBS.size() + 1];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static List<String> row(String title, List<String> cells) {
        List<String> row = new ArrayList<>();
        row.add(title);
        row.addAll(cells);
        return row;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
