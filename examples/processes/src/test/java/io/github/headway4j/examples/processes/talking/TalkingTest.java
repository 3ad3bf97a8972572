// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.talking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TalkingTest {

    @Test
    void child_answersUntilTheParentHangsUp() throws Exception {
        List<String> told = new ArrayList<>();
        assertThat(PipeTalk.talk(List.of(List.of(40, 2), List.of()), told::add)).containsExactly(42L, 0L);
        assertThat(told)
                .containsExactly(
                        "the sum of 2 numbers is 42",
                        "the sum of 0 numbers is 0",
                        "the child has ended with exit code 0");
        assertThat(ProgramRun.linesOf(PipeTalk.class))
                .hasSize(4)
                .contains("the sum of 1000000 numbers is 500000500000");
    }

    @Test
    void crew_squaresAll_thoughOneIsKilled() throws Exception {
        List<String> told = new ArrayList<>();
        Map<Integer, Long> squares = QueueCrew.run(2, 200, told::add);
        assertThat(squares.keySet())
                .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
        squares.forEach((number, square) -> assertThat(square).isEqualTo((long) number * number));
        assertThat(told.get(0)).isEqualTo("worker 0 was killed, 100 of 200 squares are there");
        assertThat(told.stream().filter(line -> line.contains("was lost")).count())
                .as("what one worker can have in its hand")
                .isLessThanOrEqualTo(1);
        assertThat(ProgramRun.linesOf(QueueCrew.class)).last().isEqualTo("1000 squares are there");
    }
}
