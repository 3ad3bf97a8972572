// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** Many threads that take random steps of all scenarios for some seconds, and then a look at the books. */
final class Round {

    private static final long TICK_MILLIS = 20;
    private static final int INTERRUPTS_PER_TICK = 4;

    private final List<Scenario> scenarios;
    private final Duration patience;
    private final SplittableRandom random;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /** Per thread: steps taken. */
    private final AtomicLongArray steps;

    /** Per thread: steps that ended by an interrupt. */
    private final AtomicLongArray interrupted;

    private volatile boolean stopping;

    Round(List<Scenario> scenarios, int threads, long seed, Duration patience) {
        this.scenarios = scenarios;
        this.patience = patience;
        this.random = new SplittableRandom(seed);
        this.steps = new AtomicLongArray(threads);
        this.interrupted = new AtomicLongArray(threads);
        for (int i = 0; i < threads; i++) {
            int number = i;
            SplittableRandom own = random.split();
            Runnable work = () -> work(number, own);
            Thread thread;
            if (i % 2 == 1 && VirtualThreads.available()) {
                thread = VirtualThreads.unstarted(work);
            } else {
                thread = new Thread(work);
                thread.setDaemon(true);
            }
            thread.setName("soak-" + i);
            this.threads.add(thread);
        }
    }

    /** Runs the round and returns what went wrong. Prints where the threads are if some are stuck. */
    List<String> run(Duration time, PrintStream out) throws InterruptedException {
        threads.forEach(Thread::start);
        disturb(time);
        stopping = true;
        Thread stuck = joinAll();
        if (stuck == null) {
            check();
        } else {
            failures.add(stuck.getName() + " has not ended its step for " + patience.toSeconds() + " s");
            dump(out);
        }
        return List.copyOf(failures);
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%,d steps, %,d ended by interrupts, fewest steps of a thread %,d",
                sum(steps),
                sum(interrupted),
                least(steps));
    }

    /** Interrupts random threads until the time is up or something has failed. */
    private void disturb(Duration time) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < time.toNanos() && failures.isEmpty()) {
            Thread.sleep(TICK_MILLIS);
            for (int i = 0; i < INTERRUPTS_PER_TICK; i++) {
                threads.get(random.nextInt(threads.size())).interrupt();
            }
        }
    }

    /**
     * Waits for all threads: every step ends by itself, since whoever holds something goes on to give it back. Returns a
     * thread that does not end although nothing has moved for the time of the patience, or null.
     */
    private @Nullable Thread joinAll() throws InterruptedException {
        long lastSteps = sum(steps);
        long lastMove = System.nanoTime();
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                thread.join(TICK_MILLIS);
                long now = sum(steps);
                if (now != lastSteps) {
                    lastSteps = now;
                    lastMove = System.nanoTime();
                } else if (System.nanoTime() - lastMove > patience.toNanos()) {
                    return thread;
                }
            }
        }
        return null;
    }

    private void work(int number, SplittableRandom own) {
        try {
            while (!stopping) {
                Scenario scenario = scenarios.get(own.nextInt(scenarios.size()));
                try {
                    scenario.step(own);
                } catch (InterruptedException expected) {
                    interrupted.incrementAndGet(number);
                }
                steps.incrementAndGet(number);
                if (own.nextInt(4) == 0) {
                    Thread.interrupted();
                }
            }
        } catch (Throwable e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace, true));
            failures.add(Thread.currentThread().getName() + " failed: " + trace);
        }
    }

    private void check() {
        for (Scenario scenario : scenarios) {
            try {
                scenario.check();
            } catch (AssertionError e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private void dump(PrintStream out) {
        for (Thread thread : threads) {
            out.println(thread + " " + thread.getState());
            for (StackTraceElement frame : thread.getStackTrace()) {
                out.println("    at " + frame);
            }
        }
    }

    private static long sum(AtomicLongArray counts) {
        long sum = 0;
        for (int i = 0; i < counts.length(); i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    private static long least(AtomicLongArray counts) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < counts.length(); i++) {
            least = Math.min(least, counts.get(i));
        }
        return least;
    }
}
