// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.full;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FullQueueTest {

    @RepeatedTest(20)
    void run_fourThreads_putFiveAndStop() throws InterruptedException {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        FullQueue.Result result = FullQueue.run(FullQueue.CAPACITY, FullQueue.THREADS, seconds -> {}, told::add);

        assertThat(result.put().stream().mapToInt(Integer::intValue).sum()).isEqualTo(FullQueue.CAPACITY);
        for (int filler = 0; filler < FullQueue.THREADS; filler++) {
            assertThat(Collections.frequency(result.taken(), filler))
                    .isEqualTo(result.put().get(filler));
        }
        assertThat(result.taken()).hasSize(FullQueue.CAPACITY);
        assertThat(told)
                .filteredOn(line -> line.endsWith("finds it full"))
                .containsExactlyInAnyOrder(
                        "filler-0 finds it full",
                        "filler-1 finds it full",
                        "filler-2 finds it full",
                        "filler-3 finds it full");
    }

    @Test
    void run_oneThread_roomShrinks() throws InterruptedException {
        List<String> told = new ArrayList<>();
        FullQueue.run(3, 1, seconds -> {}, told::add);

        assertThat(told)
                .containsExactly(
                        "filler-0 puts one, room for 2",
                        "filler-0 puts one, room for 1",
                        "filler-0 puts one, room for 0",
                        "filler-0 finds it full");
    }

    @Test
    void main_tellsWhatMethodsDoAtTheLimits() throws Exception {
        assertThat(ProgramRun.linesOf(FullQueue.class, "1"))
                .hasSize(12)
                .contains("when it was full:  add throws QueueFullException, offer gives false,"
                        + " offer that waits gives false")
                .endsWith("when it was empty: remove throws NoSuchElementException, poll gives null,"
                        + " poll that waits gives null");
    }
}
