// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The states in the life of a thread, each printed when it is entered: new, runnable, running, not running, dead.
 *
 * <p>Java does not tell a thread that has a processor from one that only wants one: both are {@code RUNNABLE}. So it is
 * the thread itself that says that it runs, for only a running thread can say anything. All other states are seen from
 * outside.
 */
public final class ThreadStates {

    private final Nap nap;
    private final Consumer<Seen> out;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private volatile boolean watched;
    private volatile boolean woken;

    /**
     * One state that was entered.
     *
     * @param stage what courses call it
     * @param state what Java calls it
     */
    public record Seen(String stage, Thread.State state) {
        @Override
        public String toString() {
            return String.format("%-24s %s", stage, state);
        }
    }

    private ThreadStates(Nap nap, Consumer<Seen> out) {
        this.nap = nap;
        this.out = out;
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        run(Nap.of(args), System.out::println);
    }

    /**
     * Leads a thread through its life.
     *
     * @param nap how it sleeps, for a second at a time
     * @param out told each state when it is entered
     * @return the states in the order in which they were entered
     * @throws InterruptedException if the caller is interrupted; the thread then ends too
     */
    public static List<Seen> run(Nap nap, Consumer<Seen> out) throws InterruptedException {
        return new ThreadStates(nap, out).run();
    }

    private List<Seen> run() throws InterruptedException {
        Thread thread = new Thread(this::live, "liver");
        enter("new", thread.getState());
        thread.start();
        try {
            enter("runnable", thread.getState());
            watched = true;
            enter("not running (sleeping)", awaitSleep(thread));
            woken = true;
            thread.join();
            enter("dead", thread.getState());
        } finally {
            thread.interrupt();
        }
        return List.copyOf(seen);
    }

    /**
     * Looks until the thread sleeps, and returns the state that was seen. To ask again would be a race: the thread may
     * have woken in between.
     */
    private static Thread.State awaitSleep(Thread thread) throws InterruptedException {
        Thread.State state = thread.getState();
        while (state != Thread.State.TIMED_WAITING && state != Thread.State.TERMINATED) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Thread.yield();
            state = thread.getState();
        }
        return state;
    }

    private void live() {
        try {
            while (!watched) { // so that nobody can be late to see the thread awake
                Thread.onSpinWait();
                if (Thread.interrupted()) {
                    return;
                }
            }
            enter("running", Thread.currentThread().getState());
            do {
                nap.take(1);
            } while (!woken);
        } catch (InterruptedException goingHome) {
            // the caller wants no more of it
        }
    }

    private void enter(String stage, Thread.State state) {
        Seen entered = new Seen(stage, state);
        seen.add(entered);
        out.accept(entered);
    }
}
