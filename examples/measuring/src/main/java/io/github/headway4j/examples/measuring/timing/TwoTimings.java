// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.timing;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Two functions that compute the same are timed by hand, and then by a timer with repeat = 2, number = 1.
 *
 * <p>The second round is much shorter than the first: the JVM interprets code at first and compiles what runs often. So
 * the way of the course says which of two functions takes seconds and which takes milliseconds, and no more; which is
 * twice as fast is a question for JMH.
 */
public final class TwoTimings {

    /** How many squares the functions add. */
    public static final int COUNT = 2_000_000;

    private static final int REPEAT = 2;
    private static final int NUMBER = 1;

    private TwoTimings() {}

    /**
     * Runs the program.
     *
     * @param args how many squares are added; may be left out
     */
    public static void main(String[] args) {
        run(args.length > 0 ? Integer.parseInt(args[0]) : COUNT, System::nanoTime, System.out::println);
    }

    /**
     * Times both functions in both ways.
     *
     * @param count how many squares are added
     * @param nanos the clock
     * @param out told the times
     */
    public static void run(int count, LongSupplier nanos, Consumer<? super String> out) {
        out.accept("by hand");
        long start = nanos.getAsLong();
        long byLoop = sumByLoop(count);
        Duration loop = Duration.ofNanos(nanos.getAsLong() - start);
        out.accept(line("loop", List.of(loop), byLoop));

        start = nanos.getAsLong();
        long byStream = sumByStream(count);
        Duration stream = Duration.ofNanos(nanos.getAsLong() - start);
        out.accept(line("stream", List.of(stream), byStream));

        out.accept("by a timer, repeat = " + REPEAT + ", number = " + NUMBER);
        out.accept(timed("loop", () -> sumByLoop(count), nanos));
        out.accept(timed("stream", () -> sumByStream(count), nanos));
    }

    private static String timed(String name, Supplier<Long> function, LongSupplier nanos) {
        RepeatedTiming<Long> timing = RepeatedTiming.of(REPEAT, NUMBER, function, nanos);
        return line(name, timing.rounds(), timing.result());
    }

    /** The result stands there too: a function whose result nobody uses may be compiled to nothing. */
    private static String line(String name, List<Duration> times, long result) {
        String all = times.stream()
                .map(time -> String.format(Locale.ROOT, "%9.3f ms", time.toNanos() / 1e6))
                .collect(Collectors.joining());
        return String.format(Locale.ROOT, "  %-7s%s   sum %,d", name, all, result);
    }

    /**
     * Adds the squares of 1 to a number, in a loop.
     *
     * @param count the number
     * @return the sum
     */
    static long sumByLoop(int count) {
        long sum = 0;
        for (long i = 1; i <= count; i++) {
            sum += i * i;
        }
        return sum;
    }

    /**
     * The same by a stream.
     *
     * @param count the number
     * @return the sum
     */
    static long sumByStream(int count) {
        return LongStream.rangeClosed(1, count).map(i -> i * i).sum();
    }
}
