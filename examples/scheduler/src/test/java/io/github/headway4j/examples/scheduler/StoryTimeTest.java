// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.scheduler.EventScheduler;
import io.github.headway4j.scheduler.ScheduledEvent;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoryTimeTest {
    private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();

    /** The last digits of a quotient may be off, so a sleep may end a hair too early. */
    private static final long HAIR_NANOS = 100;

    @Test
    void sleepUntil_anHourOfMicroseconds_takesAtLeastThat() throws InterruptedException {
        StoryTime time = new StoryTime(Duration.ofNanos(1_000));
        long start = System.nanoTime();
        time.sleepUntil(time.nanoTime() + HOUR_NANOS);

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(3_600_000L - HAIR_NANOS);
        assertThat(time.nanoTime()).isGreaterThanOrEqualTo(HOUR_NANOS - HAIR_NANOS);
    }

    @Test
    void clocks_moveTogether() {
        Instant start = Instant.parse("2026-03-28T10:00:00Z");
        StoryTime time = new StoryTime(Duration.ofMillis(1), start);
        long before = time.nanoTime();
        Instant shown = time.instant();
        long after = time.nanoTime();

        assertThat(before).isNotNegative();
        assertThat(shown).isBetween(start.plusNanos(before), start.plusNanos(after));
    }

    /** A clock that could not be woken would keep the test for an hour. */
    @Test
    void awaitUntil_isWokenByAnEarlierEvent() {
        EventScheduler scheduler = new EventScheduler(new StoryTime(Duration.ofSeconds(1)));
        ScheduledEvent late = scheduler.enter(Duration.ofHours(1), 1, () -> {});
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> runner = threads.start("runner", scheduler::run);
            runner.awaitParked(scheduler);
            scheduler.enter(Duration.ZERO, 1, () -> scheduler.cancel(late));
            runner.join();
        }
        assertThat(scheduler.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void secondOfNothing_isRefused(long nanos) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoryTime(Duration.ofNanos(nanos)))
                .withMessageContaining(Duration.ofNanos(nanos).toString());
    }
}
