// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import io.github.headway4j.scheduler.JobSchedule;
import io.github.headway4j.scheduler.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The sample of timers and jobs in {@code README.md}. */
final class JobSamples {

    private JobSamples() {}

    static final class Station {
        final List<Instant> beats = new ArrayList<>();
        final List<Instant> collections = new ArrayList<>();
        final List<Instant> reports = new ArrayList<>();
        private final Supplier<Instant> clock;

        Station(Supplier<Instant> clock) {
            this.clock = clock;
        }

        // snippet: readme-scheduler
        void begin(Timers timers, JobSchedule schedule) { // Timers.daemon() and new JobSchedule()
            timers.every(Duration.ofSeconds(10), this::beat); // nothing drifts; if a beat fails, the next one comes
            schedule.every(10).minutes().run(this::collect);
            schedule.every().day().at("10:30", "Europe/Berlin").run(this::report); // summer time or not
            schedule.start(timers); // in the background, until close()
        }
        // end

        private void beat() {
            beats.add(clock.get());
        }

        private void collect() {
            collections.add(clock.get());
        }

        private void report() {
            reports.add(clock.get());
        }
    }
}
