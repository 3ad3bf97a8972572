// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A clock that is moved by hand. */
class VirtualTimeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long SECOND_NANOS = SECOND.toNanos();

    private final VirtualTime time = new VirtualTime();
    private final List<String> ran = new ArrayList<>();

    private EventScheduler scheduler(String name, int... seconds) {
        EventScheduler scheduler = new EventScheduler(time);
        for (int at : seconds) {
            scheduler.enterAtNanos(
                    at * SECOND_NANOS, 1, () -> ran.add(name + at + "@" + time.nanoTime() / SECOND_NANOS));
        }
        return scheduler;
    }

    // ---- looking and moving ----

    @Test
    void clock_standsStill_untilItIsMoved_andBothClocksMoveTogether() {
        Instant start = Instant.parse("2026-03-29T00:59:59Z");
        VirtualTime dated = new VirtualTime(start);
        assertThat(dated.nanoTime()).isZero();
        assertThat(dated.instant()).isEqualTo(start);
        dated.advance(Duration.ofNanos(5));
        dated.advance(Duration.ZERO);
        assertThat(dated.nanoTime()).isEqualTo(5L);
        assertThat(dated.instant()).isEqualTo(start.plusNanos(5));
        dated.runUntil(start.plusSeconds(1));
        assertThat(dated.nanoTime()).isEqualTo(SECOND_NANOS);
        assertThat(new VirtualTime().instant()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void clock_doesNotGoBack() {
        time.advance(SECOND);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> time.advance(Duration.ofNanos(-1)))
                .withMessageContaining("PT-0.000000001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> time.runUntil(SECOND_NANOS - 1))
                .withMessageContaining("999999999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> time.runUntil(Instant.EPOCH))
                .withMessageContaining("1970-01-01T00:00:00Z");
        assertThat(time.nanoTime()).isEqualTo(SECOND_NANOS);
        time.runUntil(SECOND_NANOS);
    }

    @Test
    void clock_staysAtItsEnd() {
        time.advance(Duration.ofNanos(7));
        time.advance(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(time.nanoTime()).isEqualTo(Long.MAX_VALUE);
        time.advance(SECOND);
        assertThat(time.nanoTime()).isEqualTo(Long.MAX_VALUE);
        scheduler("late", 1);
        time.runUntil(Long.MAX_VALUE);
        assertThat(ran).hasSize(1);
    }

    @Test
    void badArguments_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VirtualTime(Instant.MAX))
                .withMessageContaining(Instant.MAX.toString());
        assertThatNullPointerException().isThrownBy(() -> new VirtualTime(null));
        assertThatNullPointerException().isThrownBy(() -> time.advance(null));
        assertThatNullPointerException().isThrownBy(() -> time.runUntil(null));
    }

    // ---- running ----

    @Test
    void advance_runsNothing() {
        scheduler("a", 1);
        time.advance(SECOND.multipliedBy(2));
        assertThat(ran).isEmpty();
    }

    @Test
    void runUntil_runsEachAtItsMoment_andStopsThere() {
        scheduler("a", 3, 1, 5);
        time.runUntil(4 * SECOND_NANOS);
        assertThat(ran).containsExactly("a1@1", "a3@3");
        assertThat(time.nanoTime()).isEqualTo(4 * SECOND_NANOS);
        time.runUntil(Instant.EPOCH.plusSeconds(5));
        assertThat(ran).containsExactly("a1@1", "a3@3", "a5@5");
    }

    @Test
    void runAll_mergesSchedulers_byMoment_thenByTheirMaking() {
        EventScheduler first = new EventScheduler(time);
        scheduler("b", 2, 1);
        scheduler("c", 1, 3);
        first.enterAtNanos(SECOND_NANOS, 9, () -> ran.add("a1")); // made first, entered last
        time.runAll();
        assertThat(ran).containsExactly("a1", "b1@1", "c1@1", "b2@2", "c3@3");
    }

    @Test
    void runAll_runsWhatIsPlannedMeanwhile_alsoByAnotherScheduler() {
        EventScheduler other = new EventScheduler(time);
        EventScheduler one = new EventScheduler(time);
        one.enter(SECOND, 1, () -> {
            ran.add("one");
            other.enter(SECOND, 1, () -> ran.add("other@" + time.nanoTime() / SECOND_NANOS));
        });
        one.enter(SECOND.multipliedBy(3), 1, () -> ran.add("last"));
        time.runAll();
        assertThat(ran).containsExactly("one", "other@2", "last");
        assertThat(time.nanoTime()).isEqualTo(3 * SECOND_NANOS);
    }

    @Test
    void eventsThatAreLate_runWithoutMovingTheClockBack() {
        scheduler("a", 1);
        time.advance(SECOND.multipliedBy(2));
        time.runAll();
        assertThat(ran).containsExactly("a1@2");
        assertThat(time.nanoTime()).isEqualTo(2 * SECOND_NANOS);
    }

    @Test
    void throwingAction_endsTheRun_whichCanBeGoneOn() {
        RuntimeException failure = new RuntimeException("of an action");
        EventScheduler scheduler = scheduler("a", 1, 3);
        scheduler.enter(SECOND.multipliedBy(2), 1, () -> {
            throw failure;
        });
        assertThatThrownBy(time::runAll).isSameAs(failure);
        assertThat(time.nanoTime()).isEqualTo(2 * SECOND_NANOS);
        assertThat(ran).containsExactly("a1@1");
        time.runAll();
        assertThat(ran).containsExactly("a1@1", "a3@3");
    }

    @Test
    void actionThatMovesTheClock_makesTheOthersLate() {
        EventScheduler scheduler = scheduler("a", 2);
        scheduler.enter(SECOND, 1, () -> time.advance(SECOND.multipliedBy(4)));
        time.runUntil(3 * SECOND_NANOS);
        assertThat(ran).containsExactly("a2@5");
        assertThat(time.nanoTime()).isEqualTo(5 * SECOND_NANOS);
    }

    // ---- sleeping ----

    @EachThreadKind
    void sleeper_wakesWhenTheClockIsThere_notBefore(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Long> sleeper = threads.start("sleeper", () -> {
                time.sleepUntil(SECOND_NANOS);
                return time.nanoTime();
            });
            sleeper.awaitParked(time);
            time.advance(SECOND.minusNanos(1));
            sleeper.assertStillParked();
            assertThat(time.toString()).contains("1 sleeping");
            time.advance(Duration.ofNanos(1));
            assertThat(sleeper.result()).isEqualTo(SECOND_NANOS);
        }
        assertThat(time.toString()).contains("0 sleeping");
    }

    @EachThreadKind
    void sleeper_isWokenByARunThatPassesItsMoment(ThreadKind kind) {
        scheduler("a", 2);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> sleeper = threads.start("sleeper", () -> time.sleepUntil(SECOND_NANOS));
            sleeper.awaitParked(time);
            time.runAll();
            sleeper.join();
        }
    }

    @Test
    void sleep_untilAMomentThatIsOver_returnsAtOnce() throws InterruptedException {
        time.advance(SECOND);
        time.sleepUntil(SECOND_NANOS);
        time.sleepUntil(-5L);
        assertThat(time.nanoTime()).isEqualTo(SECOND_NANOS);
    }

    @EachThreadKind
    void sleep_endsByInterrupt_andLeavesNoTrace(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> sleeper = threads.start("sleeper", () -> time.sleepUntil(1L));
            sleeper.awaitParked(time);
            sleeper.interrupt();
            assertThat(sleeper.failure()).isInstanceOf(InterruptedException.class);
            TestThread<Void> before = threads.start("interrupted before", () -> {
                Thread.currentThread().interrupt();
                time.sleepUntil(0L);
            });
            assertThat(before.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(time.toString()).contains("0 sleeping");
    }

    @EachThreadKind
    void awaitUntil_endsWhenTheConditionHolds_orAtTheMoment(ThreadKind kind) {
        AtomicBoolean condition = new AtomicBoolean();
        WaitQueue queue = WaitQueue.broadcast(this, Parker.system());
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> first = threads.start("first", () -> time.awaitUntil(queue, 1L, condition::get));
            first.awaitParked(this);
            time.advance(Duration.ofNanos(1));
            assertThat(first.result()).isFalse();
            TestThread<Boolean> second = threads.start("second", () -> time.awaitUntil(queue, 2L, condition::get));
            second.awaitParked(this);
            condition.set(true);
            queue.signalAll();
            assertThat(second.result()).isTrue();
        }
    }

    /** A round of {@link #moveAgainstSleep}. */
    private static final class Night {
        private final VirtualTime time = new VirtualTime();
    }

    @EachThreadKind
    void moveAgainstSleep_noWakeUpIsLost(ThreadKind kind) {
        Rounds.of(2_000, Night::new)
                .body("sleeper", night -> night.time.sleepUntil(1L))
                .body("mover", night -> night.time.advance(Duration.ofNanos(1)))
                .check(night -> assertThat(night.time.nanoTime()).isEqualTo(1L))
                .run(kind);
    }

    @Test
    void movesOfSeveralThreads_addUp() {
        Rounds.of(2_000, Night::new)
                .body("one", night -> night.time.advance(Duration.ofNanos(3)))
                .body("other", night -> night.time.advance(Duration.ofNanos(4)))
                .check(night -> assertThat(night.time.nanoTime()).isEqualTo(7L))
                .run(ThreadKind.PLATFORM);
    }

    // ---- sleepers that cannot be woken ----

    /** Wakes threads, but throws the first time. */
    private static final class ScantyParker implements Parker {
        private boolean failed;

        @Override
        public void park(Object blocker) {
            Parker.system().park(blocker);
        }

        @Override
        public void parkNanos(Object blocker, long nanos) {
            Parker.system().parkNanos(blocker, nanos);
        }

        @Override
        public void unpark(Thread thread) {
            Parker.system().unpark(thread);
            if (!failed) {
                failed = true;
                throw new OutOfMemoryError("planned");
            }
        }

        @Override
        public boolean spins() {
            return false;
        }
    }

    private void moveThatThrows(Runnable move) {
        WaitQueue queue = WaitQueue.broadcast(this, new ScantyParker());
        try (TestThreads threads = new TestThreads(ThreadKind.PLATFORM)) {
            TestThread<Boolean> sleeper =
                    threads.start("sleeper", () -> time.awaitUntil(queue, SECOND_NANOS, () -> false));
            sleeper.awaitParked(this);
            assertThatThrownBy(move::run).isInstanceOf(OutOfMemoryError.class);
            assertThat(sleeper.result()).isFalse();
        }
        move.run();
    }

    @Test
    void moveThatThrows_losesNoEvent() {
        EventScheduler scheduler = scheduler("a", 1);
        moveThatThrows(time::runAll);
        assertThat(ran).containsExactly("a1@1");
        assertThat(scheduler.isEmpty()).isTrue();
    }

    @Test
    void moveThatThrows_losesNoTimeout() {
        Timers timers = new Timers(TimerOptions.defaults().time(time));
        Timeout timeout = timers.schedule(SECOND, () -> ran.add("timeout"));
        moveThatThrows(time::runAll);
        assertThat(ran).containsExactly("timeout");
        assertThat(timeout.isDone()).isTrue();
    }
}
