// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.Locale;
import java.util.function.LongToDoubleFunction;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How much work {@link Blackhole#consumeCPU} must be asked for to keep a thread busy for a wanted time.
 *
 * @param tokens what to ask for
 * @param nanos how long that took
 */
record Calibration(long tokens, double nanos) {
    /** The work inside a section, and again outside. */
    static final double WORK_NANOS = 50;

    private static final Pattern PRINTED = Pattern.compile("\\d+ \\d+\\.\\d+");
    private static final int CALLS = 20_000;
    private static final int BATCHES = 60;
    private static final int MOST_TOKENS = 4096;

    /** Prints {@code tokens nanos}, for a runner whose measurements run on another JDK than the runner. */
    public static void main(String[] arguments) {
        Calibration calibration = measure(WORK_NANOS);
        System.out.println(calibration.tokens + " " + calibration.nanos);
    }

    /** Finds the line that {@link #main} printed among whatever warnings the JVM had. */
    static Calibration parse(String output) {
        String[] fields = output.lines()
                .filter(line -> PRINTED.matcher(line).matches())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no calibration: " + output))
                .split(" ");
        return new Calibration(Long.parseLong(fields[0]), Double.parseDouble(fields[1]));
    }

    /** Finds the number of tokens whose time comes closest to {@code wantedNanos}. */
    static Calibration measure(double wantedNanos) {
        nanosFor(MOST_TOKENS / 16); // the compiler's turn
        return find(wantedNanos, Calibration::nanosFor);
    }

    /** The same, with the time that the tokens take told by somebody else. */
    static Calibration find(double wantedNanos, LongToDoubleFunction nanosFor) {
        int low = 1;
        int high = MOST_TOKENS;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (nanosFor.applyAsDouble(middle) < wantedNanos) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double lowNanos = nanosFor.applyAsDouble(low);
        double highNanos = nanosFor.applyAsDouble(high);
        return wantedNanos - lowNanos < highNanos - wantedNanos
                ? new Calibration(low, lowNanos)
                : new Calibration(high, highNanos);
    }

    /** The quickest of several batches: whatever disturbs a batch only makes it slower. */
    private static double nanosFor(long tokens) {
        double quickest = Double.MAX_VALUE;
        int calls = (int) Math.max(200, CALLS * 16 / (16 + tokens));
        for (int i = 0; i < BATCHES; i++) {
            quickest = Math.min(quickest, (double) batch(calls, tokens) / calls);
        }
        return quickest;
    }

    private static long batch(int calls, long tokens) {
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            Blackhole.consumeCPU(tokens);
        }
        return System.nanoTime() - start;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "work inside and outside a section: %d tokens, %.1f ns", tokens, nanos);
    }
}
