// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Both clocks under the hand of a test. Whoever sleeps moves them. */
final class HandClock implements TimeSource {

    final ZoneId zone;
    final List<Duration> sleeps = new ArrayList<>();
    private Instant now;
    private long nanos;

    HandClock(String zone, String local) {
        this.zone = ZoneId.of(zone);
        this.now = Instant.EPOCH;
        set(local);
    }

    /** Puts the wall clock to a local time, the first of two. */
    void set(String local) {
        now = LocalDateTime.parse(local.replace(' ', 'T')).atZone(zone).toInstant();
    }

    void advance(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void sleepUntil(long nanoTime) {
        sleeps.add(Duration.ofNanos(nanoTime - nanos));
        advance(Duration.ofNanos(Math.max(0L, nanoTime - nanos)));
    }

    /** A schedule by this clock, in its zone. */
    JobSchedule schedule() {
        return new JobSchedule(options());
    }

    ScheduleOptions options() {
        return ScheduleOptions.defaults().time(this).zone(zone);
    }

    /** The next run of a job, as this clock will show it. */
    String next(Job job) {
        return job.nextRun().map(this::local).orElse("never");
    }

    String local(Instant instant) {
        return LocalDateTime.ofInstant(instant, zone).toString().replace('T', ' ');
    }
}
