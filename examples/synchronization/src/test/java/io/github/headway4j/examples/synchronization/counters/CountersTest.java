// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.examples.threads.ProgramRun;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CountersTest {

    /** Two threads that start together may miss each other, but not again and again. */
    private static final int CHANCES = 20;

    private static final Duration PAUSE = Duration.ofNanos(20_000);

    @Test
    void racy_stepsAreLost() throws InterruptedException {
        RacyCounter.Result result = RacyCounter.run(1_000, 200, PAUSE);
        for (int chance = 1; chance < CHANCES && result.error() == 0; chance++) {
            result = RacyCounter.run(1_000, 200, PAUSE);
        }
        assertThat(result.error()).isNotZero();
        assertThat(result.ups()).isEqualTo(200);
        assertThat(result.downs()).isEqualTo(200);
    }

    @Test
    void racy_noThreadPassesItsLimit() throws InterruptedException {
        RacyCounter.Result result = RacyCounter.run(3, 10_000, Duration.ZERO);
        assertThat(result.end()).isBetween(-3, 3);
    }

    @RepeatedTest(20)
    void exclusive_oneGoesAllTheWayAndThenTheOther() throws InterruptedException {
        List<Integer> trace = ExclusiveCounter.run(10, PAUSE);

        List<Integer> upFirst = Stream.concat(up(0, 10), down(9, -10)).toList();
        List<Integer> downFirst = Stream.concat(down(0, -10), up(-9, 10)).toList();
        assertThat(trace).isIn(upFirst, downFirst);
    }

    @Test
    void run_noLimit_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExclusiveCounter.run(0, PAUSE))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RacyCounter.run(1, -3, PAUSE))
                .withMessageContaining("-3");
    }

    @Test
    void main_printsWhereTheCounterEnds() throws Exception {
        assertThat(ProgramRun.linesOf(RacyCounter.class))
                .hasSize(3)
                .allMatch(
                        line -> line.matches(
                                "run \\d: [\\d,]+ steps up and [\\d,]+ down should lead to -?[\\d,]+, but the counter is at -?[\\d,]+"));
        assertThat(ProgramRun.linesOf(ExclusiveCounter.class))
                .hasSize(2)
                .last()
                .isIn("The end is 10", "The end is -10");
    }

    private static Stream<Integer> up(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed();
    }

    private static Stream<Integer> down(int from, int to) {
        return IntStream.rangeClosed(-from, -to).map(number -> -number).boxed();
    }
}
