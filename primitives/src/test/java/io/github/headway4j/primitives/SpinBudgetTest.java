// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpinBudgetTest {

    private final SpinBudget budget = new SpinBudget();

    @Test
    void vainLooks_leaveNothing_andSuccessRestoresAll() {
        assertThat(budget.nanos()).isPositive().isLessThanOrEqualTo(SpinBudget.FULL);
        exhaust();
        assertThat(budget.nanos()).isZero();
        budget.paid();
        assertThat(budget.nanos()).isEqualTo(SpinBudget.FULL);
        for (int i = 1; i < 4; i++) {
            budget.failed();
            assertThat(budget.nanos()).isEqualTo(SpinBudget.FULL - i * (SpinBudget.FULL / 4));
        }
        budget.failed();
        assertThat(budget.nanos()).isZero();
    }

    @Test
    void withoutBudget_everySoManyWaitsProbe_moreAndMoreSeldom() {
        exhaust();
        int expected = SpinBudget.OFTEN;
        while (expected < SpinBudget.SELDOM) {
            assertThat(waitsUntilProbe()).isEqualTo(expected);
            budget.failed();
            expected *= 2;
        }
        for (int i = 0; i < 3; i++) {
            assertThat(waitsUntilProbe()).isEqualTo(SpinBudget.SELDOM);
            budget.failed();
        }
    }

    @Test
    void probeThatPays_restoresTheBudget_andFrequentProbes() {
        exhaust();
        waitsUntilProbe();
        budget.failed();
        waitsUntilProbe();
        budget.paid();
        assertThat(budget.nanos()).isEqualTo(SpinBudget.FULL);
        exhaust();
        assertThat(waitsUntilProbe()).isEqualTo(SpinBudget.OFTEN);
    }

    private void exhaust() {
        budget.paid();
        for (int i = 0; i < 4; i++) {
            budget.failed();
        }
    }

    /** The number of waits up to and including the first one that may look. */
    private int waitsUntilProbe() {
        for (int waits = 1; ; waits++) {
            int nanos = budget.nanos();
            if (nanos != 0) {
                assertThat(nanos).isEqualTo(SpinBudget.FULL);
                return waits;
            }
            assertThat(waits).isLessThanOrEqualTo(SpinBudget.SELDOM);
        }
    }
}
