// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * One kind of work with fixed parameters, to be done by each of several implementations.
 *
 * @param name unique among all rows
 * @param title what the work is, in words
 * @param benchmark the method, as {@code Class.method}
 * @param parameters the values of its parameters other than {@code implementation} and {@code tokens}
 * @param calibrated whether it takes a parameter {@code tokens}, the calibrated work inside and outside a section
 * @param threads how many threads do the work
 * @param implementations who takes part; ours begin with {@link #OURS}
 * @param goals what ours must reach, for each of ours and the same peers at most one goal
 */
record Row(
        String name,
        String title,
        String benchmark,
        Map<String, String> parameters,
        boolean calibrated,
        int threads,
        List<String> implementations,
        List<Goal> goals) {
    static final String OURS = "HEADWAY";
    static final String IMPLEMENTATION = "implementation";
    static final String TOKENS = "tokens";

    /** Whether a measurement of that method with those parameters belongs here. */
    boolean matches(String measuredBenchmark, Map<String, String> measuredParameters, int measuredThreads) {
        return threads == measuredThreads
                && measuredBenchmark.endsWith("." + benchmark)
                && measuredParameters.entrySet().containsAll(parameters.entrySet());
    }
}
