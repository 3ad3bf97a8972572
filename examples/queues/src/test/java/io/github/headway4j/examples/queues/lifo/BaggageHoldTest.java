// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.lifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.queues.Subscribers;
import io.github.headway4j.examples.threads.ProgramRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaggageHoldTest {

    @Test
    void run_tenItems_areTakenLastFirst() throws InterruptedException {
        Subscribers.Result<Integer> result =
                BaggageHold.run(BaggageHold.ITEMS, BaggageHold.SUBSCRIBERS, seconds -> {}, call -> {});

        assertThat(result.items()).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        assertThat(result.doneAtJoin()).isEqualTo(BaggageHold.ITEMS);
    }

    @Test
    void main_printsTheItemsLastFirst() throws Exception {
        List<String> lines = ProgramRun.linesOf(BaggageHold.class, "1");

        assertThat(lines).hasSize(11).last().isEqualTo("queue is empty");
        for (int item = 0; item < 10; item++) {
            assertThat(lines.get(9 - item)).matches("subscriber-[0-3] takes " + item);
        }
    }
}
