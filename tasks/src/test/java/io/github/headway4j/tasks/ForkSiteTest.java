// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

/** What the stack trace of a failure tells of the place whence its task came. */
class ForkSiteTest {

    private static List<String> methods(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .toList();
    }

    private static Callable<Object> throwing(RuntimeException failure) {
        return () -> {
            throw failure;
        };
    }

    /** Has the name of the methods at which such stacks are cut. */
    private static void forked(RuntimeException failure) {
        askForOutcome(failure);
    }

    private static void askForOutcome(RuntimeException failure) {
        try (TaskResults<Outcome<Object>> outcomes = Tasks.asCompleted(List.of(throwing(failure)))) {
            assertThat(outcomes.next()).isEqualTo(Outcome.failure(failure));
        }
    }

    @Test
    void exceptionThrownAgainAndAgain_staysSmall_inAsCompletedToo() {
        RuntimeException always = new IllegalStateException("always the same");
        int frames = 0;
        for (int i = 0; i < 200; i++) {
            askForOutcome(always);
            if (i == 100) {
                frames = always.getStackTrace().length;
            }
        }
        assertThat(always.getStackTrace()).hasSize(frames);
    }

    @Test
    void placeOfTheCall_isShownWhole_whateverTheMethodsOfTheCallerAreCalled() {
        RuntimeException failure = new IllegalStateException("planned");
        forked(failure);
        assertThat(methods(failure)).containsSubsequence("asCompleted", "askForOutcome", "forked");
    }

    // ---- exceptions with a stack trace of their own making ----

    private static final class WithoutTrace extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public StackTraceElement[] getStackTrace() {
            return null;
        }
    }

    private static final class WithFixedTrace extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public void setStackTrace(StackTraceElement[] trace) {
            throw new UnsupportedOperationException("planned");
        }
    }

    /** Gives threads that have ended when they have been started. */
    private static final ThreadFactory ENDED_AT_ONCE = body -> new Thread(body) {
        @Override
        public void start() {
            super.start();
            try {
                join();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    };

    @Test
    void exceptionThatWillNotShowTheFork_isAFailureAllTheSame() throws Exception {
        for (RuntimeException stubborn : List.of(new WithoutTrace(), new WithFixedTrace())) {
            try (TaskScope<Object, List<Outcome<Object>>> scope =
                    TaskScope.open(Policy.outcomes(), options -> options.threadFactory(ENDED_AT_ONCE))) {
                Subtask<Object> subtask = scope.fork(throwing(stubborn));
                assertThat(subtask.state()).isEqualTo(Subtask.State.FAILED);
                assertThat(subtask.exception() == stubborn).isTrue();
                assertThat(scope.join()).hasSize(1);
            }
        }
    }

    @Test
    void exceptionThatWillNotShowTheCall_stopsNothing() {
        for (RuntimeException stubborn : List.of(new WithoutTrace(), new WithFixedTrace())) {
            try (TaskResults<Outcome<Object>> outcomes =
                    Tasks.asCompleted(List.<Callable<Object>>of(throwing(stubborn), () -> "a"), 1)) {
                Outcome<Object> first = outcomes.next();
                assertThat(first instanceof Outcome.Failure<Object> failed && failed.exception() == stubborn)
                        .isTrue();
                assertThat(outcomes.next()).isEqualTo(Outcome.success("a"));
            }
        }
    }
}
