// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A rack full of computers, which get work to do after some seconds, and hot. It tends to a temperature that is the
 * higher the more they have to do, and the lower the more it is cooled.
 *
 * <p>One thread at a time measures; any thread may raise the cooling.
 */
public final class Rack {
    private static final double ROOM = 18;
    private static final double IDLE = 4;
    private static final double LEAST_LOAD = 10;
    private static final double LOADS = 12;
    private static final double INERTIA = 0.1;
    private static final double NOISE = 0.05;
    private static final int IDLE_SECONDS = 5;

    private final String name;
    private final double load;
    private final Random noise;
    private final AtomicInteger cooling = new AtomicInteger();

    /** Written by who measures. */
    private volatile int seconds;

    private double celsius = ROOM + IDLE;

    Rack(String name, double load, long seed) {
        this.name = name;
        this.load = load;
        this.noise = new Random(seed);
    }

    /**
     * Makes a room full of racks.
     *
     * @param count how many
     * @param seed where random numbers begin; the same seed gives the same racks
     * @return the racks
     */
    public static List<Rack> racks(int count, long seed) {
        Random random = new Random(seed);
        List<Rack> racks = new ArrayList<>(count);
        for (int number = 1; number <= count; number++) {
            racks.add(new Rack("rack " + number, LEAST_LOAD + LOADS * random.nextDouble(), random.nextLong()));
        }
        return racks;
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return how many seconds have passed for this rack} */
    public int seconds() {
        return seconds;
    }

    /** {@return how much it is cooled} */
    public int cooling() {
        return cooling.get();
    }

    /**
     * Raises the cooling by a step.
     *
     * @return how much it is cooled now
     */
    public int raiseCooling() {
        return cooling.incrementAndGet();
    }

    /**
     * Lets a second pass, and reads the thermometer.
     *
     * @return the reading
     */
    public Reading measure() {
        int second = seconds + 1;
        double power = second <= IDLE_SECONDS ? IDLE : load;
        double aim = ROOM + power / (1 + cooling.get());
        celsius += INERTIA * (aim - celsius) + NOISE * noise.nextGaussian();
        seconds = second;
        return new Reading(this, second, celsius);
    }

    @Override
    public String toString() {
        return name;
    }
}
