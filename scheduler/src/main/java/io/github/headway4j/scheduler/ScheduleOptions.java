// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen when a {@link JobSchedule} is made. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * var schedule = new JobSchedule(ScheduleOptions.defaults()
 *         .zone(ZoneId.of("Europe/Berlin"))
 *         .onFailure((job, failure) -> log.error(job.name(), failure)));
 * }</pre>
 *
 * @since 0.1
 */
public final class ScheduleOptions {

    private static final Duration CLOCK_CHECK = Duration.ofSeconds(5);
    private static final Duration LEAST_CLOCK_CHECK = Duration.ofMillis(1);

    private static final ScheduleOptions DEFAULTS = new ScheduleOptions(
            TimeSource.system(), null, null, CLOCK_CHECK, ScheduleOptions::report, new JobListener() {});

    private final TimeSource time;
    private final @Nullable ZoneId zone;
    private final @Nullable RandomGenerator random;
    private final Duration clockCheck;
    private final BiConsumer<? super Job, ? super Throwable> onFailure;
    private final JobListener listener;

    private ScheduleOptions(
            TimeSource time,
            @Nullable ZoneId zone,
            @Nullable RandomGenerator random,
            Duration clockCheck,
            BiConsumer<? super Job, ? super Throwable> onFailure,
            JobListener listener) {
        this.time = time;
        this.zone = zone;
        this.random = random;
        this.clockCheck = clockCheck;
        this.onFailure = onFailure;
        this.listener = listener;
    }

    /**
     * The clocks and the zone of the system, the date and the time of day looked at each five seconds in the
     * background, random numbers that differ each time, failures that go to the uncaught exception handler of the
     * thread, and no listener.
     *
     * @return the defaults
     */
    public static ScheduleOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Chooses the clocks.
     *
     * @param time where the time comes from
     * @return these options but for the clocks
     */
    public ScheduleOptions time(TimeSource time) {
        Objects.requireNonNull(time, "time");
        return new ScheduleOptions(time, zone, random, clockCheck, onFailure, listener);
    }

    /**
     * Chooses the zone of jobs that do not say otherwise.
     *
     * @param zone the zone
     * @return these options but for the zone
     */
    public ScheduleOptions zone(ZoneId zone) {
        Objects.requireNonNull(zone, "zone");
        return new ScheduleOptions(time, zone, random, clockCheck, onFailure, listener);
    }

    /**
     * Chooses what draws the distances of jobs that run at random ones, {@code every(5).to(10)}, and the
     * {@linkplain JobBuilder#jitter jitter}. The schedule calls it from one thread at a time.
     *
     * @param random a source of random numbers that nobody else uses at the same time
     * @return these options but for the random numbers
     */
    public ScheduleOptions random(RandomGenerator random) {
        Objects.requireNonNull(random, "random");
        return new ScheduleOptions(time, zone, random, clockCheck, onFailure, listener);
    }

    /**
     * Chooses how often a schedule that has been {@linkplain JobSchedule#start() started} looks at the date and time of
     * day while it waits, to notice that they were set, or that the computer slept. It is also by how much a
     * {@linkplain JobBuilder#until(java.time.Instant) last run} may be late. A {@link VirtualTime} needs no such looks,
     * and gets none; a clock of your own that reads one does get them.
     *
     * @param interval the longest time from one look to the next
     * @return these options but for the looks
     * @throws IllegalArgumentException if it is shorter than a millisecond
     */
    public ScheduleOptions clockCheck(Duration interval) {
        if (interval.compareTo(LEAST_CLOCK_CHECK) < 0) {
            throw new IllegalArgumentException("clockCheck(" + interval + "): expected at least a millisecond, for"
                    + " example clockCheck(Duration.ofSeconds(5))");
        }
        return new ScheduleOptions(time, zone, random, interval, onFailure, listener);
    }

    /**
     * Chooses who is told what jobs throw, errors included. It is called in the thread of the job, after the run. What
     * it throws reaches the caller of {@code runPending}, {@code runAll} or {@code runNow} when these are through with
     * all jobs, and in the background the failure handler of the {@link Timers}.
     *
     * @param handler gets the job and what it has thrown
     * @return these options but for the handler
     */
    public ScheduleOptions onFailure(BiConsumer<? super Job, ? super Throwable> handler) {
        Objects.requireNonNull(handler, "handler");
        return new ScheduleOptions(time, zone, random, clockCheck, handler, listener);
    }

    /**
     * Chooses who is told what becomes of jobs and of their runs.
     *
     * @param listener the listener
     * @return these options but for the listener
     */
    public ScheduleOptions listener(JobListener listener) {
        Objects.requireNonNull(listener, "listener");
        return new ScheduleOptions(time, zone, random, clockCheck, onFailure, listener);
    }

    private static void report(Job job, Throwable failure) {
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
        if (handler != null) {
            handler.uncaughtException(thread, failure);
        }
    }

    TimeSource time() {
        return time;
    }

    ZoneId zone() {
        return zone == null ? ZoneId.systemDefault() : zone;
    }

    RandomGenerator random() {
        return random == null ? new SplittableRandom() : random;
    }

    Duration clockCheck() {
        return clockCheck;
    }

    BiConsumer<? super Job, ? super Throwable> onFailure() {
        return onFailure;
    }

    JobListener listener() {
        return listener;
    }
}
