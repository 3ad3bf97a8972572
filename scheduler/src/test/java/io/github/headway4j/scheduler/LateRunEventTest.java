// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of a flight recording that late actions leave. */
class LateRunEventTest {

    private static final String EVENT = "headway.LateRun";
    private static final Duration LATE = Duration.ofMillis(10);

    @TempDir
    private Path folder;

    private List<RecordedEvent> recorded(Runnable body) throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable(EVENT);
            recording.start();
            body.run();
            recording.stop();
            Path file = folder.resolve("recording.jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(EVENT))
                    .toList();
        }
    }

    @Test
    void actionThatBeginsLate_isRecorded_othersAreNot() throws IOException {
        SteppedTime time = new SteppedTime();
        EventScheduler scheduler = new EventScheduler(time);
        List<RecordedEvent> events = recorded(() -> {
            scheduler.enter(Duration.ZERO, 1, () -> {});
            scheduler.enter(Duration.ofNanos(1), 1, () -> {});
            time.advance(LATE);
            assertThat(scheduler.runPending()).isEmpty();
        });
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getDuration("lateBy")).isEqualTo(LATE);
            assertThat(event.getString("scheduler"))
                    .startsWith("EventScheduler@")
                    .contains("1 pending");
            assertThat(event.getThread().getJavaName())
                    .isEqualTo(Thread.currentThread().getName());
        });
    }

    @Test
    void actionWhoseMomentIsLongPast_isRecorded() throws IOException {
        EventScheduler scheduler = new EventScheduler(new SteppedTime(5L));
        List<RecordedEvent> events = recorded(() -> {
            scheduler.enterAtNanos(Long.MIN_VALUE, 1, () -> {});
            scheduler.enter(Duration.ZERO, 1, () -> {});
            assertThat(scheduler.runPending()).isEmpty();
        });
        assertThat(events).hasSize(1);
    }

    /** A clock that cannot be described. */
    private static final class Nameless extends WrappedTime {
        private final SteppedTime time;

        Nameless(SteppedTime time) {
            super(time);
            this.time = time;
        }

        @Override
        public String toString() {
            throw new UnsupportedOperationException("no name");
        }
    }

    @Test
    void reportThatFails_goesToTheHandlerOfTheThread_andTheActionRuns() throws IOException {
        Nameless time = new Nameless(new SteppedTime());
        EventScheduler scheduler = new EventScheduler(time);
        List<Throwable> handled = new CopyOnWriteArrayList<>();
        AtomicBoolean ran = new AtomicBoolean();
        List<RecordedEvent> events = recorded(() -> {
            scheduler.enter(Duration.ZERO, 1, () -> ran.set(true));
            time.time.advance(LATE);
            try (TestThreads threads = new TestThreads()) {
                threads.start("runner", () -> {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> handled.add(failure));
                    scheduler.run();
                });
            }
        });
        assertThat(ran).isTrue();
        assertThat(handled).singleElement().isInstanceOf(UnsupportedOperationException.class);
        assertThat(events).isEmpty();
    }

    @Test
    void actionInVirtualTime_isNotRecorded() throws IOException {
        VirtualTime time = new VirtualTime();
        EventScheduler scheduler = new EventScheduler(time);
        List<RecordedEvent> events = recorded(() -> {
            scheduler.enter(Duration.ZERO, 1, () -> {});
            time.advance(LATE);
            assertThat(scheduler.runPending()).isEmpty();
        });
        assertThat(events).isEmpty();
    }
}
