// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopwatchTest {
    private final Ticks clock = new Ticks();
    private final List<Duration> told = new ArrayList<>();

    @Test
    void watch_tellsTheTimeOfItsBlock_once() {
        Stopwatch watch = new Stopwatch(clock, told::add);
        try (watch) {
            clock.pass(Duration.ofMillis(3));
            assertThat(watch.elapsed()).isEqualTo(Duration.ofMillis(3));
            clock.pass(Duration.ofMillis(4));
            assertThat(told).isEmpty();
        }
        clock.pass(Duration.ofMillis(5));
        watch.close();

        assertThat(told).containsExactly(Duration.ofMillis(7));
    }

    @Test
    void watch_tellsTheTime_alsoOfABlockThatThrows() {
        IllegalStateException failure = new IllegalStateException();
        assertThatThrownBy(() -> {
                    try (Stopwatch watch = new Stopwatch(clock, told::add)) {
                        assertThat(watch.elapsed()).isZero();
                        clock.pass(Duration.ofMillis(2));
                        throw failure;
                    }
                })
                .isSameAs(failure);
        assertThat(told).containsExactly(Duration.ofMillis(2));
    }
}
