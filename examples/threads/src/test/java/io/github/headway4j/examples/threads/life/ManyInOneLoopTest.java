// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.testing.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class ManyInOneLoopTest {

    @Test
    void run_theListGrowsWithEachStart() throws InterruptedException {
        CountDownLatch lastListed = new CountDownLatch(1);
        List<List<String>> lists = new ArrayList<>();

        ManyInOneLoop.run(3, seconds -> lastListed.await(), alive -> {
            lists.add(alive);
            if (lists.size() == 3) {
                lastListed.countDown();
            }
        });

        assertThat(lists)
                .containsExactly(
                        List.of("worker-1"),
                        List.of("worker-1", "worker-2"),
                        List.of("worker-1", "worker-2", "worker-3"));
    }

    @Test
    void run_theDeadAreNotListed() throws InterruptedException {
        Semaphore ends = new Semaphore(0);
        List<List<String>> lists = new ArrayList<>();

        ManyInOneLoop.run(3, seconds -> ends.acquire(), alive -> {
            lists.add(alive);
            ends.release();
            Await.until("the end of the worker", () -> ends.availablePermits() == 0 && isOver(alive.get(0)));
        });

        assertThat(lists).containsExactly(List.of("worker-1"), List.of("worker-2"), List.of("worker-3"));
    }

    @Test
    void main_listsAfterEachStart() throws Exception {
        assertThat(ProgramRun.linesOf(ManyInOneLoop.class, "1"))
                .hasSize(12)
                .allMatch(line -> line.matches("\\d+ alive: .*"));
    }

    private static boolean isOver(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals(name));
    }
}
