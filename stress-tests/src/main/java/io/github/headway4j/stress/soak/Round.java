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
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Many threads that take random steps of all scenarios for a while, beside the rings of the scenarios; then the rings
 * alone, until all have ended the same turn; then a look at the books.
 */
final class Round {

    private static final long TICK_MILLIS = 20;
    private static final int INTERRUPTS_PER_TICK = 4;

    /**
     * How often a thread that takes steps sleeps. Virtual threads that only yield may keep their carriers to
     * themselves, and then the rings stand still.
     */
    private static final int STEPS_PER_BREATH = 64;

    private static final long BREATH_NANOS = 1_000L;

    private final List<Scenario> scenarios;
    private final Duration patience;
    private final SplittableRandom random;

    /** Those that take steps: interrupted now and then. */
    private final List<Thread> threads = new ArrayList<>();

    /** Those of the rings: never interrupted, unless the round has failed. */
    private final List<Thread> patient = new ArrayList<>();

    private final List<RingRun> rings = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /** Per thread that takes steps: whose step it takes. */
    private final Map<Thread, Scenario> doing = new ConcurrentHashMap<>();

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
            this.threads.add(unstarted("soak-" + i, i % 2 == 1, () -> work(number, own)));
        }
        for (Scenario scenario : scenarios) {
            for (Ring ring : scenario.rings()) {
                add(new RingRun(ring));
            }
        }
    }

    private void add(RingRun ring) {
        rings.add(ring);
        for (int i = 0; i < ring.parties(); i++) {
            int who = i;
            SplittableRandom own = random.split();
            boolean virtual = (i + rings.size()) % 2 == 1;
            patient.add(unstarted(ring.name() + " " + i, virtual, () -> work(ring, who, own)));
        }
    }

    private static Thread unstarted(String name, boolean virtual, Runnable work) {
        Thread thread;
        if (virtual && VirtualThreads.available()) {
            thread = VirtualThreads.unstarted(work);
        } else {
            thread = new Thread(work);
            thread.setDaemon(true);
        }
        thread.setName(name);
        return thread;
    }

    /** Runs the round and returns what went wrong. Prints where the threads are if some are stuck. */
    List<String> run(Duration time, PrintStream out) throws InterruptedException {
        threads.forEach(Thread::start);
        patient.forEach(Thread::start);
        disturb(time);
        stopping = true;
        if (failures.isEmpty() && !join(threads, this::steps)) {
            fail("has not ended its step", threads, out);
        }
        rings.forEach(RingRun::stop);
        if (failures.isEmpty() && !join(patient, this::turns)) {
            fail("waits for a wake-up that does not come", patient, out);
        }
        if (failures.isEmpty()) {
            check();
        }
        List<String> found = List.copyOf(failures);
        Stream.of(threads, patient)
                .flatMap(List::stream)
                .filter(Thread::isAlive)
                .forEach(Thread::interrupt);
        return found;
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%,d steps, %,d ended by interrupts, fewest steps of a thread %,d, turns of rings %,d, fewest %,d",
                steps(),
                sum(interrupted),
                least(steps),
                turns(),
                rings.stream().mapToLong(RingRun::turns).min().orElse(0));
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
     * Waits for threads: every step ends by itself, since whoever holds something goes on to give it back, and so does
     * every ring. Returns false if one does not end although nothing has moved for the time of the patience. That is
     * counted in ticks: a machine that stood still in the meantime is no reason.
     */
    private boolean join(List<Thread> all, LongSupplier progress) throws InterruptedException {
        long ticks = patience.toMillis() / TICK_MILLIS;
        long last = -1;
        long idle = 0;
        for (Thread thread : all) {
            while (thread.isAlive()) {
                thread.join(TICK_MILLIS);
                long now = progress.getAsLong();
                idle = now == last ? idle + 1 : 0;
                last = now;
                if (idle > ticks) {
                    return false;
                }
            }
        }
        return true;
    }

    private void work(RingRun ring, int who, SplittableRandom own) {
        try {
            ring.work(who, own);
        } catch (InterruptedException e) {
            report(e);
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            report(e);
        }
    }

    private void work(int number, SplittableRandom own) {
        try {
            while (!stopping) {
                Scenario scenario = scenarios.get(own.nextInt(scenarios.size()));
                doing.put(Thread.currentThread(), scenario);
                try {
                    scenario.step(own);
                } catch (InterruptedException expected) {
                    interrupted.incrementAndGet(number);
                }
                steps.incrementAndGet(number);
                if (own.nextInt(4) == 0) {
                    Thread.interrupted();
                }
                if (own.nextInt(STEPS_PER_BREATH) == 0) {
                    LockSupport.parkNanos(BREATH_NANOS);
                }
            }
        } catch (Throwable e) {
            report(e);
        }
    }

    private void report(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        failures.add(Thread.currentThread().getName() + " failed: " + trace);
    }

    private void check() {
        scenarios.forEach(scenario -> check(scenario::check));
        rings.forEach(ring -> check(ring::check));
    }

    private void check(Runnable books) {
        try {
            books.run();
        } catch (AssertionError e) {
            failures.add(String.valueOf(e.getMessage()));
        }
    }

    /** Says which threads have not ended, and where they are. */
    private void fail(String what, List<Thread> all, PrintStream out) {
        List<Thread> alive = all.stream().filter(Thread::isAlive).toList();
        for (Thread thread : alive) {
            Scenario scenario = doing.get(thread);
            String where = scenario == null ? "" : ", with " + scenario.name() + ",";
            failures.add(thread.getName() + where + " " + what + " for " + patience.toMillis() + " ms");
            out.println(thread + " " + thread.getState());
            for (StackTraceElement frame : thread.getStackTrace()) {
                out.println("    at " + frame);
            }
        }
    }

    /** Steps taken so far. */
    long steps() {
        return sum(steps);
    }

    /** Turns that parties of rings have ended so far. */
    long turns() {
        return rings.stream().mapToLong(RingRun::turns).sum();
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
