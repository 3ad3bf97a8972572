// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.scheduler.JobSchedule;
import io.github.headway4j.scheduler.ScheduleOptions;
import io.github.headway4j.scheduler.TimerOptions;
import io.github.headway4j.scheduler.Timers;
import io.github.headway4j.scheduler.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The samples of jobs in the guides do what the guides say. */
final class JobSamplesTest {

    @Test
    void readmesStation_keepsToTheClock_whenItIsPutForward() {
        Instant start = Instant.parse("2026-03-28T00:00:00Z");
        VirtualTime time = new VirtualTime(start);
        JobSamples.Station station = new JobSamples.Station(time::instant);
        try (Timers timers = new Timers(TimerOptions.defaults().time(time));
                JobSchedule schedule =
                        new JobSchedule(ScheduleOptions.defaults().time(time))) {
            station.begin(timers, schedule);
            time.runUntil(start.plus(Duration.ofDays(2)));
        }
        assertThat(station.beats).hasSize(2 * 24 * 360);
        assertThat(station.collections).hasSize(2 * 24 * 6);
        assertThat(station.reports)
                .containsExactly(Instant.parse("2026-03-28T09:30:00Z"), Instant.parse("2026-03-29T08:30:00Z"));
    }
}
