// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.fifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.headway4j.examples.queues.Subscribers;
import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SupermarketTest {

    @Test
    void run_tenItems_areTakenInTheirOrder() throws InterruptedException {
        List<Subscribers.Call<Integer>> told = new ArrayList<>();
        Subscribers.Result<Integer> result =
                Supermarket.run(Supermarket.ITEMS, Supermarket.SUBSCRIBERS, seconds -> {}, told::add);

        assertThat(result.items()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(result.calls())
                .isEqualTo(told)
                .allMatch(call -> call.subscriber() >= 0 && call.subscriber() < Supermarket.SUBSCRIBERS);
    }

    @Test
    void run_manyItems_joinEndsWhenAllAreDone() throws InterruptedException {
        Subscribers.Result<Integer> result = Supermarket.run(10_000, 4, seconds -> Thread.yield(), call -> {});

        assertThat(result.items()).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
        assertThat(result.doneAtJoin()).isEqualTo(10_000);
        assertThat(result.underWayWhenEmpty()).isBetween(1L, 4L);
    }

    @Test
    void run_noSubscriber_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Supermarket.run(1, 0, seconds -> {}, call -> {}))
                .withMessageContaining("0");
    }

    @Test
    void run_aSubscriberFails_failsAndSendsTheOthersHome() {
        RuntimeException broken = new RuntimeException("the till is broken");
        assertThatIllegalStateException()
                .isThrownBy(() -> Supermarket.run(
                        10,
                        4,
                        seconds -> {
                            throw broken;
                        },
                        call -> {}))
                .withCause(broken);
        assertThat(ThreadsOfProgram.alive("subscriber-")).isEmpty();
    }

    @Test
    void run_interrupted_sendsTheSubscribersHome() {
        try (TestThreads threads = new TestThreads()) {
            TestThread<?> caller = threads.start("caller", () -> {
                Thread self = Thread.currentThread();
                Nap forEver = seconds -> {
                    self.interrupt();
                    new CountDownLatch(1).await();
                };
                return Supermarket.run(10, 4, forEver, call -> {});
            });
            assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(ThreadsOfProgram.alive("subscriber-")).isEmpty();
    }

    @Test
    void main_printsTheItemsInTheirOrder() throws Exception {
        List<String> lines = ProgramRun.linesOf(Supermarket.class, "1");

        assertThat(lines).hasSize(11).last().isEqualTo("queue is empty");
        for (int item = 0; item < 10; item++) {
            assertThat(lines.get(item)).matches("subscriber-[0-3] takes " + item);
        }
    }
}
