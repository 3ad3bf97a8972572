// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TenThreadsTest {

    @Test
    void run_allSleepersAndTheCallerAreListed() throws InterruptedException {
        CountDownLatch listed = new CountDownLatch(1);
        List<String> active = new ArrayList<>();
        List<Double> naps = Collections.synchronizedList(new ArrayList<>());
        List<String> said = Collections.synchronizedList(new ArrayList<>());

        TenThreads.run(
                TenThreads.THREADS,
                seconds -> {
                    naps.add(seconds);
                    listed.await();
                },
                new Random(1),
                names -> {
                    active.addAll(names);
                    listed.countDown();
                },
                said::add);

        assertThat(active).contains(Thread.currentThread().getName());
        assertThat(active.stream().filter(name -> name.startsWith("sleeper-")))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10)
                        .mapToObj(number -> "sleeper-" + number)
                        .toList());
        assertThat(naps).hasSize(10).allMatch(seconds -> seconds >= 1 && seconds <= 10);
        assertThat(naps.stream().distinct().count()).isGreaterThan(1);
        assertThat(said).hasSize(10);
    }

    @Test
    void main_listsTheActiveThreads() throws Exception {
        assertThat(ProgramRun.linesOf(TenThreads.class, "20"))
                .hasSize(11)
                .anyMatch(line -> line.matches("\\d+ active threads: main, .*"))
                .anyMatch(line -> line.matches("sleeper-9 slept \\d+ s"));
    }
}
