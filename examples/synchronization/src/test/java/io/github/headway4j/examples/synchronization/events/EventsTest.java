// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Await;
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
        PollingThread.Result result =
                PollingThread.run(Signal.ofEvent(), Duration.ofHours(1), () -> awaitResting("poller"), said::add);

        assertThat(result.looks()).isZero();
    }

    @Test
    void pollingThread_aVariable_isSeenToo() throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        PollingThread.Result result =
                PollingThread.run(Signal.ofVariable(), Duration.ofMillis(1), looked::await, line -> looked.countDown());

        assertThat(result.looks()).isPositive();
    }

    @Test
    void nestedEvents_eachOfTheTwoEndsAfterItsFour() throws InterruptedException {
        NestedEvents.Result result = NestedEvents.run(
                Signal::ofEvent, Duration.ofHours(1), () -> awaitResting("A", "B", "A-3", "B-3"), said::add);

        assertThat(result.ends())
                .containsExactlyInAnyOrder("A-0", "A-1", "A-2", "A-3", "A", "B-0", "B-1", "B-2", "B-3", "B");
        assertThat(result.ends().stream().filter(name -> name.startsWith("A"))).endsWith("A");
        assertThat(result.ends().stream().filter(name -> name.startsWith("B"))).endsWith("B");
        assertThat(said).hasSize(10);
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
    void main_runs() throws InterruptedException {
        PollingThread.main(new String[] {"1"});
        NestedEvents.main(new String[] {"1"});
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
