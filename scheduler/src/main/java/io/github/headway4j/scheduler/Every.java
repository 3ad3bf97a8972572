// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.DayOfWeek;
import java.util.Locale;
import java.util.Objects;

/**
 * The beginning of a sentence that says when a job runs: {@link JobSchedule#every()} told the number, and here follows
 * the unit. The names in the singular go with one, those in the plural with any number.
 *
 * @since 0.1
 */
public final class Every {

    private final JobSchedule schedule;
    private final int least;
    private final int most;

    Every(JobSchedule schedule, int least, int most) {
        this.schedule = schedule;
        this.least = least;
        this.most = most;
    }

    /**
     * Makes the distance random: before each run it is drawn anew from {@code every(least).to(most)}, both inclusive.
     *
     * @param most the greatest number, at least that of {@code every}
     * @return the beginning of the sentence
     * @throws IllegalArgumentException if it is smaller
     */
    public Every to(int most) {
        if (most < least) {
            throw new IllegalArgumentException("to(" + most + ") is less than every(" + least
                    + "): expected the greater number last, for example every(5).to(10).seconds()");
        }
        return new Every(schedule, least, most);
    }

    /**
     * Each second.
     *
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder second() {
        return one(JobUnit.SECOND);
    }

    /**
     * Each so many seconds.
     *
     * @return the rest of the sentence
     */
    public JobBuilder seconds() {
        return several(JobUnit.SECOND);
    }

    /**
     * Each minute.
     *
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder minute() {
        return one(JobUnit.MINUTE);
    }

    /**
     * Each so many minutes.
     *
     * @return the rest of the sentence
     */
    public JobBuilder minutes() {
        return several(JobUnit.MINUTE);
    }

    /**
     * Each hour.
     *
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder hour() {
        return one(JobUnit.HOUR);
    }

    /**
     * Each so many hours.
     *
     * @return the rest of the sentence
     */
    public JobBuilder hours() {
        return several(JobUnit.HOUR);
    }

    /**
     * Each day.
     *
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder day() {
        return one(JobUnit.DAY);
    }

    /**
     * Each so many days.
     *
     * @return the rest of the sentence
     */
    public JobBuilder days() {
        return several(JobUnit.DAY);
    }

    /**
     * Each week, on the weekday and at the time of now.
     *
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder week() {
        return one(JobUnit.WEEK);
    }

    /**
     * Each so many weeks, on the weekday and at the time of now unless {@link JobBuilder#on} and {@code at} say
     * otherwise.
     *
     * @return the rest of the sentence
     */
    public JobBuilder weeks() {
        return several(JobUnit.WEEK);
    }

    /**
     * Each month, on the day and at the time of now unless {@link JobBuilder#onDay} and {@code at} say otherwise. A
     * month that has no such day has it on its last.
     *
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder month() {
        return one(JobUnit.MONTH);
    }

    /**
     * Each so many months, as {@link #month} says.
     *
     * @return the rest of the sentence
     */
    public JobBuilder months() {
        return several(JobUnit.MONTH);
    }

    /**
     * Each Monday.
     *
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder monday() {
        return on(DayOfWeek.MONDAY);
    }

    /**
     * Each Tuesday.
     *
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder tuesday() {
        return on(DayOfWeek.TUESDAY);
    }

    /**
     * Each Wednesday.
     *
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder wednesday() {
        return on(DayOfWeek.WEDNESDAY);
    }

    /**
     * Each Thursday.
     *
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder thursday() {
        return on(DayOfWeek.THURSDAY);
    }

    /**
     * Each Friday.
     *
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder friday() {
        return on(DayOfWeek.FRIDAY);
    }

    /**
     * Each Saturday.
     *
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder saturday() {
        return on(DayOfWeek.SATURDAY);
    }

    /**
     * Each Sunday.
     *
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder sunday() {
        return on(DayOfWeek.SUNDAY);
    }

    /**
     * Each weekday of the given name.
     *
     * @param weekday the day of the week
     * @return the rest of the sentence
     * @throws IllegalArgumentException if the number is not one
     */
    public JobBuilder on(DayOfWeek weekday) {
        Objects.requireNonNull(weekday, "weekday");
        if (most != 1) {
            String name = weekday.name().toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException(number() + "." + name + "(): a weekday goes with every() only, for"
                    + " example every()." + name + "().at(\"10:30\"), or with weeks, for example"
                    + " every(2).weeks().on(DayOfWeek." + weekday + ")");
        }
        return new JobBuilder(schedule, new EverySentence(1, 1, JobUnit.WEEK, weekday));
    }

    private JobBuilder one(JobUnit unit) {
        if (most != 1) {
            throw new IllegalArgumentException(number() + "." + unit.one() + "(): the singular goes with every() only;"
                    + " write " + number() + "." + unit.several() + "()");
        }
        return several(unit);
    }

    private JobBuilder several(JobUnit unit) {
        return new JobBuilder(schedule, new EverySentence(least, most, unit, null));
    }

    /** What the user wrote so far. */
    private String number() {
        return text(least, most);
    }

    /** How a user writes such numbers. */
    static String text(int least, int most) {
        return "every(" + least + ")" + (least == most ? "" : ".to(" + most + ")");
    }
}
