// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.primitives.LockedSet;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Single operations on random elements, of which half are in the set. Writes add and remove equally often, so the set
 * keeps its size.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class LockedSetBenchmark {
    /** Apart from each other, as hash codes in real life are. */
    private static final int STRIDE = 7919;

    @Param
    SetImplementation implementation;

    @Param({"16", "1000", "1000000"})
    int size;

    /** Percent of the operations of {@link #mixed}. */
    @Param({"10", "50"})
    int writes;

    private Set<Integer> set;
    private Integer[] candidates;

    @Setup(Level.Trial)
    public void create() {
        set = implementation.create();
        candidates = new Integer[2 * size];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = i * STRIDE;
        }
        for (int i = 0; i < candidates.length; i += 2) {
            set.add(candidates[i]);
        }
    }

    /** Random numbers of one thread: xorshift, because anything better would be what is measured. */
    @State(Scope.Thread)
    public static class Dice {
        private long state = new SplittableRandom().nextLong() | 1L;

        long roll() {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            return state;
        }
    }

    @Benchmark
    public boolean contains(Dice dice) {
        return set.contains(candidate(dice.roll()));
    }

    @Benchmark
    public boolean mixed(Dice dice) {
        long roll = dice.roll();
        Integer candidate = candidate(roll);
        if (((roll & 0xffffL) * 100L) >>> 16 >= writes) {
            return set.contains(candidate);
        }
        return (roll & 0x10000L) == 0L ? set.add(candidate) : set.remove(candidate);
    }

    /** Adds or removes an element, then takes a picture of the whole, as somebody does who publishes each state. */
    @Benchmark
    public int changeAndSnapshot(Dice dice) {
        long roll = dice.roll();
        Integer candidate = candidate(roll);
        boolean changed = (roll & 0x10000L) == 0L ? set.add(candidate) : set.remove(candidate);
        Set<Integer> snapshot = implementation == SetImplementation.HEADWAY
                ? ((LockedSet<Integer>) set).snapshot()
                : new HashSet<>(set);
        return changed ? snapshot.size() : 0;
    }

    private Integer candidate(long roll) {
        return candidates[(int) (((roll >>> 33) * candidates.length) >>> 31)];
    }
}
