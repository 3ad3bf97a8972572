// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The cases of {@link BlockingContract} for one operation and one kind of thread. */
final class BlockingCases<F> {

    /** How often a race is repeated. */
    private static final int ROUNDS = 20;

    /** The time-out that races with being freed. The rounds free the subject a little earlier or later than that. */
    private static final Duration RACE = Duration.ofMillis(4);

    private static final long RACE_FIRST_NANOS = RACE.toNanos() - 250_000;
    private static final long RACE_STEP_NANOS = 50_000;

    /** More than any case takes. */
    private static final Duration LONG = Timeout.LONG.duration;

    private final BlockingOperation<F> operation;
    private final ThreadKind kind;
    private final Duration watchdog;
    private final List<DynamicTest> cases = new ArrayList<>();

    BlockingCases(BlockingOperation<F> operation, ThreadKind kind, Duration watchdog) {
        this.operation = operation;
        this.kind = kind;
        this.watchdog = watchdog;
    }

    List<DynamicTest> all() {
        switch (operation.form) {
            case INTERRUPTIBLE -> {
                free(Timeout.NONE);
                busyThenFreed(Timeout.NONE);
                interruptedBefore(Timeout.NONE);
                interruptedDuring(Timeout.NONE);
                interruptedAsFreed();
            }
            case TIMED -> {
                List.of(
                                Timeout.MOST_NEGATIVE,
                                Timeout.NEGATIVE,
                                Timeout.ZERO,
                                Timeout.SHORTEST,
                                Timeout.SHORT,
                                Timeout.FOREVER)
                        .forEach(this::free);
                List.of(Timeout.MOST_NEGATIVE, Timeout.NEGATIVE, Timeout.ZERO, Timeout.SHORTEST, Timeout.SHORT)
                        .forEach(this::timedOut);
                List.of(Timeout.NEGATIVE, Timeout.ZERO, Timeout.SHORT, Timeout.FOREVER)
                        .forEach(this::interruptedBefore);
                List.of(Timeout.LONG, Timeout.FOREVER).forEach(this::busyThenFreed);
                List.of(Timeout.LONG, Timeout.FOREVER).forEach(this::interruptedDuring);
                interruptedAsFreed();
                timedOutAsFreed();
            }
            case TRY -> {
                free(Timeout.NONE);
                refused();
                interruptedBeforeTrying();
            }
            case UNINTERRUPTIBLE -> {
                free(Timeout.NONE);
                busyThenFreed(Timeout.NONE);
                interruptedBeforeUninterruptibly();
                interruptedDuringUninterruptibly();
            }
        }
        if (operation.subject.closing != null) {
            closed();
        }
        return cases;
    }

    private void free(Timeout timeout) {
        add("free" + timeout, scene -> scene.expect(scene.call(timeout.duration), End.PASSED));
    }

    private void busyThenFreed(Timeout timeout) {
        addBusy("busy" + timeout + ", then freed", scene -> {
            TestThread<Outcome> caller = scene.waiting(timeout.duration);
            scene.free();
            scene.expect(caller, End.PASSED);
        });
    }

    private void timedOut(Timeout timeout) {
        addBusy("busy" + timeout + ", timed out", scene -> {
            Outcome outcome = scene.expect(scene.call(timeout.duration), End.REFUSED);
            assertThat(Duration.ofNanos(outcome.waitedNanos))
                    .as("time waited")
                    .isGreaterThanOrEqualTo(timeout.duration);
            scene.onePasses();
        });
    }

    private void refused() {
        addBusy("busy", scene -> {
            scene.expect(scene.call(LONG), End.REFUSED);
            scene.onePasses();
        });
    }

    private void interruptedBefore(Timeout timeout) {
        add(
                "interrupted before, free" + timeout,
                scene -> scene.expect(scene.interruptedCall(timeout.duration), End.INTERRUPTED));
        addBusy("interrupted before, busy" + timeout, scene -> {
            scene.expect(scene.interruptedCall(timeout.duration), End.INTERRUPTED);
            scene.onePasses();
        });
    }

    private void interruptedDuring(Timeout timeout) {
        addBusy("interrupted during the wait" + timeout, scene -> {
            TestThread<Outcome> caller = scene.waiting(timeout.duration);
            caller.interrupt();
            scene.expect(caller, End.INTERRUPTED);
            scene.onePasses();
        });
    }

    private void interruptedBeforeTrying() {
        add("interrupted before, free", scene -> scene.expectStillInterrupted(scene.interruptedCall(LONG), End.PASSED));
        addBusy("interrupted before, busy", scene -> {
            scene.expectStillInterrupted(scene.interruptedCall(LONG), End.REFUSED);
            scene.onePasses();
        });
    }

    private void interruptedBeforeUninterruptibly() {
        add("interrupted before, free", scene -> scene.expectStillInterrupted(scene.interruptedCall(LONG), End.PASSED));
        addBusy("interrupted before, busy, then freed", scene -> {
            TestThread<Outcome> caller = scene.interruptedCall(LONG);
            scene.awaitParked(caller);
            scene.free();
            scene.expectStillInterrupted(caller, End.PASSED);
        });
    }

    private void interruptedDuringUninterruptibly() {
        addBusy("interrupted during the wait, then freed", scene -> {
            TestThread<Outcome> caller = scene.waiting(LONG);
            caller.interrupt();
            scene.threads.await(
                    "the interrupt to be noticed", () -> !caller.thread().isInterrupted() || !caller.isAlive());
            caller.assertStillParked();
            scene.free();
            scene.expectStillInterrupted(caller, End.PASSED);
        });
    }

    private void interruptedAsFreed() {
        addBusy("interrupted just as it is freed, another one waits", scene -> {
            for (int round = 0; round < ROUNDS; round++) {
                TestThread<Outcome> leaver = scene.waiting(LONG);
                TestThread<Outcome> other = scene.waiting(LONG);
                if (round % 2 == 0) {
                    leaver.interrupt();
                    scene.free();
                } else {
                    scene.free();
                    leaver.interrupt();
                }
                scene.expectRace(leaver, End.INTERRUPTED, other, round);
            }
        });
    }

    private void timedOutAsFreed() {
        addBusy("timed out just as it is freed, another one waits", scene -> {
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                TestThread<Outcome> leaver = scene.call(RACE);
                TestThread<Outcome> other = scene.waiting(LONG);
                while (System.nanoTime() - start < RACE_FIRST_NANOS + round * RACE_STEP_NANOS) {
                    Thread.onSpinWait();
                }
                scene.free();
                scene.expectRace(leaver, End.REFUSED, other, round);
            }
        });
    }

    private void closed() {
        BlockingSubject<F> subject = operation.subject;
        boolean tries = operation.form == BlockingOperation.Form.TRY;
        addBusy("closed before", scene -> {
            subject.closing.accept(scene.fixture);
            scene.expectClosed(scene.call(LONG), tries);
        });
        if (!tries) {
            addBusy("closed during the wait", scene -> {
                TestThread<Outcome> caller = scene.waiting(LONG);
                subject.closing.accept(scene.fixture);
                scene.expectClosed(caller, false);
            });
        }
    }

    private void addBusy(String name, ThrowingConsumer<BlockingScene<F>> body) {
        add(name, scene -> {
            scene.makeBusy();
            body.accept(scene);
        });
    }

    private void add(String name, ThrowingConsumer<BlockingScene<F>> body) {
        cases.add(DynamicTest.dynamicTest(name, () -> BlockingScene.play(operation, kind, watchdog, body)));
    }

    /** The time-outs of the matrix, with their words in the name of a case. */
    private enum Timeout {
        NONE("", Duration.ofHours(1)),
        MOST_NEGATIVE(" with the most negative time-out", Duration.ofSeconds(Long.MIN_VALUE)),
        NEGATIVE(" with a time-out of -1 ns", Duration.ofNanos(-1)),
        ZERO(" with a time-out of 0", Duration.ZERO),
        SHORTEST(" with a time-out of 1 ns", Duration.ofNanos(1)),
        SHORT(" with a time-out of 5 ms", Duration.ofMillis(5)),
        LONG(" with a time-out of an hour", Duration.ofHours(1)),
        FOREVER(" with the longest time-out", Duration.ofSeconds(Long.MAX_VALUE));

        private final String words;
        private final Duration duration;

        Timeout(String words, Duration duration) {
            this.words = words;
            this.duration = duration;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** How a call can end. */
    enum End {
        PASSED,
        REFUSED,
        INTERRUPTED,
        THREW
    }

    /**
     * What a call did.
     *
     * @param end how it ended
     * @param interrupted the caller's interrupt status afterwards
     * @param waitedNanos how long it took
     * @param state of the subject, seen by the caller right afterwards
     * @param thrown what it threw, if anything
     */
    record Outcome(End end, boolean interrupted, long waitedNanos, Object state, Throwable thrown) {}
}
