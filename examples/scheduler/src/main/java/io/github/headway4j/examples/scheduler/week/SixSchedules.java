// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.week;

import io.github.headway4j.examples.scheduler.StoryTime;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.scheduler.Job;
import io.github.headway4j.scheduler.JobSchedule;
import io.github.headway4j.scheduler.ScheduleOptions;
import io.github.headway4j.scheduler.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The course's {@code schedule}: six jobs at times that people can read, and a loop that runs what is due. The loop
 * sleeps for as long as there is nothing to do, where the course's looks once a second.
 *
 * <p>{@link VirtualWeek} runs the same six through a week.
 */
public final class SixSchedules {
    /** Each ten minutes. */
    public static final String TEN_MINUTES = "10 minutes";

    /** Each hour. */
    public static final String HOUR = "hour";

    /** Each day at 10:30. */
    public static final String DAY = "day";

    /** Each Monday. */
    public static final String MONDAY = "Mon";

    /** Each Wednesday at 13:15. */
    public static final String WEDNESDAY = "Wed";

    /** Each minute at 17 seconds. */
    public static final String MINUTE = "minute :17";

    private SixSchedules() {}

    /**
     * Runs the program, until the job at 17 seconds has run: a minute of the story at most.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        run(new StoryTime(Nap.second(args)), System.out::println);
    }

    /**
     * Puts the six jobs into a schedule.
     *
     * @param schedule where they go
     * @param out told the name of a job by each of its runs
     */
    public static void addTo(JobSchedule schedule, Consumer<? super String> out) {
        schedule.every(10).minutes().named(TEN_MINUTES).run(() -> out.accept(TEN_MINUTES));
        schedule.every().hour().named(HOUR).run(() -> out.accept(HOUR));
        schedule.every().day().at("10:30").named(DAY).run(() -> out.accept(DAY));
        schedule.every().monday().named(MONDAY).run(() -> out.accept(MONDAY));
        schedule.every().wednesday().at("13:15").named(WEDNESDAY).run(() -> out.accept(WEDNESDAY));
        schedule.every().minute().at(":17").named(MINUTE).run(() -> out.accept(MINUTE));
    }

    /**
     * Runs the six until the job at 17 seconds has run.
     *
     * @param time the clock
     * @param out told the jobs and their runs
     * @return the names of the jobs that ran, in order
     * @throws InterruptedException if the caller is interrupted
     */
    public static List<String> run(TimeSource time, Consumer<? super String> out) throws InterruptedException {
        List<String> ran = new ArrayList<>();
        JobSchedule schedule = new JobSchedule(ScheduleOptions.defaults().time(time));
        addTo(schedule, job -> {
            ran.add(job);
            out.accept("runs: " + job);
        });
        for (Job job : schedule.jobs()) {
            out.accept(job.toString());
        }
        while (!ran.contains(MINUTE)) {
            Duration idle = schedule.idle().orElse(Duration.ZERO);
            time.sleepUntil(time.nanoTime() + idle.toNanos());
            schedule.runPending();
        }
        return ran;
    }
}
