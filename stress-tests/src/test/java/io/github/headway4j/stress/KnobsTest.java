// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnobsTest {

    private static final Machine TWO_ON_17 = new Machine("test", 2, "test", "test", 17);
    private static final Machine TWO_ON_25 = new Machine("test", 2, "test", "test", 25);
    private static final Machine MANY_ON_25 = new Machine("test", 64, "test", "test", 25);

    @Test
    void configurations_areThoseOfJcstress() {
        assertThat(Knobs.forTests(Mode.SANITY).configurations(TWO_ON_25)).isEqualTo(1);
        assertThat(Knobs.forTests(Mode.SANITY).configurations(TWO_ON_17)).isEqualTo(2);
        assertThat(Knobs.forTests(Mode.QUICK).configurations(TWO_ON_25)).isEqualTo(4);
        assertThat(Knobs.forTests(Mode.QUICK).configurations(TWO_ON_17)).isEqualTo(8);
        assertThat(Knobs.forTests(Mode.DEFAULT).configurations(TWO_ON_25)).isEqualTo(34);
        assertThat(Knobs.forTests(Mode.TOUGH).configurations(TWO_ON_25)).isEqualTo(340);
    }

    @Test
    void within_budget_isFilledAndNotExceeded() {
        for (Mode mode : List.of(Mode.QUICK, Mode.DEFAULT, Mode.TOUGH)) {
            for (Machine machine : List.of(TWO_ON_17, TWO_ON_25, MANY_ON_25)) {
                for (Duration budget : List.of(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(8))) {
                    Knobs knobs = Knobs.forTests(mode).within(budget, 40, machine);
                    Duration estimate = knobs.estimate(40, machine);
                    assertThat(estimate).as("%s %s %s", mode, machine, knobs).isLessThanOrEqualTo(budget);
                    if (knobs.millis() < 20_000) {
                        assertThat(estimate)
                                .as("%s %s %s", mode, machine, knobs)
                                .isGreaterThan(budget.multipliedBy(9).dividedBy(10));
                    }
                }
            }
        }
    }

    @Test
    void within_hopelessBudget_takesTheLeast() {
        Knobs knobs = Knobs.forTests(Mode.TOUGH).within(Duration.ofSeconds(1), 40, TWO_ON_17);
        assertThat(knobs.forks()).isEqualTo(1);
        assertThat(knobs.split()).isFalse();
        assertThat(knobs.jvms()).isFalse();
        assertThat(knobs.millis()).isPositive();
    }

    @Test
    void within_generousBudget_keepsTheShapeOfTheMode() {
        Knobs tough = Knobs.forTests(Mode.TOUGH);
        Knobs knobs = tough.within(Duration.ofDays(3), 40, TWO_ON_25);
        assertThat(knobs.configurations(TWO_ON_25)).isEqualTo(tough.configurations(TWO_ON_25));
        assertThat(knobs.millis()).isGreaterThan(tough.millis());
    }

    @Test
    void arguments_areOptionsOfJcstress() {
        assertThat(Knobs.forTests(Mode.QUICK).arguments())
                .containsExactly("-m", "quick", "-sc", "false", "-f", "1", "-fsm", "1", "-iters", "5", "-time", "200");
        assertThat(Knobs.forTests(Mode.SANITY).arguments()).contains("sanity", "-jvmArgs");
    }
}
