// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An event scheduler in the hands of one thread. */
class EventSchedulerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long SECOND_NANOS = SECOND.toNanos();
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    private final VirtualTime time = new VirtualTime();
    private final EventScheduler scheduler = new EventScheduler(time);
    private final List<String> ran = new ArrayList<>();

    private Runnable add(String name) {
        return () -> ran.add(name);
    }

    // ---- order ----

    @Test
    void eventThatIsEnteredLate_isNext_inTheOrderOfMoments() throws InterruptedException {
        scheduler.enterAtNanos(5 * SECOND_NANOS, 1, () -> {
            ran.add("five");
            scheduler.enterAtNanos(3 * SECOND_NANOS, 1, add("three"));
            scheduler.enterAtNanos(SECOND_NANOS, 1, add("one"));
            scheduler.enter(SECOND.negated(), 1, add("four"));
            scheduler.enter(Duration.ZERO, 2, add("five, less urgent"));
            scheduler.enter(Duration.ZERO, 0, add("five, more urgent"));
        });
        scheduler.enterAtNanos(5 * SECOND_NANOS, 1, add("also five"));
        scheduler.enterAtNanos(6 * SECOND_NANOS, 1, add("six"));
        scheduler.run();
        assertThat(ran)
                .containsExactly(
                        "five", "one", "three", "four", "five, more urgent", "also five", "five, less urgent", "six");
    }

    @Test
    void momentsTooFarAway_areTakenToBeJustSoFar() {
        time.advance(SECOND);
        scheduler.enter(LONGEST, 1, add("a"));
        scheduler.enterAt(Instant.MAX, 1, add("b"));
        scheduler.enterAtNanos(Long.MAX_VALUE, 1, add("c"));
        scheduler.enter(Duration.ofSeconds(Long.MIN_VALUE), 1, add("past"));
        scheduler.enterAt(Instant.MIN, 1, add("past as well"));
        scheduler.enterAtNanos(Long.MIN_VALUE, 1, add("past, too"));
        scheduler.enter(SECOND, 1, add("soon"));
        time.runAll();
        assertThat(ran).containsExactly("past, too", "past", "past as well", "soon", "a", "b", "c");
    }

    @Test
    void momentsTooFarAway_areFarAway_whateverTheClockShows() {
        for (long now : new long[] {5L, -5L}) {
            EventScheduler stepped = new EventScheduler(new SteppedTime(now));
            stepped.enterAtNanos(Long.MAX_VALUE, 1, add("never"));
            stepped.enterAtNanos(now + 1L, 1, add("soon"));
            stepped.enterAtNanos(Long.MIN_VALUE, 1, add("past"));
            assertThat(stepped.runPending()).hasValue(Duration.ofNanos(1));
            assertThat(stepped.size()).isEqualTo(2);
        }
        assertThat(ran).containsExactly("past", "past");
    }

    /** A clock whose values overflow soon. */
    private static final class Overflowing implements TimeSource {
        private long now = Long.MAX_VALUE - 10L;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(now - Long.MAX_VALUE);
        }

        @Override
        public void sleepUntil(long nanoTime) {
            now = nanoTime;
        }
    }

    @Test
    void clockThatOverflows_doesNotDisturbTheOrder() throws InterruptedException {
        Overflowing clock = new Overflowing();
        EventScheduler overflowing = new EventScheduler(clock);
        ScheduledEvent last = overflowing.enter(Duration.ofNanos(30), 1, add("30"));
        overflowing.enter(Duration.ofNanos(5), 1, add("5"));
        overflowing.enterAtNanos(Long.MIN_VALUE, 1, add("11"));
        assertThat(last.nanoTime()).isEqualTo(Long.MIN_VALUE + 19L);
        overflowing.run();
        assertThat(ran).containsExactly("5", "11", "30");
        assertThat(clock.now).isEqualTo(Long.MIN_VALUE + 19L);
    }

    // ---- actions ----

    @Test
    void throwingAction_leavesTheSchedulerConsistent_inEveryWayToRun() throws InterruptedException {
        RuntimeException failure = new RuntimeException("of an action");
        ScheduledEvent throwing = scheduler.enter(SECOND, 1, () -> {
            throw failure;
        });
        scheduler.enter(SECOND, 2, add("a"));
        time.advance(SECOND);
        assertThatThrownBy(scheduler::runPending).isSameAs(failure);
        assertThat(throwing.isPending()).isFalse();
        assertThat(scheduler.cancel(throwing)).isFalse();
        assertThat(scheduler.size()).isEqualTo(1);
        assertThat(scheduler.runPending()).isEmpty();
        assertThat(ran).containsExactly("a");
        Error error = new AssertionError("of the last action");
        scheduler.enter(SECOND, 1, () -> {
            throw error;
        });
        assertThatThrownBy(scheduler::run).isSameAs(error);
        assertThat(scheduler.isEmpty()).isTrue();
        scheduler.run();
    }

    @Test
    void action_isOverForTheScheduler_whenItBegins() throws InterruptedException {
        ScheduledEvent[] self = new ScheduledEvent[1];
        self[0] = scheduler.enter(SECOND, 1, () -> {
            assertThat(scheduler.cancel(self[0])).isFalse();
            assertThat(self[0].isPending()).isFalse();
            assertThat(scheduler.queue()).isEmpty();
            ran.add("self");
        });
        scheduler.run();
        assertThat(ran).containsExactly("self");
    }

    @Test
    void action_mayCancelWhatIsDueWithIt() throws InterruptedException {
        ScheduledEvent[] other = new ScheduledEvent[1];
        scheduler.enter(SECOND, 1, () -> assertThat(scheduler.cancel(other[0])).isTrue());
        other[0] = scheduler.enter(SECOND, 1, add("other"));
        scheduler.enter(SECOND, 1, add("third"));
        scheduler.run();
        assertThat(ran).containsExactly("third");
    }

    @Test
    void action_mayRunTheOthers() throws InterruptedException {
        scheduler.enter(SECOND, 1, () -> {
            ran.add("outer begins");
            try {
                scheduler.run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            ran.add("outer ends");
        });
        scheduler.enter(SECOND.multipliedBy(2), 1, add("inner"));
        scheduler.run();
        assertThat(ran).containsExactly("outer begins", "inner", "outer ends");
    }

    // ---- runPending ----

    @Test
    void runPending_runsWhatBecomesDueMeanwhile_andNoMore() {
        scheduler.enter(SECOND, 1, () -> {
            time.advance(SECOND);
            scheduler.enter(Duration.ZERO, 1, add("at once"));
        });
        scheduler.enter(SECOND.multipliedBy(2), 1, add("two"));
        scheduler.enter(SECOND.multipliedBy(3), 1, add("three"));
        time.advance(SECOND);
        assertThat(scheduler.runPending()).contains(SECOND);
        assertThat(ran).containsExactly("two", "at once");
    }

    @Test
    void runPending_afterACancel_tellsTheTimeOfTheNext() {
        ScheduledEvent first = scheduler.enter(SECOND, 1, add("one"));
        scheduler.enter(SECOND.plusNanos(1_000), 1, add("two")); // near the first, and far away from now
        assertThat(scheduler.runPending()).contains(SECOND);
        scheduler.cancel(first);
        assertThat(scheduler.runPending()).contains(SECOND.plusNanos(1_000));
    }

    // ---- what it shows, what it refuses ----

    @Test
    void event_tellsItsMomentAndPriority() {
        time.advance(SECOND);
        ScheduledEvent event = scheduler.enter(SECOND, 7, add("a"));
        assertThat(event.nanoTime()).isEqualTo(2 * SECOND_NANOS);
        assertThat(event.priority()).isEqualTo(7);
        assertThat(event.isPending()).isTrue();
        assertThat(event.toString()).contains("2000000000", "7", "pending");
        assertThat(scheduler.toString()).contains("1 pending");
        scheduler.cancel(event);
        assertThat(event.toString()).contains("over");
    }

    @Test
    void eventOfAnotherScheduler_isRefused_andStays() {
        EventScheduler other = new EventScheduler(time);
        ScheduledEvent event = other.enter(SECOND, 1, add("a"));
        scheduler.enter(SECOND, 1, add("b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.cancel(event))
                .withMessageContaining("another scheduler");
        assertThat(other.size()).isEqualTo(1);
        assertThat(scheduler.size()).isEqualTo(1);
    }

    @Test
    void nulls_areRefused_andNothingIsEntered() {
        assertThatNullPointerException().isThrownBy(() -> scheduler.enter(null, 1, add("a")));
        assertThatNullPointerException().isThrownBy(() -> scheduler.enterAt(null, 1, add("a")));
        assertThatNullPointerException().isThrownBy(() -> scheduler.enter(SECOND, 1, null));
        assertThatNullPointerException().isThrownBy(() -> scheduler.cancel(null));
        assertThatNullPointerException().isThrownBy(() -> new EventScheduler(null));
        assertThat(scheduler.isEmpty()).isTrue();
    }
}
