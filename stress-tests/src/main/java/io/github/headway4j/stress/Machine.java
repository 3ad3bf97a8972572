// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What the tests run on.
 *
 * @param processor the processor's model, as the system names it
 * @param processors how many of them the JVM may use
 * @param system the operating system and the architecture
 * @param jdk the JDK that runs the tests
 * @param jdkFeature its feature version, such as 17
 */
public record Machine(String processor, int processors, String system, String jdk, int jdkFeature) {

    /**
     * This machine, with the JDK in the given folder.
     *
     * @param jdkHome the home of a JDK
     * @return its description
     */
    public static Machine of(Path jdkHome) {
        Properties release = release(jdkHome);
        String version = unquoted(release.getProperty("JAVA_VERSION", System.getProperty("java.version")));
        String vendor = unquoted(release.getProperty("IMPLEMENTOR", System.getProperty("java.vendor")));
        String build = unquoted(release.getProperty("JAVA_RUNTIME_VERSION", version));
        return new Machine(
                processorModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                version + " (" + vendor + ", " + build + ")",
                Runtime.Version.parse(version).feature());
    }

    /** How many tests of two actors run at once. */
    int pairs() {
        return Math.max(1, processors / 2);
    }

    /** Whether jcstress runs each test with and without biased locking on this JDK. */
    boolean hasBiasedLocking() {
        return jdkFeature < 18;
    }

    @Override
    public String toString() {
        return "Processor: " + processor + ", " + processors + (processors == 1 ? " processor" : " processors")
                + System.lineSeparator() + "System:    " + system + System.lineSeparator() + "JDK:       " + jdk;
    }

    private static Properties release(Path jdkHome) {
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(jdkHome.resolve("release"), StandardCharsets.UTF_8)) {
            release.load(in);
        } catch (IOException noSuchFile) {
            release.clear();
        }
        return release;
    }

    private static String unquoted(String value) {
        return value.replace("\"", "");
    }

    private static String processorModel() {
        return fromProcfs()
                .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")))
                .or(() -> firstLine("sysctl", "-n", "machdep.cpu.brand_string"))
                .orElse("unknown model");
    }

    private static Optional<String> fromProcfs() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8);
            return lines.stream()
                    .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .filter(model -> !model.isEmpty())
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    private static Optional<String> firstLine(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst();
        } catch (IOException noSuchCommand) {
            return Optional.empty();
        }
    }
}
