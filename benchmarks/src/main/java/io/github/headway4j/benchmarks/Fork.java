// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JVMs of one JDK, all with the same arguments. */
final class Fork {
    private static final List<String> JVM_ARGUMENTS = List.of("-XX:+UseG1GC", "-Xms512m", "-Xmx512m");

    /** Of one iteration beyond its own time, after which JMH interrupts what hangs. */
    private static final TimeValue PATIENCE = TimeValue.seconds(30);

    private final Path home;
    private final Path java;

    /** Takes a JDK's home, which must hold {@code bin/java}. */
    Fork(Path home) {
        this.home = home;
        java = home.resolve("bin").resolve("java");
        if (!Files.isExecutable(java)) {
            throw new IllegalArgumentException("no JDK in " + home + ": it has no bin/java");
        }
    }

    /**
     * Returns the JDK's feature number, such as 17, from its {@code release} file; that of this JVM if there is none.
     */
    int feature() {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)) {
            return Runtime.version().feature();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
        return Runtime.Version.parse(version).feature();
    }

    /** Runs one implementation of a row once. What JMH printed is in the exception, should it fail. */
    Collection<RunResult> measure(Row row, String implementation, Calibration calibration, Plan plan)
            throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(Fork.class.getPackageName() + "." + row.benchmark()) + "$")
                .jvm(java.toString())
                .jvmArgs(JVM_ARGUMENTS.toArray(String[]::new))
                .forks(1)
                .threads(row.threads())
                .warmupIterations(plan.warmups())
                .warmupTime(TimeValue.milliseconds(plan.iteration().toMillis()))
                .measurementIterations(plan.measurements())
                .measurementTime(TimeValue.milliseconds(plan.iteration().toMillis()))
                .timeout(PATIENCE)
                .shouldFailOnError(true)
                .addProfiler(CpuTimeProfiler.class)
                .addProfiler(ThreadShareProfiler.class)
                .addProfiler(GCProfiler.class)
                .param(Row.IMPLEMENTATION, implementation);
        for (Map.Entry<String, String> parameter : row.parameters().entrySet()) {
            options.param(parameter.getKey(), parameter.getValue());
        }
        if (row.calibrated()) {
            options.param(Row.TOKENS, Long.toString(calibration.tokens()));
        }
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
        try {
            return new Runner(options.build(), OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL)).run();
        } catch (RunnerException e) {
            throw new RunnerException(log.toString(StandardCharsets.UTF_8), e);
        }
    }

    /** Calibrates the work of threads on this JDK. */
    Calibration calibrate() throws IOException, InterruptedException {
        return Calibration.parse(output(List.of(), Calibration.class));
    }

    /** Runs a survey once: its entry. */
    JsonObject survey(Survey survey, String implementation) throws IOException, InterruptedException {
        String output = output(JVM_ARGUMENTS, Survey.class, survey.title(), implementation);
        String entry = output.lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no figures: " + output));
        return JsonParser.parseString(entry).getAsJsonObject();
    }

    private String output(List<String> jvmArguments, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(
                    main.getSimpleName() + " ended with exit code " + process.exitValue() + ": " + output);
        }
        return output;
    }
}
