// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.Threshold;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording shows of waits for other processes. */
class SharedWaitEventTest {

    private static final String EVENT = "headway.SharedWait";

    @TempDir
    private Path folder;

    private List<RecordedEvent> events(Recording recording) throws Exception {
        Path file = folder.resolve("recording.jfr");
        recording.stop();
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(EVENT))
                .collect(Collectors.toList());
    }

    @EachThreadKind
    void naps_areRecordedWithAllFields(ThreadKind kind) throws Exception {
        try (Recording recording = new Recording();
                TestThreads threads = new TestThreads(kind)) {
            recording.enable(EVENT).withThreshold(Duration.ZERO);
            recording.start();
            AtomicBoolean flag = new AtomicBoolean();
            TestThread<Void> waiter = threads.start("waiter", () -> SharedWait.until(flag::get, "the flag"));
            waiter.awaitParked("the flag");
            flag.set(true);
            waiter.join();
            TestThread<Void> leaver = threads.start("leaver", () -> SharedWait.until(() -> false, "nothing"));
            leaver.awaitParked("nothing");
            leaver.interrupt();
            assertThat(leaver.failure()).isInstanceOf(InterruptedException.class);
            assertThat(SharedWait.until(() -> true, "at once", 1L)).isTrue();
            List<RecordedEvent> events = events(recording);
            assertThat(events).hasSize(2);
            RecordedEvent first = events.stream()
                    .filter(event -> event.getBoolean("success"))
                    .findFirst()
                    .orElseThrow();
            assertThat(first.getString("awaited")).isEqualTo("the flag");
            assertThat(first.getThread().getJavaName()).isEqualTo("waiter");
            assertThat(events)
                    .anySatisfy(event -> assertThat(event.getString("awaited")).isEqualTo("nothing"));
        }
    }

    @Test
    void unlessTheUserSaysOtherwise_theThresholdIsTenMilliseconds() {
        assertThat(SharedWaitEvent.class.getAnnotation(Threshold.class).value()).isEqualTo("10 ms");
    }
}
