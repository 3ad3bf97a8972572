// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where figures were taken, as far as a reader needs it to judge them.
 *
 * @param processor the model
 * @param cores how many processors the JVM may use
 * @param memoryGibibytes the machine's memory, rounded
 * @param system the operating system and the architecture
 * @param jdk the JVM that was measured, with its version
 * @param jvmFlags its arguments
 * @param commit the version of the sources
 * @param calibration the work that threads do inside and outside a section
 * @param others how many processors were busy before the start; negative where the system does not tell
 */
record Machine(
        String processor,
        int cores,
        long memoryGibibytes,
        String system,
        String jdk,
        String jvmFlags,
        String commit,
        String calibration,
        double others) {
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** Describes this machine; what only the measured JVMs can tell is taken from their results. */
    static Machine describe(JsonArray results, Calibration calibration, Load before) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                processorModel(),
                system.getAvailableProcessors(),
                Math.round((double) system.getTotalMemorySize() / (1L << 30)),
                system.getName() + " " + system.getArch(),
                jdk(results),
                jvmFlags(results),
                SourceVersion.commit(),
                calibration.toString(),
                before.busyProcessors());
    }

    private static String jdk(JsonArray results) {
        if (results.isEmpty()) {
            return "unknown";
        }
        JsonObject first = results.get(0).getAsJsonObject();
        return first.get("vmName").getAsString() + " " + first.get("vmVersion").getAsString();
    }

    private static String jvmFlags(JsonArray results) {
        StringBuilder flags = new StringBuilder();
        if (!results.isEmpty()) {
            JsonArray arguments = results.get(0).getAsJsonObject().getAsJsonArray("jvmArgs");
            arguments.forEach(argument -> flags.append(argument.getAsString()).append(' '));
        }
        return flags.toString().trim();
    }

    /** Returns a name for a folder of results: the processor and the number of cores. */
    static String folderName() {
        String model = processorModel().toLowerCase(Locale.ROOT).replaceAll("\\((r|tm)\\)", "");
        return model.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "") + "-"
                + Runtime.getRuntime().availableProcessors() + "-cores";
    }

    private static String processorModel() {
        Path description = Path.of("/proc/cpuinfo");
        try {
            if (Files.isReadable(description)) {
                return Files.readAllLines(description).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).trim())
                        .findFirst()
                        .orElseGet(() -> System.getProperty("os.arch"));
            }
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
        return System.getProperty("os.arch");
    }

    String sentence() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %d GiB, %s; %s, flags `%s`; commit %s; %s. Before the start others kept %.2f"
                        + " processors busy.",
                processor,
                cores,
                memoryGibibytes,
                system,
                jdk,
                jvmFlags,
                commit,
                calibration,
                others);
    }

    String toJson() {
        return JSON.toJson(this);
    }

    static Machine fromJson(String json) {
        return JSON.fromJson(json, Machine.class);
    }
}
