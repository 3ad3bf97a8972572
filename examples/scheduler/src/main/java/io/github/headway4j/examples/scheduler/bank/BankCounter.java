// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.bank;

import io.github.headway4j.scheduler.EventScheduler;
import io.github.headway4j.scheduler.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * A bank with one counter, simulated: an {@link EventScheduler} on a {@link VirtualTime} lets customers come and go,
 * two events each. They come every five minutes on average and are served for four; both times are exponentially
 * distributed, so that the queue is the one that textbooks call M/M/1, and it is known how long they wait on average.
 *
 * <p>One in four is in a hurry. If that counts, those in a hurry are served before the others, but nobody who is being
 * served is sent away: then Cobham's formula tells how long each kind waits. The customers are the same either way.
 *
 * <p>The same seed gives the same result, to the last bit, on every machine.
 */
public final class BankCounter {
    /** How many customers make a million events. */
    public static final int CUSTOMERS = 500_000;

    /** Where random numbers start: any number would do, this is the year of Little's law. */
    public static final long SEED = 1961;

    private static final double MINUTES_BETWEEN_ARRIVALS = 5;
    private static final double MINUTES_OF_SERVICE = 4;
    private static final double LOAD = MINUTES_OF_SERVICE / MINUTES_BETWEEN_ARRIVALS;
    private static final double PART_IN_A_HURRY = 0.25;
    private static final double NANOS_OF_A_MINUTE = 60e9;

    /** At the same nanosecond the counter becomes free first. */
    private static final int LEAVING = 0;

    private static final int COMING = 1;

    private final VirtualTime time = new VirtualTime();
    private final EventScheduler scheduler = new EventScheduler(time);
    private final SplittableRandom random;
    private final int customers;
    private final boolean hurryCounts;
    private final IntConsumer progress;
    private final Queue<Customer> hurried = new ArrayDeque<>();
    private final Queue<Customer> patient = new ArrayDeque<>();
    private final BatchMeans all = new BatchMeans();
    private final BatchMeans waitsOfHurried = new BatchMeans();
    private final BatchMeans waitsOfPatient = new BatchMeans();
    private int came;
    private int left;
    private boolean busy;

    private BankCounter(int customers, long seed, boolean hurryCounts, IntConsumer progress) {
        this.customers = customers;
        this.random = new SplittableRandom(seed);
        this.hurryCounts = hurryCounts;
        this.progress = progress;
    }

    /** Somebody who came at a moment and has to be served for some nanoseconds. */
    private record Customer(int number, boolean inAHurry, long came, long service) {}

    /**
     * How long customers waited until they were served, in minutes.
     *
     * @param who which customers
     * @param customers how many were counted
     * @param formula the mean that the theory tells
     * @param mean the mean in the simulation
     * @param bound how far from each other the two are, in 99 of 100 cases, at most
     */
    public record Waits(String who, int customers, double formula, double mean, double bound) {
        /** {@return whether simulation and theory agree} */
        public boolean agree() {
            return Math.abs(mean - formula) <= bound;
        }
    }

    /**
     * What {@link #run} found.
     *
     * @param waits how long who waited
     * @param events how many events there were
     * @param simulated how long the bank was open
     * @param took how long that took
     */
    public record Result(List<Waits> waits, long events, Duration simulated, Duration took) {
        /** {@return how many events took place in a second of real time} */
        public long eventsPerSecond() {
            return Math.round(events * 1e9 / Math.max(1, took.toNanos()));
        }
    }

    /**
     * Runs the program, once in the order of arrival and once with those in a hurry first. It ends with the exit code 1
     * if simulation and theory do not agree.
     *
     * @param args how many customers; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        int customers = args.length > 0 ? Integer.parseInt(args[0]) : CUSTOMERS;
        System.out.println("minutes of waiting:               customers  formula  simulation");
        boolean agree = true;
        for (boolean hurryCounts : new boolean[] {false, true}) {
            Result result = run(customers, SEED, hurryCounts, percent -> {});
            for (Waits waits : result.waits()) {
                System.out.printf(
                        Locale.ROOT,
                        "%-32s %,10d %8.2f %8.2f +- %.2f%n",
                        waits.who(),
                        waits.customers(),
                        waits.formula(),
                        waits.mean(),
                        waits.bound());
                agree &= waits.agree();
            }
            System.out.printf(
                    Locale.ROOT,
                    "  %,d events of %.1f years in %,d ms, %,d events a second%n",
                    result.events(),
                    result.simulated().toDays() / 365.25,
                    result.took().toMillis(),
                    result.eventsPerSecond());
        }
        System.out.println(agree ? "simulation and theory agree" : "WRONG: simulation and theory do not agree");
        System.exit(agree ? 0 : 1);
    }

    /**
     * Opens the bank until each customer has been served.
     *
     * @param customers how many, at least a thousand; the first of 21 parts of them find the bank emptier than it is
     *     later, and are not counted
     * @param seed where the random numbers start; the same seed gives the same customers
     * @param hurryCounts whether those in a hurry are served first
     * @param progress told the percentage that is done, by the calling thread
     * @return how long they waited
     * @throws InterruptedException if the caller is interrupted
     */
    public static Result run(int customers, long seed, boolean hurryCounts, IntConsumer progress)
            throws InterruptedException {
        if (customers < 1_000) {
            throw new IllegalArgumentException(customers + " customers; expected at least 1000, to take means of");
        }
        return new BankCounter(customers, seed, hurryCounts, progress).run();
    }

    private Result run() throws InterruptedException {
        long start = System.nanoTime();
        expectNext();
        scheduler.run();
        long took = System.nanoTime() - start;
        List<Waits> waits = new ArrayList<>();
        if (hurryCounts) {
            double loadOfHurried = LOAD * PART_IN_A_HURRY;
            waits.add(waits("in a hurry", waitsOfHurried, formula(0, loadOfHurried)));
            waits.add(waits("the others", waitsOfPatient, formula(loadOfHurried, LOAD)));
        } else {
            waits.add(waits("all, in the order of arrival", all, formula(0, LOAD)));
        }
        return new Result(waits, (long) came + left, Duration.ofNanos(time.nanoTime()), Duration.ofNanos(took));
    }

    // ---- the bank ----

    private void expectNext() {
        scheduler.enter(Duration.ofNanos(nanos(MINUTES_BETWEEN_ARRIVALS)), COMING, this::come);
    }

    private void come() {
        boolean inAHurry = random.nextDouble() < PART_IN_A_HURRY;
        Customer customer = new Customer(came, inAHurry, time.nanoTime(), nanos(MINUTES_OF_SERVICE));
        came++;
        if (came < customers) {
            expectNext();
        }
        if (busy) {
            (hurryCounts && inAHurry ? hurried : patient).add(customer);
        } else {
            serve(customer);
        }
    }

    private void serve(Customer customer) {
        busy = true;
        count(customer);
        scheduler.enter(Duration.ofNanos(customer.service()), LEAVING, this::leave);
    }

    private void leave() {
        left++;
        if (left % 1_000 == 0) {
            progress.accept((int) (100L * left / customers));
        }
        busy = false;
        Customer next = hurried.isEmpty() ? patient.poll() : hurried.poll();
        if (next != null) {
            serve(next);
        }
    }

    /** An exponentially distributed time. Math may differ in its last bit on other machines, StrictMath does not. */
    private long nanos(double meanMinutes) {
        return (long) (-StrictMath.log1p(-random.nextDouble()) * meanMinutes * NANOS_OF_A_MINUTE);
    }

    // ---- the waiting ----

    private void count(Customer customer) {
        int batch = (int) ((BatchMeans.BATCHES + 1L) * customer.number() / customers) - 1;
        if (batch >= 0) {
            double minutes = (time.nanoTime() - customer.came()) / NANOS_OF_A_MINUTE;
            all.add(batch, minutes);
            (customer.inAHurry() ? waitsOfHurried : waitsOfPatient).add(batch, minutes);
        }
    }

    private static Waits waits(String who, BatchMeans found, double formula) {
        return new Waits(who, found.count(), formula, found.mean(), found.bound());
    }

    /**
     * Cobham's formula. Who comes finds somebody being served, with the probability of the load, and that takes another
     * whole service on average, as exponential times do. With one class it is the formula of M/M/1.
     *
     * @param before the load by those who are served before one, also if they come later
     * @param upTo the same and those of one's own class
     * @return the mean time of waiting
     */
    private static double formula(double before, double upTo) {
        return LOAD * MINUTES_OF_SERVICE / ((1 - before) * (1 - upTo));
    }
}
