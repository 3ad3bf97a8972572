// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures a named set of rows within a time budget, ours and the peers taking turns.
 *
 * <p>Exit codes: 0 for measured, 1 for something that failed to run, 2 for arguments that make no sense, 3 for a machine
 * that others use where an idle one was required.
 */
public final class Benchmarks {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final CommandLine command;
    private final int jdk;
    private final List<Row> rows;
    private final Fork fork;
    private final List<RunResult> results = new ArrayList<>();
    private final boolean withoutPython;
    private int failures;

    private Benchmarks(CommandLine command, Fork fork) {
        this.command = command;
        this.fork = fork;
        List<Row> wanted = BenchmarkSets.find(command.name());
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("no set and no row is called " + command.name() + "; sets: "
                    + String.join(", ", BenchmarkSets.names()));
        }
        jdk = fork.feature();
        withoutPython = wanted.stream().anyMatch(Benchmarks::isHeldAgainstPython) && !PythonPool.isThere();
        rows = wanted.stream()
                .filter(row -> BenchmarkSets.leastJdk(row) <= jdk)
                .filter(row -> !withoutPython || !isHeldAgainstPython(row))
                .toList();
        wanted.stream()
                .filter(row -> !rows.contains(row))
                .forEach(row -> System.out.println("Left out: " + row.name() + " needs "
                        + (isHeldAgainstPython(row)
                                ? "python3, and there is none."
                                : "JDK " + BenchmarkSets.leastJdk(row) + " or later, and this is " + jdk + ".")));
        rows.forEach(row -> row.implementations().stream()
                .filter(implementation -> BenchmarkSets.leastJdk(row, implementation) > jdk)
                .forEach(implementation -> System.out.println("Left out of " + row.name() + ": " + implementation
                        + " needs JDK " + BenchmarkSets.leastJdk(row, implementation) + " or later, and this is " + jdk
                        + ".")));
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("nothing of " + command.name() + " can be measured on JDK " + jdk
                    + (withoutPython ? " without python3" : ""));
        }
    }

    private static boolean isHeldAgainstPython(Row row) {
        return row.implementations().contains(ProcessRows.PYTHON);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) throws IOException, InterruptedException {
        try {
            CommandLine command = CommandLine.parse(arguments);
            if (command.list()) {
                System.out.print(listing());
                return 0;
            }
            if (command.report().isPresent()) {
                System.out.print(Results.ofRaw(command.report().get()).writePage());
                return 0;
            }
            return measure(command);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(CommandLine.USAGE);
            return 2;
        }
    }

    private static int measure(CommandLine command) throws IOException, InterruptedException {
        Fork fork = new Fork(command.jdk().orElseGet(() -> Path.of(System.getProperty("java.home"))));
        Optional<Survey> survey = Survey.find(command.name());
        Optional<Benchmarks> benchmarks =
                survey.isPresent() ? Optional.empty() : Optional.of(new Benchmarks(command, fork));
        Load before = Load.sample();
        if (before.isHigh(Runtime.getRuntime().availableProcessors())) {
            System.err.println("Others use this machine (" + before + "): figures will not be trustworthy.");
            if (command.requireIdle()) {
                return 3;
            }
        }
        return benchmarks.isPresent()
                ? benchmarks.get().measure(before)
                : SurveyRun.measure(survey.orElseThrow(), command, fork, before, files(command));
    }

    static String listing() {
        StringBuilder listing = new StringBuilder();
        for (String set : BenchmarkSets.names()) {
            List<Row> rows = BenchmarkSets.find(set);
            listing.append(set).append(" (").append(rows.size()).append(rows.size() == 1 ? " row)\n" : " rows)\n");
            for (Row row : rows) {
                listing.append("  ")
                        .append(row.name())
                        .append(": ")
                        .append(row.title())
                        .append(": ");
                listing.append(String.join(", ", row.implementations())).append('\n');
            }
        }
        for (Survey survey : Survey.values()) {
            listing.append(survey.title()).append(": ").append(survey.words()).append('\n');
        }
        return listing.toString();
    }

    private int measure(Load before) throws IOException, InterruptedException {
        int runsPerRound =
                rows.stream().mapToInt(row -> implementations(row).size()).sum();
        Plan plan = Plan.divide(command.budget(), runsPerRound, command.rounds());
        System.out.printf(
                Locale.ROOT,
                "%s: %d rounds of %d runs, %d + %d iterations of %d ms each; about %d s%n",
                command.name(),
                plan.rounds(),
                runsPerRound,
                plan.warmups(),
                plan.measurements(),
                plan.iteration().toMillis(),
                plan.total().toSeconds());
        if (plan.total().compareTo(command.budget()) > 0) {
            System.err.println("The budget of " + command.budget().toSeconds() + " s is too small for less than that.");
        }
        Calibration calibration = fork.calibrate();
        System.out.println(calibration);
        Results files = files(command);
        JsonArray raw = new JsonArray();
        for (int round = 0; round < plan.rounds(); round++) {
            runRound(round, plan, calibration);
            raw = JmhResults.toJson(results);
            files.writeRaw(raw);
        }
        files.writeMachine(Machine.describe(raw, calibration, before));
        System.out.println();
        System.out.print(files.writePage());
        System.out.println("\nKept in " + files);
        return failures == 0 ? 0 : 1;
    }

    private List<String> implementations(Row row) {
        return BenchmarkSets.implementationsOn(jdk, row);
    }

    private void runRound(int round, Plan plan, Calibration calibration) {
        for (Row row : rows) {
            for (String implementation : Plan.order(implementations(row), round)) {
                System.out.printf("round %d of %d  %s  %s  ", round + 1, plan.rounds(), row.name(), implementation);
                System.out.flush();
                try {
                    List<RunResult> measured = List.copyOf(fork.measure(row, implementation, calibration, plan));
                    results.addAll(measured);
                    System.out.println(measured.stream()
                            .map(result -> MarkdownReport.rate(JmhResults.throughput(result)) + "/s")
                            .collect(Collectors.joining(" ")));
                } catch (RunnerException e) {
                    failures++;
                    System.out.println("failed");
                    System.err.println(e.getMessage());
                }
            }
        }
    }

    private static Results files(CommandLine command) {
        Path folder = command.out()
                .orElseGet(() -> SourceVersion.root()
                        .map(root -> root.resolve("benchmarks"))
                        .orElseGet(() -> Path.of(""))
                        .resolve("results")
                        .resolve(Machine.folderName()));
        return new Results(folder, DATE.format(Instant.now()) + "-" + command.name());
    }
}
