// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.life.Nap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FiveThousandThreadsTest {
    private final List<Integer> told = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("io.github.headway4j.examples.threads.machine.ThreadKind#available")
    void run_allAreAliveAtFirstAndOneIsLeft(ThreadKind kind) throws InterruptedException {
        CountDownLatch counted = new CountDownLatch(1);
        Nap sleepUntilCounted = seconds -> {
            if (seconds >= 2) {
                assertThat(seconds).isLessThanOrEqualTo(10);
                counted.await();
            }
        };
        FiveThousandThreads.Result result =
                FiveThousandThreads.run(kind, 200, sleepUntilCounted, new Random(1), count -> {
                    told.add(count);
                    counted.countDown();
                });

        assertThat(result.started()).isEqualTo(200);
        assertThat(result.counts())
                .isEqualTo(told)
                .startsWith(201)
                .endsWith(1)
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void run_realNaps_oneIsLeft() throws InterruptedException {
        Nap nap = Nap.of(Duration.ofMillis(1));
        assertThat(FiveThousandThreads.run(ThreadKind.PLATFORM, 50, nap, new Random(), count -> {})
                        .counts())
                .endsWith(1);
    }

    @Test
    void main_countsDownToOne() throws Exception {
        List<String> lines = ProgramRun.linesOf(FiveThousandThreads.class, "50");

        assertThat(lines).startsWith("platform threads:").contains("       1 alive");
        assertThat(lines)
                .contains(
                        ThreadKind.VIRTUAL.isThere()
                                ? "virtual threads:"
                                : "virtual threads: not on this JDK, they came with 21");
    }
}
