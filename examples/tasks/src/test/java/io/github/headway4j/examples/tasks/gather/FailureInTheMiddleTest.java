// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.tasks.Story;
import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.scheduler.VirtualTime;
import io.github.headway4j.tasks.Outcome;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FailureInTheMiddleTest {

    /** In the second part the third task sleeps until it is stopped. */
    @RepeatedTest(20)
    void run_failureIsAValueInItsPlace_thenThrownAndTheOthersStopped() throws InterruptedException {
        AtomicBoolean thrown = new AtomicBoolean();
        CountDownLatch thirdSleeps = new CountDownLatch(1);
        Nap nap = seconds -> {
            if (thrown.get()) {
                if (seconds > 1) {
                    thirdSleeps.countDown();
                    new CountDownLatch(1).await();
                }
                thirdSleeps.await();
            }
        };
        FailureInTheMiddle.Result result = FailureInTheMiddle.run(new Story(
                new VirtualTime(),
                nap,
                entry -> thrown.compareAndSet(false, entry.what().equals("exceptions thrown"))));

        assertThat(result.outcomes()).hasSize(3);
        assertThat(result.outcomes().get(0)).isEqualTo(Outcome.success("first"));
        assertThat(result.outcomes().get(1))
                .isInstanceOfSatisfying(
                        Outcome.Failure.class,
                        failure -> assertThat(failure.exception())
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessage("second has failed"));
        assertThat(result.outcomes().get(2)).isEqualTo(Outcome.success("third"));
        assertThat(result.thrown()).isInstanceOf(IllegalStateException.class).hasMessage("second has failed");
        assertThat(result.entries())
                .extracting(Diary.Entry::what)
                .filteredOn(what -> !what.equals("first is stopped"))
                .containsExactly(
                        "exceptions as values",
                        "returned: first",
                        "failed: second has failed",
                        "returned: third",
                        "exceptions thrown",
                        "third is stopped",
                        "caught: second has failed");
    }

    @Test
    void main_tellsOfTheFailureTwice() throws Exception {
        assertThat(ProgramRun.linesOf(FailureInTheMiddle.class, "50"))
                .extracting(line -> line.replaceFirst("^ *[0-9.]+ s  ", ""))
                .containsSubsequence("returned: first", "failed: second has failed", "returned: third")
                .endsWith("caught: second has failed");
    }
}
