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

/** The samples of jobs in {@code README.md} and {@code coming-from-python.md}. */
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

    static final class PythonSchedule {
        final List<String> done = new ArrayList<>();

        private void job() {
            done.add("done");
        }

        // snippet: python-schedule
        void plan(JobSchedule schedule) { // import schedule
            schedule.every(10).minutes().run(this::job); // schedule.every(10).minutes.do(job)
            schedule.every().hour().run(this::job); // schedule.every().hour.do(job)
            schedule.every().day().at("10:30").run(this::job); // schedule.every().day.at("10:30").do(job)
            schedule.every().monday().run(this::job); // schedule.every().monday.do(job)
            schedule.every().wednesday().at("13:15").run(this::job); // schedule.every().wednesday.at("13:15").do(job)
            schedule.every().minute().at(":17").run(this::job); // schedule.every().minute.at(":17").do(job)
        }
        // end
    }
}
