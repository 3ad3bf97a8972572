// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** The samples of {@code measuring.md} do what it says. */
final class MeasuringSamplesTest {

    private final List<Duration> log = new ArrayList<>();

    /** What is measured. */
    static final class Work {
        private long sum;

        private Work() {}

        void many(int calls) {
            for (int i = 0; i < calls; i++) {
                one(i);
            }
        }

        void one(int i) {
            sum += i;
        }

        /** Until there must have been a sample. */
        void spin() {
            long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
            while (System.nanoTime() - end < 0) {
                for (int i = 0; i < 1_000; i++) {
                    sum = sum * 31 + i;
                }
            }
        }
    }

    @Test
    void clocks_runAroundAnything_alsoIfItThrows() throws Exception {
        IOException failure = new IOException();
        Callable<Integer> failing = () -> {
            throw failure;
        };

        assertThat(MeasuringSamples.byHand(() -> 1, log::add)).isEqualTo(1);
        assertThat(MeasuringSamples.timed(() -> 2, log::add).call()).isEqualTo(2);
        assertThat(MeasuringSamples.inABlock(() -> 3, log::add)).isEqualTo(3);
        assertThat(log).hasSize(3);
        assertThatThrownBy(MeasuringSamples.timed(failing, log::add)::call).isSameAs(failure);
        assertThatThrownBy(() -> MeasuringSamples.inABlock(failing, log::add)).isSameAs(failure);
        assertThat(log).hasSize(5).noneMatch(Duration::isNegative);
    }

    @Test
    void benchmarks_computeTheSame() {
        MeasuringSamples.Sums sums = new MeasuringSamples.Sums();
        sums.count = 10;
        assertThat(sums.loop()).isEqualTo(385).isEqualTo(sums.stream());
    }

    @Test
    @EnabledForJreRange(minVersion = 25)
    void calls_areCounted() throws IOException {
        Work work = new Work();
        assertThat(MeasuringSamples.calls(Work.class, () -> work.many(1_000)))
                .containsEntry("many", 1L)
                .containsEntry("one", 1_000L)
                .containsEntry("spin", 0L);
    }

    @Test
    void hotMethods_areSeen() throws IOException {
        assertThat(MeasuringSamples.hotMethods(new Work()::spin)).containsKey(Work.class.getName() + ".spin");
    }
}
