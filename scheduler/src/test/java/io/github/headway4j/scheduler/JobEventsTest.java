// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of a flight recording that jobs leave. */
class JobEventsTest {

    private static final String LATE = "headway.LateRun";
    private static final String FAILED = "headway.FailedRun";
    private static final String SKIPPED = "headway.SkippedRun";

    @TempDir
    private Path folder;

    private List<RecordedEvent> recorded(String event, Runnable body) throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable(event);
            recording.start();
            body.run();
            recording.stop();
            Path file = folder.resolve("recording.jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(recorded -> recorded.getEventType().getName().equals(event))
                    .toList();
        }
    }

    private static JobSchedule schedule(TimeSource time) {
        return new JobSchedule(ScheduleOptions.defaults().time(time).onFailure((job, failure) -> {}));
    }

    @Test
    void runThatBeginsLate_isRecorded_othersAreNot() throws IOException {
        SteppedTime time = new SteppedTime();
        JobSchedule schedule = schedule(time);
        schedule.every().minute().run(() -> {});
        List<RecordedEvent> events = recorded(LATE, () -> {
            time.advance(Duration.ofMinutes(1).plusMillis(9));
            assertThat(schedule.runPending()).isEqualTo(1);
            time.advance(Duration.ofMinutes(1).plusMillis(1));
            assertThat(schedule.runPending()).isEqualTo(1);
            assertThat(schedule.runAll()).isEqualTo(1);
        });
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getDuration("lateBy")).isEqualTo(Duration.ofMillis(10));
            assertThat(event.getString("scheduler")).startsWith("JobSchedule@").contains("1 jobs");
        });
    }

    @Test
    void runInVirtualTime_isNotLate() throws IOException {
        VirtualTime time = new VirtualTime();
        JobSchedule schedule = schedule(time);
        schedule.every().minute().run(() -> {});
        time.advance(Duration.ofHours(1));
        assertThat(recorded(LATE, schedule::runPending)).isEmpty();
    }

    @Test
    void runThatFails_isRecorded() throws IOException {
        JobSchedule schedule = schedule(new VirtualTime());
        schedule.every().minute().named("good").run(() -> {});
        schedule.every().minute().named("bad").run(() -> {
            throw new IllegalStateException("on purpose");
        });
        assertThat(recorded(FAILED, schedule::runAll)).singleElement().satisfies(event -> {
            assertThat(event.getString("scheduler")).startsWith("JobSchedule@");
            assertThat(event.getString("of")).startsWith("bad: every minute");
            assertThat(event.getString("failure")).isEqualTo("java.lang.IllegalStateException: on purpose");
        });
    }

    @Test
    void runsThatDoNotTakePlace_areRecorded_withTheReason() throws IOException {
        VirtualTime time = new VirtualTime();
        JobSchedule schedule = schedule(time);
        Duration pause = Duration.ofMinutes(5).plusSeconds(1);
        schedule.every()
                .minute()
                .named("job")
                .onFailure(FailurePolicy.backOff(pause, pause))
                .run(() -> {
                    time.advance(Duration.ofMinutes(1));
                    schedule.runPending();
                    throw new IllegalStateException("on purpose");
                });
        List<RecordedEvent> events = recorded(SKIPPED, () -> {
            time.advance(Duration.ofMinutes(4));
            assertThat(schedule.runPending()).isEqualTo(1);
        });
        assertThat(events)
                .extracting(event -> event.getString("reason"))
                .containsExactly("missed", "overlap", "back-off");
        assertThat(events).extracting(event -> event.getLong("runs")).containsExactly(3L, 1L, 5L);
        assertThat(events).allSatisfy(event -> assertThat(event.getString("of")).startsWith("job: every minute"));
    }
}
