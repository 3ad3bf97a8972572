// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.timers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.threads.ProgramRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyHeartTest {
    private static final List<String> STORY = List.of(
            " 2.0 s  beat 1",
            " 4.0 s  beat 2",
            " 6.0 s  beat 3",
            "11.0 s  missed: 1",
            "11.0 s  beat 4",
            "12.0 s  beat 5",
            "14.0 s  beat 6",
            "14.0 s  reported: beat 6 has failed",
            "16.0 s  beat 7",
            "18.0 s  beat 8",
            "20.0 s  beat 9",
            "21.0 s  cancelled: PREVENTED",
            "26.0 s  9 beats, 1 missed, 1 failed");

    @Test
    void runAtOnce_twoThatAreDueTogether_areOneBeat() throws InterruptedException {
        List<Diary.Entry> told = new ArrayList<>();
        SteadyHeart.Result result = SteadyHeart.runAtOnce(told::add);

        assertThat(result.entries()).extracting(Diary.Entry::toString).isEqualTo(STORY);
        assertThat(told).isEqualTo(result.entries());
        assertThat(List.of(result.beats(), result.missed(), result.failures())).containsExactly(9L, 1L, 1L);
        assertThat(result.pending()).isZero();
    }

    @Test
    void main_beatsUntilItIsCancelled_andEnds() throws Exception {
        List<String> lines = ProgramRun.linesOf(SteadyHeart.class, "20");

        assertThat(lines)
                .extracting(line -> line.replaceFirst("^ *[0-9.]+ s  ", ""))
                .containsSubsequence(
                        "beat 1", "beat 2", "beat 3", "beat 4", "beat 6", "reported: beat 6 has failed", "beat 9");
        assertThat(lines.get(lines.size() - 2)).containsPattern("  cancelled: (PREVENTED|RUNNING)$");
        assertThat(lines.get(lines.size() - 1)).containsPattern("  \\d+ beats, \\d+ missed, 1 failed$");
    }
}
