// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What the machine is busy with while nothing of ours runs.
 *
 * @param average the system's load average over the last minute; negative where it does not tell
 * @param busyProcessors how many processors were busy for the last second; negative where the system does not tell
 */
record Load(double average, double busyProcessors) {
    private static final long SAMPLE_MILLIS = 1000;

    /** Busy with more than this share of its processors, the machine is not fit to measure on. */
    private static final double MOST_BUSY = 0.1;

    /** Watches the machine for a second. */
    static Load sample() throws InterruptedException {
        ProcessorUse before = ProcessorUse.now();
        Thread.sleep(SAMPLE_MILLIS);
        double busy = ProcessorUse.now().busyProcessorsSince(before);
        double average = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return new Load(average, Double.isNaN(busy) ? -1 : busy);
    }

    /** Whether others use the machine: judged by the last second or, where that is unknown, by the load average. */
    boolean isHigh(int processors) {
        double load = busyProcessors >= 0 ? busyProcessors : average;
        return load > MOST_BUSY * processors;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "load average %.2f, %.2f processors busy", average, busyProcessors);
    }
}
