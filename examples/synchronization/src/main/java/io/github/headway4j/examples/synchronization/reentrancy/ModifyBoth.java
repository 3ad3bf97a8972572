// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.reentrancy;

import io.github.headway4j.primitives.Mutex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An object with {@code modifyA}, {@code modifyB}, and {@code modifyBoth}, which calls the other two. All three take the
 * same lock, so that {@code modifyBoth} takes it again while it has it.
 *
 * <p>A {@link ReentrantLock}, Python's {@code RLock}, lets its holder in again. A plain lock, as {@link Mutex} is, does
 * not: the holder waits for itself. Here it waits with a time-out, so that the program can tell of it.
 */
public final class ModifyBoth {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Lock lock;
    private final Duration patience;
    private final List<String> log = new ArrayList<>();
    private int a = 1;
    private int b = 2;

    /** How a call ended that could not get the lock. */
    private static final class StuckException extends Exception {
        private static final long serialVersionUID = 1;

        StuckException(String method) {
            super(method);
        }
    }

    /**
     * What a call of {@code modifyBoth} came to.
     *
     * @param stuckIn the method that did not get the lock; empty if all did
     * @param log which methods got the lock, in this order
     * @param a the value of A afterwards: 1 if it is unmodified
     * @param b the value of B afterwards: 2 if it is unmodified
     */
    public record Result(String stuckIn, List<String> log, int a, int b) {
        /** Copies the list. */
        public Result {
            log = List.copyOf(log);
        }
    }

    private ModifyBoth(Lock lock, Duration patience) {
        this.lock = lock;
        this.patience = patience;
    }

    /**
     * Runs the program.
     *
     * @param args not used
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        print("ReentrantLock", withReentrantLock(PATIENCE));
        print("Mutex", withMutex(PATIENCE));
    }

    private static void print(String lock, Result result) {
        System.out.printf(
                "%s: %s got the lock; A is %d, B is %d%n",
                lock, String.join(", ", result.log()), result.a(), result.b());
        if (!result.stuckIn().isEmpty()) {
            System.out.printf(
                    "    stuck in %s: it waited %d ms for its own caller%n", result.stuckIn(), PATIENCE.toMillis());
        }
    }

    /**
     * Modifies both with a lock that lets its holder in again.
     *
     * @param patience how long each method waits for the lock
     * @return what came of it
     * @throws InterruptedException if the caller is interrupted
     */
    public static Result withReentrantLock(Duration patience) throws InterruptedException {
        return new ModifyBoth(new ReentrantLock(), patience).run();
    }

    /**
     * Modifies both with a lock that lets nobody in twice.
     *
     * @param patience how long each method waits for the lock
     * @return what came of it
     * @throws InterruptedException if the caller is interrupted
     */
    public static Result withMutex(Duration patience) throws InterruptedException {
        return new ModifyBoth(new Mutex(), patience).run();
    }

    private Result run() throws InterruptedException {
        try {
            modifyBoth();
            return new Result("", log, a, b);
        } catch (StuckException stuck) {
            return new Result(stuck.getMessage(), log, a, b);
        }
    }

    private void modifyA() throws InterruptedException, StuckException {
        lock("modifyA");
        try {
            a += 10;
        } finally {
            lock.unlock();
        }
    }

    private void modifyB() throws InterruptedException, StuckException {
        lock("modifyB");
        try {
            b += 10;
        } finally {
            lock.unlock();
        }
    }

    private void modifyBoth() throws InterruptedException, StuckException {
        lock("modifyBoth");
        try {
            modifyA();
            modifyB();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the lock. A program with a plain {@code lock.lock()} here would wait for ever. */
    private void lock(String method) throws InterruptedException, StuckException {
        if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new StuckException(method);
        }
        log.add(method);
    }
}
