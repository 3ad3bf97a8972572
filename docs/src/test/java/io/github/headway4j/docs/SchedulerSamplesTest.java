// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.docs.SchedulerSamples.Session;
import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.scheduler.EventScheduler;
import io.github.headway4j.scheduler.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The samples of the scheduler in the guides do what the guides say. */
final class SchedulerSamplesTest {

    @Test
    void pythonSched_runsWhatIsNotCancelled() throws Exception {
        SchedulerSamples.PythonSched sample = new SchedulerSamples.PythonSched();
        VirtualTime time = new VirtualTime();
        sample.calculate(new EventScheduler(time), Instant.EPOCH.plusSeconds(1));
        assertThat(sample.sums).containsExactly(30);
        assertThat(time.nanoTime()).isEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void eventLoop_runsMessagesAndEvents_inOneThread() throws Exception {
        SchedulerSamples.EventLoop sample = new SchedulerSamples.EventLoop();
        TaskQueue<Runnable> messages = FifoTaskQueue.unbounded();
        List<String> done = new ArrayList<>();
        messages.put(() -> {
            done.add("message");
            sample.events().enter(Duration.ofMillis(20), 1, () -> {
                done.add("event");
                messages.shutdown();
            });
        });
        sample.serve(messages);
        assertThat(done).containsExactly("message", "event");
    }

    // snippet: scheduler-test
    @Test
    void session_endsHalfAnHourAfterItWasTouched() {
        var time = new VirtualTime();
        var session = new Session(new EventScheduler(time));
        time.runUntil(time.instant().plus(Duration.ofMinutes(29)));
        session.touch();
        time.runUntil(time.instant().plus(Duration.ofMinutes(29)));
        assertThat(session.isOpen()).isTrue();
        time.runUntil(time.instant().plus(Duration.ofMinutes(1)));
        assertThat(session.isOpen()).isFalse();
    }
    // end
}
