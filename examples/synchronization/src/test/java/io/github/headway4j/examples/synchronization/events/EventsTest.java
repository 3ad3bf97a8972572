// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventsTest {
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @Test
    void pollingThread_pollsUntilTheEventIsSet() throws InterruptedException {
        CountDownLatch threeLooks = new CountDownLatch(3);
        PollingThread.Result result =
                PollingThread.run(Signal.ofEvent(), Duration.ofMillis(1), threeLooks::await, line -> {
                    said.add(line);
                    threeLooks.countDown();
                });

        assertThat(result.looks()).isGreaterThanOrEqualTo(3).isEqualTo(said.size());
        assertThat(said).startsWith("not set yet, look 1", "not set yet, look 2", "not set yet, look 3");
    }

    /** A thread that slept to the end of its rest would keep the test for an hour. */
    @Test
    void pollingThread_anEvent_wakesItFromItsRest() throws InterruptedException {
        PollingThread.Result result = PollingThread.run(Signal.ofEvent(), Duration.ofHours(1), () -> {}, said::add);

        assertThat(result.looks()).isZero();
        assertThat(result.lastRest()).isLessThan(Duration.ofHours(1));
    }

    @Test
    void pollingThread_aVariable_isSeenAfterTheRest() throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        Duration rest = Duration.ofMillis(20);
        PollingThread.Result result =
                PollingThread.run(Signal.ofVariable(), rest, looked::await, line -> looked.countDown());

        assertThat(result.looks()).isPositive();
        assertThat(result.lastRest()).isGreaterThanOrEqualTo(rest);
    }

    @Test
    void nestedEvents_eachOfTheTwoEndsAfterItsFour() throws InterruptedException {
        NestedEvents.Result result = NestedEvents.run(Signal::ofEvent, Duration.ofHours(1), () -> {}, said::add);

        assertThat(result.ends())
                .containsExactlyInAnyOrder("A-0", "A-1", "A-2", "A-3", "A", "B-0", "B-1", "B-2", "B-3", "B");
        assertThat(result.ends().stream().filter(name -> name.startsWith("A"))).endsWith("A");
        assertThat(result.ends().stream().filter(name -> name.startsWith("B"))).endsWith("B");
        assertThat(said).hasSize(10);
        assertThat(result.lastRests()).hasSize(10).allMatch(rest -> rest.compareTo(Duration.ofHours(1)) < 0);
    }

    @Test
    void nestedEvents_theOuterEventIsNotYetSet_nobodyEnds() throws InterruptedException {
        NestedEvents.run(
                Signal::ofEvent,
                Duration.ofHours(1),
                () -> {
                    awaitResting("A", "B", "A-0", "A-1", "A-2", "A-3", "B-0", "B-1", "B-2", "B-3");
                    assertThat(said).isEmpty();
                },
                said::add);
    }

    @Test
    void main_bothEnd() throws Exception {
        assertThat(ProgramRun.linesOf(PollingThread.class, "5"))
                .anyMatch(line -> line.matches("an event: over after \\d+ looks, [\\d,]+ us after it was set"))
                .last()
                .asString()
                .startsWith("a variable: over after ");
        assertThat(ProgramRun.linesOf(NestedEvents.class, "5"))
                .hasSize(11)
                .contains("A-0 is over", "A is over", "B-3 is over", "B is over")
                .last()
                .asString()
                .matches("All 10 are over, [\\d,]+ us after the outer event");
    }

    @Test
    void run_noRest_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PollingThread.run(Signal.ofEvent(), Duration.ZERO, () -> {}, said::add))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NestedEvents.run(Signal::ofEvent, Duration.ofMillis(-1), () -> {}, said::add))
                .withMessageContaining("PT-0.001S");
    }

    @Test
    void nestedEvents_interrupted_eachOfTheTwoStillWaitsForItsFour() {
        try (TestThreads threads = new TestThreads()) {
            TestThread<?> caller = threads.start(
                    "caller",
                    () -> NestedEvents.run(
                            Signal::ofEvent,
                            Duration.ofHours(1),
                            () -> new CountDownLatch(1).await(),
                            this::sayOnceTheOwnerJoins));
            awaitResting("A", "B", "A-0", "A-1", "A-2", "A-3", "B-0", "B-1", "B-2", "B-3");
            caller.interrupt();
            assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(said).hasSize(10);
        assertThat(said.stream().filter(line -> line.startsWith("A"))).endsWith("A is over");
        assertThat(said.stream().filter(line -> line.startsWith("B"))).endsWith("B is over");
    }

    /** Lets the inner threads end late: when the one that started them waits for their end, or does not. */
    private void sayOnceTheOwnerJoins(String line) {
        if (line.contains("-")) {
            Thread.interrupted(); // or the wait would fail
            String owner = line.substring(0, 1);
            Await.until(
                    owner + " in join or over",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().equals(owner))
                            .allMatch(thread -> thread.getState() == Thread.State.WAITING));
        }
        said.add(line);
    }

    private static void awaitResting(String... names) {
        for (String name : names) {
            Await.until(
                    name + " at rest",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .anyMatch(thread ->
                                    thread.getName().equals(name) && thread.getState() == Thread.State.TIMED_WAITING));
        }
    }
}
