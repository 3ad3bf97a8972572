// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.sharing;

import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.SharedEvent;
import io.github.headway4j.processes.SharedMemory;
import io.github.headway4j.processes.SharedSemaphore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An event between processes: runners, each a process, wait for the start signal of their parent and cross the line one
 * after the other. A semaphore, of which the parent has taken all permits and each runner gives one back, tells the
 * parent that all are there.
 */
public final class StartSignal {
    private static final int RUNNERS = 3;

    private StartSignal() {}

    /**
     * Runs the race.
     *
     * @param args not used
     * @throws Exception if a process cannot be started, or the main thread is interrupted
     */
    public static void main(String[] args) throws Exception {
        run(RUNNERS, System.out::println);
    }

    /**
     * Lets runners wait for the signal, gives it, and waits until all are there.
     *
     * @param runners how many run
     * @param out told what happens
     * @return the numbers of the runners, counted from 0, in the order in which they crossed the line
     * @throws IOException if a process cannot be started
     * @throws InterruptedException if the caller is interrupted; the processes are then ended
     */
    public static List<Integer> run(int runners, Consumer<? super String> out)
            throws IOException, InterruptedException {
        try (SharedEvent start = SharedEvent.create();
                SharedSemaphore track = SharedSemaphore.create(runners);
                SharedMemory shared = SharedMemory.create((1L + runners) * Long.BYTES);
                Children children = new Children()) {
            LongArray line = shared.longs();
            track.acquire(runners);
            for (int i = 0; i < runners; i++) {
                int number = i;
                children.start(() -> race(number, start, track, line));
            }
            track.acquire(runners); // each has released one
            out.accept(runners + " runners have come. Go!");
            start.set();
            children.join();
            List<Integer> order = new ArrayList<>();
            for (int place = 1; place <= runners; place++) {
                order.add((int) line.get(place));
                out.accept(place + ". runner " + line.get(place));
            }
            return order;
        }
    }

    /** Runs in a child. */
    private static void race(int number, SharedEvent start, SharedSemaphore track, LongArray line) {
        track.release();
        start.awaitUninterruptibly();
        line.set((int) line.addAndGet(0, 1L), number);
    }
}
