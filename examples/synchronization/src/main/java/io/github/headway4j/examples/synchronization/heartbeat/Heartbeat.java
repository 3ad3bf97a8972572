// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.heartbeat;

import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.primitives.Event;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A daemon that beats until an {@link Event} stops it. Unlike a daemon that dies with the program, it ends in order: it
 * has its last word, and whoever closes it knows that it is over.
 *
 * <p>The pause between two beats is a wait for the event, so closing takes no time, however slow the heart beats. The
 * thread is a daemon all the same: a program that forgets to close it can end.
 */
public final class Heartbeat implements AutoCloseable {
    private static final int SECONDS_OF_WORK = 20;
    private static final int SECONDS_BETWEEN_BEATS = 2;

    private final Event stop = new Event();
    private final AtomicInteger beats = new AtomicInteger();
    private final Thread thread;

    /**
     * Starts a heart, which beats at once for the first time.
     *
     * @param pause the time between two beats
     * @param out told of each beat and of the end, by the heart
     */
    public Heartbeat(Duration pause, Consumer<String> out) {
        this.thread = new Thread(() -> beat(pause, out), "heart");
        thread.setDaemon(true);
        // A constructor may start a thread if that is the last it does and nobody can inherit from the class: what the
        // thread uses is there by now, and what was done before start() is visible to it.
        thread.start();
    }

    /**
     * Runs the program: 20 seconds of work with a beat every 2.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Duration second = Nap.second(args);
        try (Heartbeat heart = new Heartbeat(second.multipliedBy(SECONDS_BETWEEN_BEATS), System.out::println)) {
            TimeUnit.NANOSECONDS.sleep(SECONDS_OF_WORK * second.toNanos());
        }
    }

    private void beat(Duration pause, Consumer<String> out) {
        try {
            do {
                out.accept("beat " + beats.incrementAndGet());
            } while (!stop.await(pause));
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        } finally {
            out.accept("over after " + beats + " beats");
        }
    }

    /** {@return how often the heart has beaten} */
    public int beats() {
        return beats.get();
    }

    /** {@return the state of its thread: timed waiting between two beats, terminated when it never beats again} */
    public Thread.State state() {
        return thread.getState();
    }

    /**
     * Stops the heart and waits until it is over. If the caller is interrupted meanwhile, it stays so, and waits no
     * more.
     */
    @Override
    public void close() {
        stop.set();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
