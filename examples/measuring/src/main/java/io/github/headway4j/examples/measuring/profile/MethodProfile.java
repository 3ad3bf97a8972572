// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.profile;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The course's table of {@code cProfile}: calls, time of its own, time with all that it calls, and where, for each
 * method of a small workload. It is made of a recording of the JDK Flight Recorder that the program itself starts and
 * reads, by {@linkplain TracingProfiler looking at each call} where the JDK can do it, by {@linkplain SamplingProfiler
 * samples} otherwise; the first line says which.
 */
public final class MethodProfile {

    /** How much work there is: a second or two. */
    public static final int SIZE = 1_000;

    private MethodProfile() {}

    /**
     * Runs the program.
     *
     * @param args how much work there is; may be left out
     * @throws IOException if there is no place for the recording
     */
    public static void main(String[] args) throws IOException {
        profile(args.length > 0 ? Integer.parseInt(args[0]) : SIZE).lines().forEach(System.out::println);
    }

    /**
     * Profiles the workload.
     *
     * @param size how much work there is
     * @return the table
     * @throws IOException if there is no place for the recording
     */
    public static Profile profile(int size) throws IOException {
        AtomicLong result = new AtomicLong(); // of which nobody wants to know, but the JVM cannot tell
        return Profiler.best().profile(Workload.class, () -> result.set(Workload.run(size)));
    }
}
