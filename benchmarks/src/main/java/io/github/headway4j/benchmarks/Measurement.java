// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

/**
 * What one fork measured; NaN stands for a figure that it did not report.
 *
 * @param row what was done
 * @param implementation by whom
 * @param throughput operations in a second, the median over the iterations
 * @param cpuNanos processor time of the JVM for each operation
 * @param bytes allocated for each operation
 * @param fairness the least active thread's operations over the most active's
 * @param slowest the least active thread's operations over the mean
 * @param others how many processors others kept busy
 */
record Measurement(
        Row row,
        String implementation,
        double throughput,
        double cpuNanos,
        double bytes,
        double fairness,
        double slowest,
        double others) {}
