// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.Threshold;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The events of a flight recording that waits for an {@link Event} and at a {@link Barrier} leave. */
class GateEventsTest {

    private static final String EVENT = "headway.EventWait";
    private static final String BARRIER = "headway.BarrierWait";

    @TempDir
    private Path folder;

    private final Event event = new Event();
    private final Barrier barrier = new Barrier(2);

    @EachThreadKind
    void eventWait_isRecordedWithAllFields(ThreadKind kind) throws Throwable {
        RecordedEvent recorded = onlyEvent(EVENT, () -> {
            try (TestThreads threads = new TestThreads(kind)) {
                threads.start("event waiter", () -> event.await()).awaitParked(event);
                event.set();
            }
        });
        assertThat(recorded.getString("event")).startsWith("Event@").contains("not set");
        assertThat(recorded.getBoolean("released")).isTrue();
        assertThat(recorded.getThread().getJavaName()).isEqualTo("event waiter");
        event.clear();
        assertThat(onlyEvent(EVENT, () -> event.await(Duration.ofMillis(2))).getBoolean("released"))
                .isFalse();
    }

    @EachThreadKind
    void barrierWait_isRecordedWithAllFields(ThreadKind kind) throws Throwable {
        RecordedEvent recorded = onlyEvent(BARRIER, () -> {
            try (TestThreads threads = new TestThreads(kind)) {
                threads.start("party", () -> barrier.await()).awaitParked(barrier);
                barrier.await();
            }
        });
        assertThat(recorded.getString("barrier")).startsWith("Barrier@").contains("1 of 2 waiting");
        assertThat(recorded.getInt("arrivalIndex")).isZero();
        assertThat(recorded.getBoolean("released")).isTrue();
        assertThat(recorded.getThread().getJavaName()).isEqualTo("party");
    }

    @EachThreadKind
    void barrierWaitThatEndsOtherwise_isRecordedAsNotReleased(ThreadKind kind) throws Throwable {
        assertThat(onlyEvent(BARRIER, () -> {
                            try (TestThreads threads = new TestThreads(kind)) {
                                assertThat(threads.start("late", () -> barrier.await(Duration.ofMillis(2)))
                                                .failure())
                                        .isInstanceOf(TimeoutException.class);
                            }
                        })
                        .getBoolean("released"))
                .isFalse();
        barrier.reset();
        assertThat(onlyEvent(BARRIER, () -> {
                            try (TestThreads threads = new TestThreads(kind)) {
                                TestThread<Integer> broken = threads.start("broken", () -> barrier.await());
                                broken.awaitParked(barrier);
                                barrier.abort();
                                assertThat(broken.failure()).isInstanceOf(BrokenBarrierException.class);
                            }
                        })
                        .getBoolean("released"))
                .isFalse();
    }

    @Test
    void nobodyParks_nothingIsRecorded() throws Throwable {
        assertThat(record(() -> {
                    event.set();
                    event.await();
                    event.await(Duration.ZERO);
                    new Barrier(1).await();
                }))
                .isEmpty();
    }

    @Test
    void unlessTheUserSaysOtherwise_theThresholdIsTenMilliseconds() {
        for (Class<?> type : List.of(EventWaitEvent.class, BarrierWaitEvent.class)) {
            assertThat(type.getAnnotation(Threshold.class).value()).isEqualTo("10 ms");
        }
    }

    private RecordedEvent onlyEvent(String name, Executable body) throws Throwable {
        List<RecordedEvent> events = record(body);
        assertThat(events)
                .extracting(recorded -> recorded.getEventType().getName())
                .containsExactly(name);
        return events.get(0);
    }

    private List<RecordedEvent> record(Executable body) throws Throwable {
        try (Recording recording = new Recording()) {
            recording.enable(EVENT).withoutThreshold();
            recording.enable(BARRIER).withoutThreshold();
            recording.start();
            body.execute();
            recording.stop();
            return eventsOf(recording);
        }
    }

    private List<RecordedEvent> eventsOf(Recording recording) throws IOException {
        Path file = folder.resolve("recording-" + recording.getId() + ".jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(recorded -> recorded.getEventType().getName().startsWith("headway."))
                .collect(Collectors.toList());
    }
}
