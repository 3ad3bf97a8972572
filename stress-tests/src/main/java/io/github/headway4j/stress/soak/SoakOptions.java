// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.stress.CommandLine;
import io.github.headway4j.stress.UsageException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants of the soak tests.
 *
 * @param time how long
 * @param seed where the random choices begin
 * @param threads how many threads at once
 * @param module the module to test, or null for all
 */
record SoakOptions(
        Duration time, long seed, int threads, @Nullable String module) {

    private static final Duration DEFAULT_TIME = Duration.ofMinutes(1);
    private static final int THREADS_PER_PROCESSOR = 4;

    static SoakOptions parse(List<String> arguments) {
        Duration time = DEFAULT_TIME;
        long seed = new SplittableRandom().nextLong();
        long threads = 4L + THREADS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
        String module = null;
        CommandLine line = new CommandLine(arguments);
        while (line.hasNext()) {
            switch (line.next()) {
                case "--minutes" -> time = Duration.ofMinutes(line.number());
                case "--seconds" -> time = Duration.ofSeconds(line.number());
                case "--seed" -> seed = line.number();
                case "--threads" -> threads = line.number();
                case "--module" -> module = line.value();
                default -> throw line.unknown();
            }
        }
        if (time.isZero() || time.isNegative()) {
            throw new UsageException("--minutes or --seconds is not positive");
        }
        if (threads < 2 || threads > 100_000) {
            throw new UsageException("--threads is " + threads + "; expected 2 to 100000");
        }
        return new SoakOptions(time, seed, (int) threads, module);
    }
}
