// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What the programs with several threads have in common: starting together, waiting for the end, being sent home. */
public final class Crew {
    private static final long PAUSE_MILLIS = 50;
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long LOOK_AGAIN_NANOS = 20_000;

    private Crew() {}

    /**
     * Runs all tasks at once, each in its own thread, and returns when all are over.
     *
     * @param name of the threads; a hyphen and a number follow
     * @param tasks the work
     * @param meanwhile called now and then by the calling thread while the others work
     * @param <T> what the tasks return
     * @return what the tasks returned, in their order
     * @throws InterruptedException if the caller is interrupted; the others are then interrupted too, and have ended
     * @throws IllegalStateException if a task throws; the others are then interrupted, and have ended
     */
    public static <T> List<T> run(String name, List<Callable<T>> tasks, Runnable meanwhile)
            throws InterruptedException {
        CountDownLatch allThere = new CountDownLatch(tasks.size());
        List<FutureTask<T>> running = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Callable<T> task : tasks) {
            FutureTask<T> startingTogether = new FutureTask<>(() -> {
                allThere.countDown();
                allThere.await();
                return task.call();
            });
            running.add(startingTogether);
            threads.add(new Thread(startingTogether, name + "-" + threads.size()));
        }
        try {
            threads.forEach(Thread::start);
            List<T> returned = new ArrayList<>();
            for (FutureTask<T> task : running) {
                returned.add(await(task, meanwhile));
            }
            return returned;
        } finally {
            sendHome(threads);
        }
    }

    /**
     * Waits for the end of a task, and does something else meanwhile.
     *
     * @param task the task
     * @param meanwhile called now and then by the calling thread until the task is over
     * @param <T> what the task returns
     * @return what the task returned
     * @throws InterruptedException if the caller is interrupted
     * @throws IllegalStateException if the task throws
     */
    public static <T> T await(FutureTask<T> task, Runnable meanwhile) throws InterruptedException {
        while (true) {
            try {
                return task.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillRunning) {
                meanwhile.run();
            } catch (ExecutionException e) {
                throw new IllegalStateException("expected the task to succeed", e.getCause());
            }
        }
    }

    /**
     * Looks again and again until something is true that nobody tells, such as the state of a thread. Where somebody
     * tells, wait for that instead.
     *
     * @param expected what is looked for, for the message
     * @param condition asked by the calling thread
     * @throws InterruptedException if the caller is interrupted
     * @throws IllegalStateException if it is not true after half a minute
     */
    public static void until(String expected, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException("expected " + expected);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /**
     * Interrupts those of the threads that have not ended, and waits for their end.
     *
     * @param threads the threads, each of which ends when it is interrupted
     */
    public static void sendHome(List<Thread> threads) {
        threads.forEach(Thread::interrupt);
        threads.stream().filter(Thread::isAlive).forEach(Uninterruptibles::joinUninterruptibly);
    }
}
