// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import java.util.function.Consumer;

/**
 * A standard thread of 20 seconds and a daemon that beats every 2 seconds. The daemon never ends by itself: it dies with
 * the program, which is over when the last standard thread is.
 *
 * <p>A daemon dies in the middle of whatever it does, without its {@code finally} blocks. Where that matters, a
 * thread that can be told to stop is the better heart.
 */
public final class DaemonHeart {

    private static final double WORK_SECONDS = 20;
    private static final double BEAT_SECONDS = 2;

    private DaemonHeart() {}

    /**
     * Runs the program: starts both threads and returns at once.
     *
     * @param args the length of a second in milliseconds; may be left out
     */
    public static void main(String[] args) {
        start(Nap.of(args), System.out::println);
    }

    /**
     * Starts both threads.
     *
     * @param nap how they sleep
     * @param out told what the threads say, by themselves
     */
    private static void start(Nap nap, Consumer<String> out) {
        Thread standard = new Thread(
                Workers.untilInterrupted(() -> {
                    out.accept("standard: 20 s of work");
                    nap.take(WORK_SECONDS);
                    out.accept("standard: over");
                }),
                "standard");
        Thread heart = new Thread(
                Workers.untilInterrupted(() -> {
                    try {
                        for (int beat = 1; true; beat++) {
                            out.accept("daemon: beat " + beat);
                            nap.take(BEAT_SECONDS);
                        }
                    } finally {
                        out.accept("daemon: this is never printed");
                    }
                }),
                "heart");
        heart.setDaemon(true);
        heart.start();
        standard.start();
    }
}
