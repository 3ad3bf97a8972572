// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.tasks.Story;
import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.scheduler.VirtualTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DoubledListTest {
    private static final List<Integer> NUMBERS = List.of(1, 2, 3, 4, 5, 6, 7, 8);
    private static final List<Integer> DOUBLED = List.of(2, 4, 6, 8, 10, 12, 14, 16);

    /** The first number is done when all others are. */
    @Test
    void run_resultsAreInOrder_whateverIsDoneFirst() throws InterruptedException {
        CountDownLatch others = new CountDownLatch(NUMBERS.size() - 1);
        double longest = (NUMBERS.size() - 1) / 2.0;
        Nap nap = seconds -> {
            if (seconds == longest) {
                others.await();
            }
        };
        DoubledList.Result result = DoubledList.run(new Story(new VirtualTime(), nap, entry -> others.countDown()));

        assertThat(result.numbers()).isEqualTo(NUMBERS);
        assertThat(result.doubled()).isEqualTo(DOUBLED);
        assertThat(result.asTheyWereDone())
                .containsExactlyInAnyOrderElementsOf(NUMBERS)
                .endsWith(1);
    }

    @Test
    void main_printsTheListAndTheDoubles() throws Exception {
        assertThat(ProgramRun.linesOf(DoubledList.class, "10"))
                .hasSize(NUMBERS.size() + 2)
                .endsWith("the list: " + NUMBERS, "doubled:  " + DOUBLED);
    }
}
