// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.stress.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SoakTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private int run(Scenario scenario, Duration patience) throws InterruptedException {
        return Soak.run(new SoakOptions(SHORT, 42, 4), List.of(scenario), patience, out);
    }

    @Test
    void soak_ofTheShippedClasses_passes() throws InterruptedException {
        assertThat(Soak.run(List.of("--seconds", "2", "--seed", "7"), out)).isZero();
        assertThat(output()).contains("seed 7", "Round 1: ", "1 passed, 0 failed");
    }

    @Test
    void soak_ofBooksThatDoNotBalance_fails() throws InterruptedException {
        Scenario broken = new Fake() {
            @Override
            public void check() {
                Scenario.expect("permits", 3, 2);
            }
        };
        assertThat(run(broken, PATIENCE)).isOne();
        assertThat(output())
                .contains(
                        "permits: expected 3, found 2", "To repeat: soak --seed 42 --threads 4", "0 passed, 1 failed");
    }

    @Test
    void soak_ofAStepThatThrows_fails() throws InterruptedException {
        Scenario broken = new Fake() {
            @Override
            public void step(SplittableRandom random) {
                throw new IllegalStateException("planted");
            }
        };
        assertThat(run(broken, PATIENCE)).isOne();
        assertThat(output()).contains("IllegalStateException: planted");
    }

    @Test
    void soak_ofAStepThatNeverEnds_showsWhereTheThreadsAre() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Scenario broken = new Fake() {
            @Override
            public void step(SplittableRandom random) {
                while (never.getCount() > 0) {
                    try {
                        never.await();
                    } catch (InterruptedException ignored) {
                        Thread.yield();
                    }
                }
            }
        };
        try {
            assertThat(run(broken, Duration.ofMillis(200))).isOne();
            assertThat(output()).contains("has not ended its step", "CountDownLatch.await", "0 passed, 1 failed");
        } finally {
            never.countDown();
        }
    }

    @Test
    void options_areUnderstood() {
        SoakOptions options = SoakOptions.parse(List.of("--minutes", "3", "--seed", "-5", "--threads=6"));
        assertThat(options).isEqualTo(new SoakOptions(Duration.ofMinutes(3), -5, 6));
        assertThat(SoakOptions.parse(List.of()).threads())
                .isGreaterThan(Runtime.getRuntime().availableProcessors());
        for (List<String> nonsense : List.of(
                List.of("--minutes", "0"),
                List.of("--seconds", "x"),
                List.of("--threads", "1"),
                List.of("--mode", "x"))) {
            assertThatThrownBy(() -> SoakOptions.parse(nonsense)).isInstanceOf(UsageException.class);
        }
    }

    /** Does nothing, correctly. */
    private abstract static class Fake implements Scenario {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public void step(SplittableRandom random) {
            Thread.yield();
        }

        @Override
        public void check() {
            Scenario.expect("nothing", 0, 0);
        }
    }
}
