// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.headway4j.testing.Await;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The delivery of a pool when the system gives no more threads. */
class DeliveryTest {

    /** How many threads can be had. */
    private final AtomicInteger threads = new AtomicInteger();

    private final PoolCore core = new PoolCore(1, ProcessPoolOptions.defaults(), null, action -> {
        if (threads.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
            throw new OutOfMemoryError("pretended: unable to create native thread");
        }
        return new Thread(action);
    });

    private SubmittedTask<Integer> settled() {
        SubmittedTask<Integer> task = new SubmittedTask<>(core, PoolMessage.CALL, new byte[0], 0L);
        Thread thread = Thread.currentThread();
        thread.setUncaughtExceptionHandler((where, failure) -> {}); // is told that there is no thread
        try {
            task.settled(RemoteOutcome.failure(new ArithmeticException("for the test")));
        } finally {
            thread.setUncaughtExceptionHandler(null);
        }
        return task;
    }

    private static void expectOutcome(SubmittedTask<Integer> task) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(task.future::get)
                .withCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    void outcomes_areDelivered_thoughNoThreadCanBeHadWhenTheyCome() {
        threads.set(1);
        core.delivery.start();
        threads.set(0);
        for (int i = 0; i < 3; i++) {
            expectOutcome(settled());
        }
        core.delivery.close();
    }

    @Test
    void whoWaitsForAllOutcomes_asksAgainForAThread() throws Exception {
        SubmittedTask<Integer> task = settled();
        assertThat(core.delivery.isQuiet()).isFalse();
        assertThat(core.delivery.awaitQuiet(System.nanoTime())).isFalse();
        assertThat(task.future).isNotDone();
        threads.set(1);
        assertThat(core.delivery.awaitQuiet(System.nanoTime() + PoolTasks.LONG.toNanos()))
                .isTrue();
        expectOutcome(task);
        core.delivery.close();
    }

    @Test
    void poolForWhichNoThreadCanBeHad_isNotMade() {
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(core::start);
        assertThat(core.crew.workers).isEmpty();
    }

    @Test
    void threads_endWithTheDelivery() {
        threads.set(1);
        core.delivery.start();
        core.delivery.close();
        Await.until(
                "the thread to end",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith(core.delivery + "-")));
    }
}
