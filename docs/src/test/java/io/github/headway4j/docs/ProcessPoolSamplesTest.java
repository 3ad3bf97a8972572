// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.processes.ProcessPool;
import io.github.headway4j.processes.WorkerCrashedException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The samples about pools of processes do what the guide says. */
final class ProcessPoolSamplesTest {

    @Test
    void pool_maps_triesAgain_andTakesHandlers() throws Exception {
        ProcessPoolSamples.Pictures sample = new ProcessPoolSamples.Pictures();
        assertThat(sample.digits(List.of(9, 10, 100))).containsExactly(9L, 11L, 192L);

        try (ProcessPool pool = ProcessPoolSamples.Pictures.renderers()) {
            assertThat(pool.size()).isEqualTo(2);
            assertThat(pool.submit(() -> System.getProperty("fonts")).get()).isEqualTo("loaded");
            assertThat(sample.shout(pool, "hello")).isEqualTo("HELLO");
            assertThat(ProcessPoolSamples.Pictures.persistently(pool, () -> "done"))
                    .isEqualTo("done");
            assertThatThrownBy(() -> ProcessPoolSamples.Pictures.persistently(pool, ProcessPoolSamplesTest::die))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(WorkerCrashedException.class);
        }
    }

    private static String die() {
        Runtime.getRuntime().halt(3);
        return "unreachable";
    }
}
