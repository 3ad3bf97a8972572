// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.Threshold;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The events of a flight recording that waits for a queue leave. */
class QueueWaitEventsTest {

    private static final String EVENT = "headway.QueueWait";

    @TempDir
    private Path folder;

    private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(1);

    @EachThreadKind
    void take_isRecordedWithAllFields(ThreadKind kind) throws Throwable {
        RecordedEvent recorded = onlyEvent(() -> {
            try (TestThreads threads = new TestThreads(kind)) {
                threads.start("taker", () -> queue.take()).awaitParked(queue);
                queue.add(1);
            }
        });
        assertThat(recorded.getString("queue")).startsWith("FifoTaskQueue@");
        assertThat(recorded.getString("operation")).isEqualTo("take");
        assertThat(recorded.getBoolean("succeeded")).isTrue();
        assertThat(recorded.getThread().getJavaName()).isEqualTo("taker");
    }

    @EachThreadKind
    void put_join_select_areRecorded(ThreadKind kind) throws Throwable {
        queue.add(1);
        assertThat(operation(() -> {
                    try (TestThreads threads = new TestThreads(kind)) {
                        threads.start("putter", () -> queue.put(2)).awaitParked(queue);
                        queue.take();
                    }
                }))
                .isEqualTo("put");
        queue.taskDone();
        assertThat(operation(() -> {
                    try (TestThreads threads = new TestThreads(kind)) {
                        threads.start("joiner", () -> queue.join()).awaitParked(queue);
                        queue.clear();
                    }
                }))
                .isEqualTo("join");
        RecordedEvent select = onlyEvent(() -> {
            try (TestThreads threads = new TestThreads(kind)) {
                threads.start("selector", () -> TaskQueues.takeAny(queue, FifoTaskQueue.<Integer>unbounded()))
                        .awaitParked();
                queue.add(3);
            }
        });
        assertThat(select.getString("operation")).isEqualTo("select");
        assertThat(select.getString("queue")).isEqualTo("Selector[2 queues]");
        assertThat(select.getBoolean("succeeded")).isTrue();
    }

    @EachThreadKind
    void waitThatEndsOtherwise_isRecordedAsNoSuccess(ThreadKind kind) throws Throwable {
        assertThat(onlyEvent(() -> queue.poll(Duration.ofMillis(2))).getBoolean("succeeded"))
                .isFalse();
        assertThat(onlyEvent(() -> {
                            try (TestThreads threads = new TestThreads(kind)) {
                                TestThread<Integer> taker = threads.start("taker", () -> queue.take());
                                taker.awaitParked(queue);
                                queue.shutdown();
                                assertThat(taker.failure()).isInstanceOf(QueueShutdownException.class);
                            }
                        })
                        .getBoolean("succeeded"))
                .isFalse();
    }

    @Test
    void nobodyParks_nothingIsRecorded() throws Throwable {
        assertThat(record(() -> {
                    queue.put(1);
                    queue.take();
                    queue.poll(Duration.ZERO);
                    queue.taskDone();
                    queue.join();
                }))
                .isEmpty();
    }

    @Test
    void unlessTheUserSaysOtherwise_theThresholdIsTenMilliseconds() {
        assertThat(QueueWaitEvent.class.getAnnotation(Threshold.class).value()).isEqualTo("10 ms");
    }

    private String operation(Executable body) throws Throwable {
        return onlyEvent(body).getString("operation");
    }

    private RecordedEvent onlyEvent(Executable body) throws Throwable {
        List<RecordedEvent> events = record(body);
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private List<RecordedEvent> record(Executable body) throws Throwable {
        try (Recording recording = new Recording()) {
            recording.enable(EVENT).withoutThreshold();
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
                .filter(recorded -> recorded.getEventType().getName().equals(EVENT))
                .toList();
    }
}
