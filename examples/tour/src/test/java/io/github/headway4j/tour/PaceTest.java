// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final List<Integer> shown = new CopyOnWriteArrayList<>();
    private final Progress bar = new Progress() {
        @Override
        public void accept(int percent) {
            shown.add(percent);
        }

        @Override
        public void close() {}
    };

    @Test
    void pace_workThatLasts_movesTheBarMeanwhile() {
        try (Pace pace = new Pace(bar, 20, 60, Duration.ofMillis(200))) {
            assertThat(pace).isNotNull();
            Await.until("the end of the time", () -> shown.contains(60));
        }
        assertThat(shown).isSorted().allMatch(percent -> percent >= 20).last().isEqualTo(60);
    }

    @Test
    void close_early_movesTheBarToItsEndAndNoFurther() {
        Pace pace = new Pace(bar, 0, 50, Duration.ofHours(1));
        Await.until("the beginning", () -> shown.contains(0));
        pace.close();

        assertThat(shown).last().isEqualTo(50);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("pace"));
    }
}
