// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.headway4j.examples.scheduler.bank.BankCounter.Result;
import io.github.headway4j.examples.scheduler.bank.BankCounter.Waits;
import io.github.headway4j.examples.threads.ProgramRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BankCounterTest {
    private static final int CUSTOMERS = 200_000;

    private static Result run(int customers, long seed, boolean hurryCounts) throws InterruptedException {
        return BankCounter.run(customers, seed, hurryCounts, percent -> {});
    }

    @Test
    void run_inTheOrderOfArrival_waitsAsLongAsTheFormulaSays() throws InterruptedException {
        Result result = run(CUSTOMERS, BankCounter.SEED, false);

        assertThat(result.events()).isEqualTo(2L * CUSTOMERS);
        assertThat(result.waits()).singleElement().satisfies(all -> {
            assertThat(all.formula()).isEqualTo(16, within(1e-9));
            assertThat(all.mean()).isEqualTo(all.formula(), within(all.bound()));
            assertThat(all.bound()).as("a bound that says something").isLessThan(2);
            assertThat(all.agree()).isTrue();
        });
        assertThat(result.simulated())
                .isBetween(Duration.ofMinutes(CUSTOMERS * 49L / 10), Duration.ofMinutes(CUSTOMERS * 51L / 10));
    }

    @Test
    void run_hurryCounts_eachKindWaitsAsLongAsCobhamSays() throws InterruptedException {
        List<Waits> waits = run(CUSTOMERS, BankCounter.SEED, true).waits();

        assertThat(waits).extracting(Waits::who).containsExactly("in a hurry", "the others");
        assertThat(waits.get(0).formula()).isEqualTo(4, within(1e-9));
        assertThat(waits.get(1).formula()).isEqualTo(20, within(1e-9));
        assertThat(waits).allMatch(Waits::agree);
        assertThat(waits.get(0).bound()).isLessThan(0.2);
    }

    /** One seed may be a lucky one, and a bound could be too wide to miss anything. */
    @Test
    void run_manySeeds_theFormulaIsWithinTheBoundInNearlyAllCases() throws InterruptedException {
        int missed = 0;
        int all = 0;
        double distance = 0;
        for (int seed = 1; seed <= 40; seed++) {
            for (boolean hurryCounts : new boolean[] {false, true}) {
                for (Waits waits : run(20_000, seed, hurryCounts).waits()) {
                    all++;
                    missed += waits.agree() ? 0 : 1;
                    distance += (waits.mean() - waits.formula()) / waits.bound();
                }
            }
        }
        assertThat(all).isEqualTo(120);
        assertThat(missed).isLessThanOrEqualTo(6);
        assertThat(distance / all).as("too much or too little on average").isEqualTo(0, within(0.25));
    }

    /** Who is served first changes nothing about how much there is to do. */
    @Test
    void run_hurryCounts_theOthersPayForIt() throws InterruptedException {
        Waits all = run(CUSTOMERS, BankCounter.SEED, false).waits().get(0);
        List<Waits> kinds = run(CUSTOMERS, BankCounter.SEED, true).waits();
        double sum = kinds.stream()
                .mapToDouble(kind -> kind.customers() * kind.mean())
                .sum();

        assertThat(kinds.stream().mapToInt(Waits::customers).sum()).isEqualTo(all.customers());
        assertThat(sum / all.customers()).isEqualTo(all.mean(), within(0.01 * all.mean()));
    }

    @Test
    void run_sameSeed_sameWaitsToTheLastBit() throws InterruptedException {
        assertThat(run(5_000, 7, true).waits()).isEqualTo(run(5_000, 7, true).waits());
        assertThat(run(5_000, 8, true).waits()).isNotEqualTo(run(5_000, 7, true).waits());
    }

    @Test
    void run_reportsItsProgress() throws InterruptedException {
        List<Integer> percents = new ArrayList<>();
        BankCounter.run(10_000, 1, false, percents::add);

        assertThat(percents).containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
    }

    @Test
    void run_fewCustomers_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(999, 1, false))
                .withMessageContaining("999");
    }

    @Test
    void batches_boundIsThatOfStudent() {
        BatchMeans means = new BatchMeans();
        for (int batch = 0; batch < BatchMeans.BATCHES; batch++) {
            means.add(batch, batch % 2 == 0 ? 9 : 10);
            means.add(batch, batch % 2 == 0 ? 9 : 12);
        }
        assertThat(means.count()).isEqualTo(40);
        assertThat(means.mean()).isEqualTo(10);
        assertThat(means.bound()).isEqualTo(2.861 / Math.sqrt(19), within(1e-12));
    }

    @Test
    void main_simulationAndTheoryAgree() throws Exception {
        List<String> lines = ProgramRun.linesOf(BankCounter.class, "100000");

        assertThat(lines).hasSize(7).endsWith("simulation and theory agree");
        assertThat(lines).filteredOn(line -> line.contains("200,000 events of")).hasSize(2);
    }
}
