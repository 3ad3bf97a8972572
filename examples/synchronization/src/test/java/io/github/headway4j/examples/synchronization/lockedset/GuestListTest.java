// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.lockedset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestListTest {

    /** Clerks who book together may stay out of each other's way, but not again and again. */
    private static final int CHANCES = 20;

    private final List<Integer> progress = new ArrayList<>();

    @Test
    void atomically_noEveningIsOverbooked() throws InterruptedException {
        GuestList.Result result = GuestList.atomically(4, 100, progress::add);

        assertThat(result.evenings()).isEqualTo(100);
        assertThat(result.overbooked()).isZero();
        assertThat(result.mostGuests()).isEqualTo(GuestList.SEATS);
        assertThat(result.wrongAnswers()).isZero();
        assertThat(progress).isSorted().last().isEqualTo(100);
    }

    @Test
    void inTwoSteps_eveningsAreOverbooked() throws InterruptedException {
        GuestList.Result result = GuestList.inTwoSteps(4, 20, progress::add);
        for (int chance = 1; chance < CHANCES && result.overbooked() == 0; chance++) {
            result = GuestList.inTwoSteps(4, 20, percent -> {});
        }
        assertThat(result.overbooked()).isPositive();
        assertThat(result.mostGuests()).isGreaterThan(GuestList.SEATS);
    }

    @Test
    void run_noThreads_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuestList.atomically(0, 1, progress::add))
                .withMessageContaining("0");
    }

    @Test
    void main_showsTheSetAndBooks() throws Exception {
        assertThat(ProgramRun.linesOf(GuestList.class))
                .hasSize(5)
                .startsWith(
                        "add Ada: true, once more: false",
                        "contains Ada: true",
                        "remove Ada: true, contains Ada: false")
                .endsWith("LockedSet, atomically: 0 of 200 evenings overbooked, at most 10 guests on 10 seats");
    }
}
