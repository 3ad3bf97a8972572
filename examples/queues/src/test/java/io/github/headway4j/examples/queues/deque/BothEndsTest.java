// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.deque;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class BothEndsTest {
    private static final List<String> AS_IN_THE_COURSE = List.of(
            "one after another: 1 2 3 4 6",
            "the ends: 1 and 6",
            "addLast 7: [1, 2, 3, 4, 6, 7]",
            "addFirst 0: [0, 1, 2, 3, 4, 6, 7]",
            "removeLast gives 7: [0, 1, 2, 3, 4, 6]",
            "removeFirst gives 0: [1, 2, 3, 4, 6]",
            "insert 5 at 5: [1, 2, 3, 4, 6, 5]",
            "rotate by 3: [4, 6, 5, 1, 2, 3]",
            "rotate by -2: [5, 1, 2, 3, 4, 6]",
            "the last three: [3, 4, 6]");

    @Test
    void run_eachStep_leavesWhatPythonLeaves() {
        assertThat(BothEnds.run()).isEqualTo(AS_IN_THE_COURSE);
    }

    @Test
    void main_printsTheSteps() throws Exception {
        assertThat(ProgramRun.linesOf(BothEnds.class)).isEqualTo(AS_IN_THE_COURSE);
    }
}
