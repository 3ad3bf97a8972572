// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class MethodProfileTest {

    private static Profile profile(Profiler profiler, int size) throws IOException {
        AtomicLong result = new AtomicLong();
        return profiler.profile(Workload.class, () -> result.set(Workload.run(size)));
    }

    @Test
    void workload_isWhatItSays() {
        assertThat(Workload.isPrime(1)).isFalse();
        assertThat(Workload.isPrime(2)).isTrue();
        assertThat(Workload.isPrime(25)).isFalse();
        assertThat(Workload.isPrime(1_000_000_000_039L)).isTrue();
        assertThat(Workload.countPrimes(40)).isEqualTo(1);
        assertThat(Workload.fibonacci(12)).isEqualTo(144);
        assertThat(Workload.insertionSort(1_001)).isBetween(400, 600);
    }

    @Test
    @EnabledForJreRange(minVersion = 25)
    void whereCallsCanBeTraced_eachIsCounted() throws IOException {
        assertThat(Profiler.best()).isInstanceOf(TracingProfiler.class);

        Profile profile = profile(new TracingProfiler(), 10);

        assertThat(profile.rows())
                .extracting(Profile.Row::where, Profile.Row::calls, Profile.Row::outermost)
                .contains(
                        Tuple.tuple("Workload.run", 1L, 1L),
                        Tuple.tuple("Workload.countPrimes", 1L, 1L),
                        Tuple.tuple("Workload.isPrime", 10L, 10L),
                        Tuple.tuple("Workload.fibonacci", 465L, 1L),
                        Tuple.tuple("Workload.insertionSort", 1L, 1L));
        assertThat(profile.rows())
                .allMatch(row -> row.own().compareTo(row.total()) <= 0)
                .allMatch(row -> !row.own().isNegative());
        assertThat(profile.heading()).contains(" calls in ", "jdk.MethodTiming", "jdk.MethodTrace");
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_21)
    void whereCallsCannotBeTraced_thereAreSamples() {
        assertThat(TracingProfiler.isSupported()).isFalse();
        assertThat(Profiler.best()).isInstanceOf(SamplingProfiler.class);
    }

    @Test
    void samples_showWhereTheTimeGoes() throws IOException {
        Profile profile = profile(new SamplingProfiler(), MethodProfile.SIZE);

        assertThat(profile.heading()).contains(" samples in ", "jdk.ExecutionSample", "not counted");
        assertThat(profile.rows())
                .allMatch(row -> row.calls() == Profile.UNKNOWN)
                .allMatch(row -> row.own().compareTo(row.total()) <= 0)
                .extracting(Profile.Row::where)
                .contains("Workload.isPrime", "Workload.run")
                .doesNotContain("Workload.fibonacci");
        assertThat(profile.rows())
                .extracting(Profile.Row::where)
                .first()
                .isIn("Workload.isPrime", "Workload.insertionSort");
    }

    @Test
    void main_printsTheTable() throws Exception {
        List<String> lines = ProgramRun.linesOf(MethodProfile.class);

        assertThat(lines.get(1)).isEmpty();
        assertThat(lines.get(2).strip().split("\\s+"))
                .containsExactly("ncalls", "tottime", "percall", "cumtime", "percall", "where");
        assertThat(lines.subList(3, lines.size())).anyMatch(line -> line.endsWith("  Workload.isPrime"));
    }
}
