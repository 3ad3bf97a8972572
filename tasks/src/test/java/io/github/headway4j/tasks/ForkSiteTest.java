// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
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
}
