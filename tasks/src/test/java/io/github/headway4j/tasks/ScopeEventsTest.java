// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.Threshold;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The events of a flight recording that scopes leave. */
class ScopeEventsTest {

    private static final String WAIT = "headway.ScopeWait";
    private static final String FAILED = "headway.FailedSubtask";

    @TempDir
    private Path folder;

    @EachThreadKind
    void waitOfAnOwner_isRecordedWithAllFields(ThreadKind kind) throws Throwable {
        assertThat(waitOf(kind, false).getBoolean("ended")).isTrue();
        RecordedEvent recorded = waitOf(kind, true);
        assertThat(recorded.getString("scope")).contains("crawler", "1 running");
        assertThat(recorded.getBoolean("ended")).isFalse();
        assertThat(recorded.getThread().getJavaName()).isEqualTo("owner");
    }

    /** The event of a join that parks, and ends by an interrupt or otherwise. */
    private RecordedEvent waitOf(ThreadKind kind, boolean interrupted) throws Throwable {
        Event end = new Event();
        AtomicReference<TaskScope<?, ?>> opened = new AtomicReference<>();
        return onlyEvent(WAIT, () -> {
            try (TestThreads threads = new TestThreads(kind)) {
                TestThread<Void> owner = threads.start("owner", () -> {
                    try (TaskScope<Object, Void> scope =
                            TaskScope.open(Policy.failFast(), options -> options.name("crawler"))) {
                        scope.fork(() -> {
                            end.awaitUninterruptibly();
                        });
                        opened.set(scope);
                        Throwable thrown = catchThrowable(scope::join);
                        assertThat(thrown instanceof InterruptedException).isEqualTo(interrupted);
                        end.set();
                        Await.until(
                                "the end of the subtask", () -> scope.toString().contains("0 running"));
                    }
                });
                Await.until("the scope", () -> opened.get() != null);
                owner.awaitParked(opened.get());
                if (interrupted) {
                    owner.interrupt();
                } else {
                    end.set();
                }
                owner.join();
            }
        });
    }

    /** Each text is another one: in recordings one after another, JDK 17 may lose one that comes again (JDK-8257621). */
    @EachKindOfSubtask
    void failure_isRecordedWithAllFields(SubtaskThreads threads) throws Throwable {
        RecordedEvent recorded = onlyEvent(FAILED, () -> {
            try (TaskScope<Object, List<Outcome<Object>>> scope = threads.open(Policy.outcomes())) {
                scope.fork(() -> {
                    throw new IOException("planned for " + threads);
                });
                scope.fork(() -> "a");
                while (!scope.toString().contains("0 running")) {
                    Thread.onSpinWait(); // so that join does not wait
                }
                scope.join();
            }
        });
        assertThat(recorded.getString("subtask")).contains("0 of ", "FAILED");
        assertThat(recorded.getString("failure")).contains("IOException", "planned for " + threads);
    }

    @Test
    void unlessTheUserSaysOtherwise_theThresholdIsTenMilliseconds() {
        assertThat(ScopeWaitEvent.class.getAnnotation(Threshold.class).value()).isEqualTo("10 ms");
    }

    private RecordedEvent onlyEvent(String name, Executable body) throws Throwable {
        try (Recording recording = new Recording()) {
            recording.enable(WAIT).withoutThreshold();
            recording.enable(FAILED);
            recording.start();
            body.execute();
            recording.stop();
            Path file = folder.resolve("recording-" + recording.getId() + ".jfr");
            recording.dump(file);
            List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().startsWith("headway."))
                    .filter(event -> !event.getEventType().getName().equals("headway.EventWait"))
                    .collect(Collectors.toList());
            assertThat(events)
                    .extracting(event -> event.getEventType().getName())
                    .containsExactly(name);
            return events.get(0);
        }
    }
}
