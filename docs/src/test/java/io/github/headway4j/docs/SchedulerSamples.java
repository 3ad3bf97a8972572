// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.scheduler.EventScheduler;
import io.github.headway4j.scheduler.ScheduledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The samples of {@code scheduler.md} and those of the scheduler in {@code coming-from-python.md}. */
final class SchedulerSamples {

    private SchedulerSamples() {}

    static final class PythonSched {
        final List<Integer> sums = new ArrayList<>();

        private void addition(int one, int other) {
            sums.add(one + other);
        }

        // snippet: python-sched
        void calculate(EventScheduler s, Instant moment) throws InterruptedException { // s = sched.scheduler()
            s.enter(Duration.ofSeconds(3), 1, () -> addition(10, 20)); // s.enter(3, 1, addition, (10, 20))
            ScheduledEvent event = s.enterAt(moment, 1, () -> addition(1, 2)); // e = s.enterabs(t, 1, addition, (1, 2))
            if (s.cancel(event) && s.queue().size() == 1) { // s.cancel(e); len(s.queue)
                s.run(); // s.run()
            }
        }
        // end
    }

    static final class EventLoop {
        // snippet: scheduler-loop
        private final EventScheduler events = new EventScheduler();

        void serve(TaskQueue<Runnable> messages) throws InterruptedException { // until the queue is shut down
            try {
                for (; ; ) {
                    Duration idle = events.runPending().orElse(Duration.ofHours(1));
                    Runnable message = messages.poll(idle); // until a message comes or the next event is due
                    if (message != null) {
                        message.run(); // may enter and cancel events: nobody else touches what it works on
                    }
                }
            } catch (QueueShutdownException end) {
                return;
            }
        }
        // end

        EventScheduler events() {
            return events;
        }
    }

    static final class Session {
        // snippet: scheduler-session
        private final EventScheduler events;
        private boolean open = true;
        private ScheduledEvent end;

        Session(EventScheduler events) { // in production on the clock of the system
            this.events = events;
            this.end = endLater();
        }

        private ScheduledEvent endLater() {
            return events.enter(Duration.ofMinutes(30), 1, () -> open = false);
        }

        void touch() {
            if (events.cancel(end)) { // otherwise it was too late
                end = endLater();
            }
        }
        // end

        boolean isOpen() {
            return open;
        }
    }
}
