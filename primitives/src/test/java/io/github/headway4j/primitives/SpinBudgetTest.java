// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpinBudgetTest {

    /** More waits than it may take to learn anything. */
    private static final int MANY = 100 * SpinBudget.PROBE_EVERY;

    private final SpinBudget budget = new SpinBudget(true);

    /** A wait that nothing shortens. Returns what it spent: spins, yields. */
    private int[] failingWait() {
        int spins = budget.spins();
        budget.spinFailed(spins);
        int yields = budget.yields();
        budget.yieldFailed(yields);
        return new int[] {spins, yields};
    }

    private void learnThatNothingPays() {
        for (int i = 0; i < MANY; i++) {
            failingWait();
        }
    }

    @Test
    void atFirst_bothAreTried_withinTheLimits() {
        assertThat(budget.spins()).isBetween(1, SpinBudget.MAX_SPINS);
        assertThat(budget.yields()).isBetween(1, SpinBudget.MAX_YIELDS);
    }

    @Test
    void failures_shrinkTheBudgets_downToNothing() {
        int spins = Integer.MAX_VALUE;
        int yields = Integer.MAX_VALUE;
        int waits = 0;
        while (spins > 0 || yields > 0) {
            int[] spent = failingWait();
            assertThat(spent[0]).isLessThanOrEqualTo(spins);
            assertThat(spent[1]).isLessThanOrEqualTo(yields);
            spins = spent[0];
            yields = spent[1];
            assertThat(++waits).as("waits until nothing is spent").isLessThan(SpinBudget.PROBE_EVERY);
        }
    }

    @Test
    void onceNothingPays_onlyOneWaitInManyProbes() {
        learnThatNothingPays();
        for (int probes = 0; probes < 10; probes++) {
            int spinning = 0;
            int yielding = 0;
            for (int i = 0; i < SpinBudget.PROBE_EVERY; i++) {
                int[] spent = failingWait();
                spinning += spent[0] > 0 ? 1 : 0;
                yielding += spent[1] > 0 ? 1 : 0;
            }
            assertThat(spinning).isOne();
            assertThat(yielding).isOne();
        }
    }

    @Test
    void aProbeThatPays_bringsSpinningBack_upToTheLimit() {
        learnThatNothingPays();
        int spins = 0;
        for (int i = 0; i < MANY; i++) {
            spins = budget.spins();
            assertThat(spins).isBetween(0, SpinBudget.MAX_SPINS);
            if (spins > 0) {
                budget.spinPaid(spins - 1); // just in time
            }
        }
        assertThat(spins).isGreaterThan(SpinBudget.MAX_SPINS * 3 / 4);
        for (int i = 0; i < MANY; i++) {
            spins = budget.spins();
            budget.spinPaid(0); // at once: a little is enough
        }
        assertThat(spins).isBetween(1, SpinBudget.MAX_SPINS / 2);
    }

    @Test
    void aProbeThatPays_bringsYieldingBack_upToTheLimit() {
        learnThatNothingPays();
        int yields = 0;
        for (int i = 0; i < MANY; i++) {
            budget.spinFailed(budget.spins());
            yields = budget.yields();
            assertThat(yields).isBetween(0, SpinBudget.MAX_YIELDS);
            if (yields > 0) {
                budget.yieldPaid();
            }
        }
        assertThat(yields).isEqualTo(SpinBudget.MAX_YIELDS);
        learnThatNothingPays();
        assertThat(countOfWaitsThatSpend()).isEqualTo(2);
    }

    /** Of so many waits that one probes: probes of spinning plus those of yielding. */
    private int countOfWaitsThatSpend() {
        int count = 0;
        for (int i = 0; i < SpinBudget.PROBE_EVERY; i++) {
            int[] spent = failingWait();
            count += (spent[0] > 0 ? 1 : 0) + (spent[1] > 0 ? 1 : 0);
        }
        return count;
    }

    @Test
    void disabled_neverSpendsAnything() {
        SpinBudget disabled = new SpinBudget(false);
        for (int i = 0; i < MANY; i++) {
            assertThat(disabled.spins()).isZero();
            disabled.spinFailed(0);
            assertThat(disabled.yields()).isZero();
            disabled.yieldFailed(0);
        }
    }
}
