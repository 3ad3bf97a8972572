// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class RoundsTest {

    @EachThreadKind
    void run_everyBodyOncePerRoundOnTheObjectOfTheRound(ThreadKind kind) {
        List<AtomicInteger> made = new ArrayList<>();
        AtomicInteger checks = new AtomicInteger();
        Rounds.of(500, () -> {
                    made.add(new AtomicInteger());
                    return made.get(made.size() - 1);
                })
                .body("one", count -> count.addAndGet(1))
                .body("ten", count -> count.addAndGet(10))
                .body("hundred", count -> count.addAndGet(100))
                .check(count -> {
                    assertThat(count).hasValue(111);
                    checks.incrementAndGet();
                })
                .run(kind);
        assertThat(made).hasSize(500);
        assertThat(checks).hasValue(500);
    }

    @EachThreadKind
    void run_bodiesOfARoundRunAtTheSameTime(ThreadKind kind) {
        Rounds.of(50, () -> new CyclicBarrier(2))
                .body("first", CyclicBarrier::await)
                .body("second", CyclicBarrier::await)
                .run(kind);
    }

    @EachThreadKind
    void run_findsALostUpdate(ThreadKind kind) {
        Await.until("a lost update", () -> {
            AtomicInteger lost = new AtomicInteger();
            Rounds.of(1_000, () -> new AtomicIntegerArray(1))
                    .body("left", RoundsTest::incrementWithoutCare)
                    .body("right", RoundsTest::incrementWithoutCare)
                    .check(count -> lost.addAndGet(2 - count.get(0)))
                    .run(kind);
            return lost.get() > 0;
        });
    }

    @EachThreadKind
    void run_bodyFails_throwsWithTheRoundAndStops(ThreadKind kind) {
        AtomicInteger rounds = new AtomicInteger();
        IllegalStateException failure = new IllegalStateException("in round 7");
        assertThatThrownBy(() -> Rounds.of(100, rounds::getAndIncrement)
                        .body("failing", round -> {
                            if (round == 7) {
                                throw failure;
                            }
                        })
                        .body("fine", round -> {})
                        .run(kind))
                .isInstanceOf(AssertionError.class)
                .hasMessage("round 7 of 100 failed")
                .hasCause(failure);
        assertThat(rounds).hasValue(8);
    }

    @Test
    void run_checkFails_throwsWithTheRound() {
        AtomicInteger rounds = new AtomicInteger();
        assertThatThrownBy(() -> Rounds.of(100, rounds::getAndIncrement)
                        .body("one", round -> {})
                        .body("other", round -> {})
                        .check(round -> assertThat(round).isLessThan(42))
                        .run(ThreadKind.PLATFORM))
                .isInstanceOf(AssertionError.class)
                .hasMessage("round 42 of 100 failed");
    }

    @Test
    void run_setupFails_throwsWithTheRound() {
        AtomicInteger rounds = new AtomicInteger();
        assertThatThrownBy(() -> Rounds.of(100, () -> 1 / (3 - rounds.getAndIncrement()))
                        .body("one", round -> {})
                        .body("other", round -> {})
                        .run(ThreadKind.PLATFORM))
                .isInstanceOf(AssertionError.class)
                .hasMessage("round 3 of 100 failed")
                .hasCauseInstanceOf(ArithmeticException.class);
    }

    @EachThreadKind
    void run_oneBodyFailsAndTheOtherWaitsForIt_reportsBoth(ThreadKind kind) {
        IllegalStateException failure = new IllegalStateException("planted");
        TestThreads threads = new TestThreads(kind, Duration.ofMillis(100));
        assertThatThrownBy(() -> Rounds.of(100, () -> new CountDownLatch(1))
                        .body("failing", latch -> {
                            throw failure;
                        })
                        .body("stuck one", CountDownLatch::await)
                        .run(threads))
                .isInstanceOf(AssertionError.class)
                .hasMessage("round 0 of 100 failed")
                .hasCause(failure)
                .satisfies(e ->
                        assertThat(e.getSuppressed()).singleElement().asString().contains("\"stuck one\""));
    }

    @EachThreadKind
    void run_interruptOfARound_doesNotReachTheNextOne(ThreadKind kind) {
        Rounds.of(200, AtomicInteger::new)
                .body("interrupted", count -> Thread.currentThread().interrupt())
                .body(
                        "other",
                        count -> assertThat(Thread.currentThread().isInterrupted())
                                .isFalse())
                .body("again", count -> {
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    Thread.currentThread().interrupt();
                })
                .run(kind);
    }

    @Test
    void badNumbers_areRefused() {
        assertThatThrownBy(() -> Rounds.of(0, Object::new))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
        assertThatThrownBy(
                        () -> Rounds.of(1, Object::new).body("lonely", x -> {}).run(ThreadKind.PLATFORM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not 1");
    }

    private static void incrementWithoutCare(AtomicIntegerArray count) {
        count.set(0, count.get(0) + 1);
    }
}
