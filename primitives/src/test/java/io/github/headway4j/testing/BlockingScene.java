// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.BlockingCases.End;
import io.github.headway4j.testing.BlockingCases.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** One case of {@link BlockingContract} while it is played: a fresh object under test and the threads that call it. */
final class BlockingScene<F> {

    final TestThreads threads;
    final F fixture;
    private final BlockingOperation<F> operation;
    private final BlockingSubject<F> subject;
    private final Object freeState;
    private final Object busyState;
    private boolean busy;

    private BlockingScene(BlockingOperation<F> operation, TestThreads threads) throws Throwable {
        this.operation = operation;
        this.subject = operation.subject;
        this.threads = threads;
        F twin = subject.creation.get();
        freeState = subject.state.apply(twin);
        subject.busy.accept(twin);
        busyState = subject.state.apply(twin);
        subject.disposal.accept(twin);
        assertThat(busyState).as("state when busy").isNotEqualTo(freeState);
        fixture = subject.creation.get();
    }

    /** Plays one case; afterwards no thread is left and the object is disposed of. */
    static <F> void play(
            BlockingOperation<F> operation, ThreadKind kind, Duration watchdog, ThrowingConsumer<BlockingScene<F>> body)
            throws Throwable {
        try (TestThreads threads = new TestThreads(kind, watchdog)) {
            try {
                BlockingScene<F> scene = new BlockingScene<>(operation, threads);
                body.accept(scene);
                operation.subject.disposal.accept(scene.fixture);
            } catch (Throwable e) {
                threads.giveUp();
                throw e;
            }
        }
    }

    /** Starts a thread that calls the operation. */
    TestThread<Outcome> call(Duration timeout) {
        return threads.start("caller", () -> outcome(timeout));
    }

    /** Starts a thread that interrupts itself and calls the operation. */
    TestThread<Outcome> interruptedCall(Duration timeout) {
        return threads.start("interrupted caller", () -> {
            Thread.currentThread().interrupt();
            return outcome(timeout);
        });
    }

    /** Starts a thread that calls the operation, and returns when it is parked there. */
    TestThread<Outcome> waiting(Duration timeout) {
        TestThread<Outcome> caller = call(timeout);
        awaitParked(caller);
        return caller;
    }

    void awaitParked(TestThread<Outcome> caller) {
        if (subject.blocker == null) {
            caller.awaitParked();
        } else {
            caller.awaitParked(subject.blocker.apply(fixture));
        }
    }

    void makeBusy() throws Throwable {
        subject.busy.accept(fixture);
        busy = true;
    }

    void free() throws Throwable {
        subject.free.accept(fixture);
        busy = false;
    }

    /** The call ends like this, with the interrupt status clear, and leaves no trace. */
    Outcome expect(TestThread<Outcome> caller, End end) throws Throwable {
        return expect(caller, end, false);
    }

    /** The call ends like this, with the interrupt status set, and leaves no trace. */
    Outcome expectStillInterrupted(TestThread<Outcome> caller, End end) throws Throwable {
        return expect(caller, end, true);
    }

    /** After being freed, the busy object lets one more call pass. */
    void onePasses() throws Throwable {
        free();
        assertThat(subject.state.apply(fixture)).as("state once freed").isEqualTo(freeState);
        expect(call(Duration.ofHours(1)), End.PASSED);
    }

    /**
     * Two calls waited, one of them left at the moment at which the object was freed: that one passed or left, the
     * other one passed. Makes the object busy again.
     */
    void expectRace(TestThread<Outcome> leaver, End left, TestThread<Outcome> other, int round) throws Throwable {
        assertThat(ended(other)).as("end of the other call, round %d", round).isEqualTo(End.PASSED);
        assertThat(ended(leaver)).as("end of the leaving call, round %d", round).isIn(End.PASSED, left);
        assertThat(subject.state.apply(fixture))
                .as("state after round %d", round)
                .isEqualTo(freeState);
        makeBusy();
    }

    /** The object was closed: a call that tries is refused, another one throws. */
    void expectClosed(TestThread<Outcome> caller, boolean tries) throws Throwable {
        Outcome outcome = caller.result();
        assertThat(outcome.interrupted()).as("interrupt status").isFalse();
        if (tries) {
            assertThat(outcome.end()).isEqualTo(End.REFUSED);
        } else {
            assertThat(outcome.thrown()).as("thrown once closed").isInstanceOf(subject.closedException);
        }
    }

    private Outcome expect(TestThread<Outcome> caller, End end, boolean interrupted) throws Throwable {
        Outcome outcome = caller.result();
        rethrow(outcome);
        assertThat(outcome.end()).as("end of the call").isEqualTo(end);
        assertThat(outcome.interrupted()).as("interrupt status after the call").isEqualTo(interrupted);
        if (end == End.PASSED) {
            assertThat(outcome.state())
                    .as("state right after the call passed")
                    .isEqualTo(subject.consuming ? busyState : freeState);
            assertThat(subject.state.apply(fixture)).as("state once given back").isEqualTo(freeState);
        } else {
            assertThat(outcome.state()).as("state after the call").isEqualTo(busy ? busyState : freeState);
        }
        return outcome;
    }

    private static End ended(TestThread<Outcome> caller) throws Throwable {
        Outcome outcome = caller.result();
        rethrow(outcome);
        return outcome.end();
    }

    private static void rethrow(Outcome outcome) throws Throwable {
        if (outcome.end() == End.THREW) {
            throw outcome.thrown();
        }
    }

    /** Calls the operation, looks at the object, and gives back what the call took. */
    private Outcome outcome(Duration timeout) throws Throwable {
        End end;
        Throwable thrown = null;
        long start = System.nanoTime();
        try {
            end = operation.call.passes(fixture, timeout) ? End.PASSED : End.REFUSED;
        } catch (InterruptedException e) {
            end = End.INTERRUPTED;
        } catch (Throwable e) {
            end = End.THREW;
            thrown = e;
        }
        long waitedNanos = System.nanoTime() - start;
        boolean interrupted = Thread.interrupted();
        Object state = subject.state.apply(fixture);
        if (end == End.PASSED && subject.consuming) {
            subject.free.accept(fixture);
        }
        return new Outcome(end, interrupted, waitedNanos, state, thrown);
    }
}
