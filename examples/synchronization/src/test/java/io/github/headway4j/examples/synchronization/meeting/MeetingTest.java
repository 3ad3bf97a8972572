// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.examples.threads.ProgramRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeetingTest {

    /** Threads that do not wait for each other may be together by chance, but not again and again. */
    private static final int CHANCES = 20;

    private final List<Integer> progress = new ArrayList<>();

    @Test
    void atBarrier_allArriveBeforeTheFirstGoesOn() throws InterruptedException {
        Meeting.Result result = Meeting.atBarrier(4, 1, Duration.ofNanos(100_000), progress::add);

        assertThat(result.firstRound().subList(0, 4))
                .containsExactlyInAnyOrder(
                        "worker 0 arrives", "worker 1 arrives", "worker 2 arrives", "worker 3 arrives");
        assertThat(result.firstRound().subList(4, 8)).allMatch(line -> line.endsWith("goes on"));
        assertThat(result.arrivals()).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(result.tooEarly()).isZero();
        assertThat(progress).isSorted().last().isEqualTo(100);
    }

    @Test
    void atBarrier_manyRounds_nobodyIsTooEarly() throws InterruptedException {
        Meeting.Result result = Meeting.atBarrier(4, 500, Duration.ofNanos(100), progress::add);

        assertThat(result.rounds()).isEqualTo(500);
        assertThat(result.tooEarly()).isZero();
    }

    @Test
    void withoutBarrier_somebodyIsTooEarly() throws InterruptedException {
        Meeting.Result result = Meeting.withoutBarrier(4, 50, Duration.ofNanos(100_000), progress::add);
        for (int chance = 1; chance < CHANCES && result.tooEarly() == 0; chance++) {
            result = Meeting.withoutBarrier(4, 50, Duration.ofNanos(100_000), percent -> {});
        }
        assertThat(result.tooEarly()).isPositive();
    }

    @Test
    void run_noRounds_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Meeting.atBarrier(4, 0, Duration.ZERO, progress::add))
                .withMessageContaining("0");
    }

    @Test
    void main_allArriveBeforeTheFirstGoesOn() throws Exception {
        List<String> lines = ProgramRun.linesOf(Meeting.class, "1");

        assertThat(lines).hasSize(18).startsWith("With a barrier:").contains("Without one:");
        assertThat(lines.subList(1, 5)).allMatch(line -> line.endsWith(" arrives"));
        assertThat(lines.subList(5, 9)).allMatch(line -> line.endsWith(" goes on"));
    }
}
