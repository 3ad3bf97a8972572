// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

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

    private static final ScheduleOptions DEFAULTS =
            new ScheduleOptions(TimeSource.system(), null, null, ScheduleOptions::report);

    private final TimeSource time;
    private final @Nullable ZoneId zone;
    private final @Nullable RandomGenerator random;
    private final BiConsumer<? super Job, ? super Throwable> onFailure;

    private ScheduleOptions(
            TimeSource time,
            @Nullable ZoneId zone,
            @Nullable RandomGenerator random,
            BiConsumer<? super Job, ? super Throwable> onFailure) {
        this.time = time;
        this.zone = zone;
        this.random = random;
        this.onFailure = onFailure;
    }

    /**
     * The clocks and the zone of the system, random numbers that differ each time, and failures that go to the uncaught
     * exception handler of the thread.
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
        return new ScheduleOptions(Objects.requireNonNull(time, "time"), zone, random, onFailure);
    }

    /**
     * Chooses the zone of jobs that do not say otherwise.
     *
     * @param zone the zone
     * @return these options but for the zone
     */
    public ScheduleOptions zone(ZoneId zone) {
        return new ScheduleOptions(time, Objects.requireNonNull(zone, "zone"), random, onFailure);
    }

    /**
     * Chooses what draws the distances of jobs that run at random ones, {@code every(5).to(10)}. The schedule calls it
     * from one thread at a time.
     *
     * @param random a source of random numbers that nobody else uses at the same time
     * @return these options but for the random numbers
     */
    public ScheduleOptions random(RandomGenerator random) {
        return new ScheduleOptions(time, zone, Objects.requireNonNull(random, "random"), onFailure);
    }

    /**
     * Chooses who is told what jobs throw, errors included. It is called in the thread of the job, after the run. What
     * it throws reaches the caller of {@code runPending} or {@code runAll}; the schedule goes on as ever.
     *
     * @param handler gets the job and what it has thrown
     * @return these options but for the handler
     */
    public ScheduleOptions onFailure(BiConsumer<? super Job, ? super Throwable> handler) {
        return new ScheduleOptions(time, zone, random, Objects.requireNonNull(handler, "handler"));
    }

    private static void report(Job job, Throwable failure) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
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

    BiConsumer<? super Job, ? super Throwable> onFailure() {
        return onFailure;
    }
}
