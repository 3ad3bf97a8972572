// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.bankaccount;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Several threads that start their work at the same moment. */
final class Crew {
    private static final long PAUSE_MILLIS = 50;

    private Crew() {}

    /**
     * Runs all tasks at once, each in its own thread, and returns when all are over.
     *
     * @param tasks the work
     * @param meanwhile called now and then by the calling thread while the others work
     * @throws InterruptedException if the caller is interrupted; the others are then interrupted too
     */
    static void run(List<Runnable> tasks, Runnable meanwhile) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            CountDownLatch allThere = new CountDownLatch(tasks.size());
            List<Future<?>> running = new ArrayList<>();
            for (Runnable task : tasks) {
                Callable<Void> startingTogether = () -> {
                    allThere.countDown();
                    allThere.await();
                    task.run();
                    return null;
                };
                running.add(threads.submit(startingTogether));
            }
            for (Future<?> each : running) {
                while (!isOver(each)) {
                    meanwhile.run();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean isOver(Future<?> task) throws InterruptedException {
        try {
            task.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillRunning) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("expected the task to succeed", e.getCause());
        }
    }
}
