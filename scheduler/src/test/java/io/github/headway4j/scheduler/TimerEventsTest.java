// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of a flight recording that timers leave. */
class TimerEventsTest {

    private static final Duration LATE = Duration.ofMillis(10);

    @TempDir
    private Path folder;

    /** What a body does that may throw. */
    private interface Body {
        void run() throws Exception;
    }

    private List<RecordedEvent> recorded(String name, Body body) throws Exception {
        try (Recording recording = new Recording()) {
            recording.enable(name);
            recording.start();
            body.run();
            recording.stop();
            Path file = folder.resolve("recording.jfr");
            recording.dump(file);
            return read(name, file);
        }
    }

    private static List<RecordedEvent> read(String name, Path file) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    @Test
    void actionThatBeginsLate_isRecorded_othersAreNot() throws Exception {
        SteppedTime time = new SteppedTime();
        Semaphore begun = new Semaphore(0);
        Semaphore clockMoved = new Semaphore(0);
        try (Timers timers = new Timers(TimerOptions.defaults().time(time))) {
            List<RecordedEvent> events = recorded("headway.LateRun", () -> {
                timers.schedule(Duration.ZERO, () -> {
                    begun.release();
                    clockMoved.acquireUninterruptibly();
                });
                begun.acquire();
                timers.schedule(Duration.ZERO, () -> {});
                Timeout last = timers.schedule(Duration.ofNanos(1), () -> {});
                time.advance(LATE);
                clockMoved.release();
                last.await();
            });
            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event.getDuration("lateBy")).isEqualTo(LATE);
                assertThat(event.getString("scheduler")).startsWith("Timers@");
            });
            assertThat(timers.stats().late()).isEqualTo(1L);
        }
    }

    @Test
    void actionInVirtualTime_isNotRecordedAsLate() throws Exception {
        VirtualTime time = new VirtualTime();
        Timers timers = new Timers(TimerOptions.defaults().time(time));
        List<RecordedEvent> events = recorded("headway.LateRun", () -> {
            timers.schedule(Duration.ZERO, () -> {});
            time.advance(LATE);
            time.runAll();
        });
        assertThat(events).isEmpty();
    }

    @Test
    void actionThatThrows_isRecorded() throws Exception {
        VirtualTime time = new VirtualTime();
        Timers timers = new Timers(TimerOptions.defaults().time(time).onFailure((timeout, failure) -> {}));
        List<RecordedEvent> events = recorded("headway.FailedRun", () -> {
            timers.schedule(Duration.ZERO, () -> {
                throw new IllegalStateException("planned");
            });
            timers.schedule(Duration.ZERO, () -> {});
            time.runAll();
        });
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getString("scheduler")).startsWith("Timers@");
            assertThat(event.getString("of")).startsWith("SingleTimeout@");
            assertThat(event.getString("failure")).contains("planned");
        });
    }

    @Test
    void runsThatDoNotTakePlace_areRecorded() throws Exception {
        VirtualTime time = new VirtualTime();
        HandExecutor executor = new HandExecutor();
        Timers timers = new Timers(TimerOptions.defaults().time(time).executor(executor));
        List<RecordedEvent> events = recorded("headway.SkippedRun", () -> {
            timers.every(Duration.ofNanos(100), () -> {});
            time.advance(Duration.ofNanos(350));
            time.runUntil(400);
        });
        assertThat(events)
                .extracting(event -> event.getString("reason") + " " + event.getLong("runs"))
                .containsExactly("missed 2", "overlap 1");
        assertThat(events).allSatisfy(event -> assertThat(event.getString("of")).startsWith("RepeatingTimeout@"));
    }
}
