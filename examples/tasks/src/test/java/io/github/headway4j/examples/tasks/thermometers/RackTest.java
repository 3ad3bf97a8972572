// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RackTest {

    private static List<Reading> measured(Rack rack, int seconds) {
        return Stream.generate(rack::measure).limit(seconds).toList();
    }

    @Test
    void measure_withoutCooling_getsTooHot_withEnoughItDoesNot() {
        List<Rack> racks = Rack.racks(20, 1);
        assertThat(racks)
                .allSatisfy(rack -> assertThat(measured(rack, 100))
                        .anyMatch(Reading::isTooHot)
                        .last()
                        .matches(Reading::isTooHot)
                        .matches(last -> last.second() == 100));

        assertThat(Rack.racks(20, 1)).allSatisfy(rack -> {
            rack.raiseCooling();
            rack.raiseCooling();
            assertThat(measured(rack, 100)).noneMatch(Reading::isTooHot);
        });
    }

    @Test
    void isAlarming_hotAndNotGettingCooler() {
        Rack rack = new Rack("rack", 10, 1);
        Reading before = new Reading(rack, 1, 27.5);

        assertThat(new Reading(rack, 2, 27.5).isAlarmingAfter(before)).isTrue();
        assertThat(new Reading(rack, 2, 27.4).isAlarmingAfter(before)).isFalse();
        assertThat(new Reading(rack, 2, 27.0).isAlarmingAfter(new Reading(rack, 1, 26.0)))
                .isFalse();
        assertThat(new Reading(rack, 12, 27.25)).hasToString("second 12, rack: 27.3 degrees");
    }
}
