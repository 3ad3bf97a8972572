// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.Threshold;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The events of waits for a {@link Guarded}. */
class GuardedEventsTest {

    private static final String GUARDED = "headway.GuardedWait";

    @TempDir
    private Path folder;

    private final Guarded<Integer> number = Guarded.of(0);

    @EachThreadKind
    void waitForACondition_isRecordedWithAllFields(ThreadKind kind) throws Throwable {
        RecordedEvent event = onlyEvent(() -> {
            try (TestThreads threads = new TestThreads(kind)) {
                TestThread<Void> waiter = threads.start("patient", () -> number.await(n -> n == 1));
                waiter.awaitParked(number);
                number.update(n -> 1);
            }
        });
        assertThat(event.getString("guarded")).startsWith("Guarded@").contains("1 for a condition");
        assertThat(event.getThread("holder")).isNull();
        assertThat(event.getBoolean("forCondition")).isTrue();
        assertThat(event.getBoolean("acquired")).isTrue();
        assertThat(event.getThread().getJavaName()).isEqualTo("patient");
    }

    @EachThreadKind
    void waitForTheLock_isRecordedWithAllFields(ThreadKind kind) throws Throwable {
        RecordedEvent event = onlyEvent(() -> {
            try (TestThreads threads = new TestThreads(kind);
                    Held held = number.hold()) {
                assertThat(held).isNotNull();
                threads.start("blocked", () -> number.use(n -> {})).awaitParked(number);
                held.close();
            }
        });
        assertThat(event.getString("guarded")).contains("locked by", "1 waiting for the lock");
        assertThat(event.getThread("holder").getJavaName())
                .isEqualTo(Thread.currentThread().getName());
        assertThat(event.getBoolean("forCondition")).isFalse();
        assertThat(event.getBoolean("acquired")).isTrue();
        assertThat(event.getThread().getJavaName()).isEqualTo("blocked");
    }

    @EachThreadKind
    void waitsThatEndOtherwise_areRecordedAsNotAcquired(ThreadKind kind) throws Throwable {
        RecordedEvent timedOut = onlyEvent(() -> {
            try (TestThreads threads = new TestThreads(kind)) {
                threads.start(
                        "waiter",
                        () -> assertThat(number.await(n -> n < 0, Duration.ofMillis(2)))
                                .isFalse());
            }
        });
        RecordedEvent interrupted = onlyEvent(() -> {
            try (TestThreads threads = new TestThreads(kind)) {
                TestThread<Void> waiter = threads.start("waiter", () -> number.await(n -> n < 0));
                waiter.awaitParked(number);
                waiter.interrupt();
                assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
            }
        });
        assertThat(timedOut.getBoolean("acquired")).isFalse();
        assertThat(interrupted.getBoolean("acquired")).isFalse();
    }

    @Test
    void nobodyWaits_orNobodyRecords_nothingIsRecorded() throws Throwable {
        assertThat(GuardedWaitEvent.class.getAnnotation(Threshold.class).value())
                .isEqualTo("10 ms");
        assertThat(record(true, () -> {
                    number.update(n -> n + 1);
                    number.await(n -> n == 1);
                    assertThat(number.await(n -> n == 2, Duration.ZERO)).isFalse();
                }))
                .isEmpty();
        assertThat(record(false, () -> number.await(n -> n == 2, Duration.ofMillis(2))))
                .isEmpty();
    }

    private RecordedEvent onlyEvent(Executable body) throws Throwable {
        List<RecordedEvent> events = record(true, body);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private List<RecordedEvent> record(boolean on, Executable body) throws Throwable {
        try (Recording recording = new Recording()) {
            if (on) {
                recording.enable(GUARDED).withoutThreshold();
            } else {
                recording.disable(GUARDED);
            }
            recording.start();
            body.execute();
            recording.stop();
            Path file = folder.resolve("recording-" + recording.getId() + ".jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(GUARDED))
                    .collect(Collectors.toList());
        }
    }
}
