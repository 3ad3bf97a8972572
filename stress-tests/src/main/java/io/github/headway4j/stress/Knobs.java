// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of one jcstress run.
 *
 * @param preset the name of jcstress's own mode, for the settings that are not here
 * @param split whether to run every combination of interpreter and compilers over the actors
 * @param jvms false to run with the JVM's default flags only
 * @param forks JVMs per configuration
 * @param stressForks how many times as many for configurations with a randomized compiler
 * @param iterations iterations per JVM
 * @param millis milliseconds per iteration
 */
record Knobs(String preset, boolean split, boolean jvms, int forks, int stressForks, int iterations, int millis) {

    /** What a JVM costs beside the iterations. */
    private static final long FORK_MILLIS = 700;

    private static final int SHORTEST = 20;
    private static final int LONGEST = 20_000;

    /** Below this an iteration says so little that fewer, longer ones are better. */
    private static final int USEFUL = 100;

    static Knobs forTests(Mode mode) {
        return switch (mode) {
            case SANITY -> new Knobs("sanity", false, false, 1, 1, 1, 0);
            case QUICK -> new Knobs("quick", false, true, 1, 1, 5, 200);
            case DEFAULT -> new Knobs("default", true, true, 1, 5, 5, 1_000);
            case TOUGH -> new Knobs("tough", true, true, 10, 5, 10, 1_000);
        };
    }

    /** A control has to be seen once, so it needs less. */
    static Knobs forControls(Mode mode) {
        return switch (mode) {
            case SANITY -> new Knobs("quick", false, false, 1, 1, 1, 100);
            case QUICK -> new Knobs("quick", false, true, 1, 1, 3, 200);
            case DEFAULT, TOUGH -> new Knobs("quick", false, true, 1, 1, 5, 500);
        };
    }

    /** About how long a run takes. */
    Duration estimate(int tests, Machine machine) {
        long jvm = FORK_MILLIS + (long) iterations * millis;
        return Duration.ofMillis(tests * configurations(machine) * jvm / machine.pairs());
    }

    /** JVMs per test. */
    long configurations(Machine machine) {
        int plain;
        int randomized;
        if (!jvms) {
            plain = 1;
            randomized = 0;
        } else if (split) {
            plain = 9;
            randomized = 5;
        } else {
            plain = 3;
            randomized = 1;
        }
        return (long) forks * (plain + randomized * stressForks) * (machine.hasBiasedLocking() ? 2 : 1);
    }

    /**
     * The settings that come nearest to these and fill the given time: as many configurations as leave a useful time
     * to each iteration.
     */
    Knobs within(Duration budget, int tests, Machine machine) {
        List<Knobs> shapes = List.of(
                this,
                new Knobs(preset, split, jvms, forks, 1, iterations, millis),
                new Knobs(preset, split, jvms, 1, 1, Math.min(iterations, 5), millis),
                new Knobs(preset, false, jvms, 1, 1, Math.min(iterations, 5), millis),
                new Knobs(preset, false, jvms, 1, 1, Math.min(iterations, 2), millis),
                new Knobs(preset, false, jvms, 1, 1, 1, millis),
                new Knobs(preset, false, false, 1, 1, Math.min(iterations, 2), millis));
        Knobs last = this;
        for (Knobs shape : shapes) {
            long jvmCount = Math.max(1, tests * shape.configurations(machine));
            long perJvm = budget.toMillis() * machine.pairs() / jvmCount - FORK_MILLIS;
            long perIteration = perJvm / shape.iterations;
            last = shape.withMillis((int) Math.max(SHORTEST, Math.min(LONGEST, perIteration)));
            if (perIteration >= USEFUL) {
                return last;
            }
        }
        return last;
    }

    private Knobs withMillis(int newMillis) {
        return new Knobs(preset, split, jvms, forks, stressForks, iterations, newMillis);
    }

    /** As options of jcstress. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "-m", preset,
                "-sc", Boolean.toString(split),
                "-f", Integer.toString(forks),
                "-fsm", Integer.toString(stressForks),
                "-iters", Integer.toString(iterations),
                "-time", Integer.toString(millis)));
        if (!jvms) {
            arguments.addAll(List.of("-jvmArgs", "-XX:+TieredCompilation"));
        }
        return arguments;
    }

    /** How long a healthy run may print nothing: a few time-outs of jcstress's own. */
    Duration patience() {
        return Duration.ofMinutes(3).plusMillis(20L * iterations * millis);
    }
}
