// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {

    @Test
    void lines_areATable_withTheMostTimeFirst() {
        Profile profile = new Profile(
                "heading",
                List.of(
                        new Profile.Row("A.main", 1, 1, Duration.ofMillis(1), Duration.ofMillis(1_500)),
                        new Profile.Row("A.walk", 300, 2, Duration.ofMillis(900), Duration.ofMillis(1_000)),
                        new Profile.Row(
                                "A.seen", Profile.UNKNOWN, Profile.UNKNOWN, Duration.ZERO, Duration.ofMillis(2))));

        assertThat(profile.lines())
                .containsExactly(
                        "heading",
                        "",
                        "      ncalls   tottime   percall   cumtime   percall  where",
                        "       300/2  0.900000  0.003000  1.000000  0.500000  A.walk",
                        "           1  0.001000  0.001000  1.500000  1.500000  A.main",
                        "           -  0.000000         -  0.002000         -  A.seen");
    }
}
