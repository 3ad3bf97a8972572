// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatedTimingTest {
    private final Ticks clock = new Ticks();

    @Test
    void of_timesSoManyCallsTogether_soOften() {
        AtomicInteger calls = new AtomicInteger();

        RepeatedTiming<Integer> timing = RepeatedTiming.of(
                2,
                3,
                () -> {
                    int call = calls.incrementAndGet();
                    clock.pass(Duration.ofMillis(10 - call));
                    return call;
                },
                clock);

        assertThat(timing.rounds()).containsExactly(Duration.ofMillis(9 + 8 + 7), Duration.ofMillis(6 + 5 + 4));
        assertThat(timing.best()).isEqualTo(Duration.ofMillis(15));
        assertThat(timing.result()).isEqualTo(6);
        assertThat(timing.number()).isEqualTo(3);
    }

    @Test
    void of_nothing_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> RepeatedTiming.of(0, 1, () -> 1, clock));
        assertThatIllegalArgumentException().isThrownBy(() -> RepeatedTiming.of(1, 0, () -> 1, clock));
    }
}
