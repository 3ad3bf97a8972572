// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import io.github.headway4j.scheduler.FailurePolicy;
import io.github.headway4j.scheduler.Job;
import io.github.headway4j.scheduler.JobSchedule;
import io.github.headway4j.scheduler.Overlap;
import io.github.headway4j.scheduler.ScheduleOptions;
import io.github.headway4j.scheduler.TimerOptions;
import io.github.headway4j.scheduler.Timers;
import io.github.headway4j.scheduler.VirtualTime;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The samples of jobs in {@code scheduler.md} and {@code coming-from-python.md}. */
final class ScheduleSamples {

    private ScheduleSamples() {}

    /** What the samples run. */
    abstract static class Work {
        void collect() {}

        void report() {}

        void send() {}

        void balance() {}

        void log(String job, Throwable failure) {
            throw new AssertionError(job, failure);
        }
    }

    static final class Sentences extends Work {
        // snippet: jobs
        private final JobSchedule schedule = new JobSchedule(ScheduleOptions.defaults()
                .zone(ZoneId.of("Europe/Berlin"))
                .onFailure((job, failure) -> log(job.name(), failure)));

        void begin() {
            schedule.every(10).minutes().named("collect").run(this::collect);
            schedule.every().hour().at(":30").run(this::collect);
            schedule.every().day().at("10:30").and("18:00").run(this::report);
            schedule.every().monday().at("13:15", "Asia/Tokyo").tag("post").run(this::send);
            schedule.every(2).weeks().on(DayOfWeek.FRIDAY).at("09:00").run(this::send);
            schedule.every().month().onLastDay().at("23:00").run(this::balance);
            schedule.on(LocalDate.of(2026, 12, 24)).at("16:00").run(this::report);
            schedule.cron("30 10 * * MON-FRI").jitter(Duration.ofMinutes(2)).run(this::report);
            schedule.start(); // on a thread that lives until schedule.close()
        }
        // end
    }

    static final class Pool extends Work {
        // snippet: jobs-on-a-pool
        private final JobSchedule schedule = new JobSchedule();
        private final ExecutorService workers = Executors.newFixedThreadPool(4);
        private final Timers timers = new Timers(TimerOptions.defaults().executor(workers));

        void begin() {
            FailurePolicy patient = FailurePolicy.backOff(Duration.ofMinutes(1), Duration.ofHours(1));
            schedule.every().minute().onFailure(patient).run(this::collect);
            schedule.every().hour().overlap(Overlap.QUEUE).run(this::report);
            schedule.start(timers);
        }

        void end() {
            schedule.close(); // waits for what is under way
            timers.close();
            workers.shutdown();
        }
        // end
    }

    static final class Simulated extends Work {
        // snippet: jobs-in-virtual-time
        long runsOfTwoDays() {
            var time = new VirtualTime(Instant.parse("2026-03-28T12:00:00Z"));
            var schedule = new JobSchedule(ScheduleOptions.defaults().time(time).zone(ZoneId.of("Europe/Berlin")));
            schedule.start();
            Job job = schedule.every().day().at("02:30").run(this::report);
            time.runUntil(Instant.parse("2026-03-30T12:00:00Z")); // at once, in this thread
            return job.runs(); // 2: on the 29th at 03:00, since 02:30 was left out, on the 30th at 02:30
        }
        // end
    }

    static final class Python extends Work {
        // snippet: python-schedule
        private final JobSchedule schedule = new JobSchedule(); // import schedule

        void begin() {
            schedule.every(10).minutes().run(this::collect); // schedule.every(10).minutes.do(collect)
            schedule.every().day().at("10:30").run(this::report); // schedule.every().day.at("10:30").do(report)
            schedule.every(5).to(10).seconds().run(this::send); // schedule.every(5).to(10).seconds.do(send)
            schedule.every().hour().until("23:30").tag("today").run(this::once);
            schedule.start(); // while True: schedule.run_pending(); time.sleep(1)
        }

        private Job.Result once() {
            return Job.CANCEL; // return schedule.CancelJob
        }

        void endOfDay() {
            schedule.cancel("today"); // schedule.clear("today")
        }
        // end
    }
}
