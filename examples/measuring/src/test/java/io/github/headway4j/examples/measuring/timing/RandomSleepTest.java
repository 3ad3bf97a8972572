// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomSleepTest {

    @Test
    void run_tellsHowLongEachCallSlept() throws Exception {
        Ticks clock = new Ticks();
        Iterator<Double> random = List.of(0.25, 0.0, 0.75).iterator();
        List<Duration> told = new ArrayList<>();

        RandomSleep.run(
                seconds -> clock.pass(Duration.ofMillis((long) (1_000 * seconds))),
                random::next,
                clock,
                (name, took) -> told.add(took));

        assertThat(told).containsExactly(Duration.ofMillis(250), Duration.ZERO, Duration.ofMillis(750));
    }

    @Test
    void main_tellsThreeTimes() throws Exception {
        assertThat(ProgramRun.linesOf(RandomSleep.class, "10"))
                .hasSize(3)
                .allMatch(line -> line.matches("sleep took \\d+\\.\\d{3} ms"));
    }
}
