// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TwoTimingsTest {

    @Test
    void functions_computeTheSame() {
        assertThat(TwoTimings.sumByLoop(10)).isEqualTo(385);
        assertThat(TwoTimings.sumByStream(10)).isEqualTo(385);
    }

    @Test
    void run_timesBothByHand_andTwiceByTheTimer() {
        AtomicLong looks = new AtomicLong();
        List<String> lines = new ArrayList<>();

        TwoTimings.run(10, () -> looks.incrementAndGet() * 1_000_000, lines::add);

        assertThat(lines)
                .containsExactly(
                        "by hand",
                        "  loop       1.000 ms   sum 385",
                        "  stream     1.000 ms   sum 385",
                        "by a timer, repeat = 2, number = 1",
                        "  loop       1.000 ms    1.000 ms   sum 385",
                        "  stream     1.000 ms    1.000 ms   sum 385");
    }

    @Test
    void main_printsTheTimes() throws Exception {
        assertThat(ProgramRun.linesOf(TwoTimings.class, "1000"))
                .hasSize(6)
                .filteredOn(line -> line.endsWith(" ms   sum 333,833,500"))
                .hasSize(4);
    }
}
