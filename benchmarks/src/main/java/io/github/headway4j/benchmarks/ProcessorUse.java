// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The processor time that the whole machine has used so far, from {@code /proc/stat}.
 *
 * @param busy ticks of work, those stolen by other guests of the host included
 * @param total ticks of all processors
 * @param processors how many there are
 */
record ProcessorUse(long busy, long total, int processors) {
    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final ProcessorUse UNKNOWN = new ProcessorUse(0, 0, 0);

    /** Returns the use until now; unknown where the system does not tell, or tells it of more than this JVM may use. */
    static ProcessorUse now() {
        try {
            return Files.isReadable(STATISTICS)
                    ? parse(Files.readAllLines(STATISTICS), Runtime.getRuntime().availableProcessors())
                    : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    static ProcessorUse parse(List<String> lines, int processors) {
        long described =
                lines.stream().filter(line -> line.matches("cpu\\d+ .*")).count();
        if (described != processors) {
            return UNKNOWN;
        }
        String[] fields = lines.get(0).trim().split(" +");
        long[] ticks = new long[8]; // user, nice, system, idle, iowait, irq, softirq, steal
        long total = 0;
        for (int i = 0; i < ticks.length && i + 1 < fields.length; i++) {
            ticks[i] = Long.parseLong(fields[i + 1]);
            total += ticks[i];
        }
        return new ProcessorUse(total - ticks[3] - ticks[4], total, processors);
    }

    /** Returns how many processors were busy on the average since {@code before}; NaN where unknown. */
    double busyProcessorsSince(ProcessorUse before) {
        long ticks = total - before.total;
        return before.processors == 0 || ticks <= 0 ? Double.NaN : (double) (busy - before.busy) / ticks * processors;
    }
}
