// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What the user asked for.
 *
 * @param name a set, a row, or empty where only a list or a report is wanted
 * @param list whether to list the sets
 * @param report results to make the page of again
 * @param budget the time for everything
 * @param jdk the JDK to measure on; the running one where empty
 * @param rounds how many rounds; 0 to choose
 * @param out the folder for the results; one under {@code benchmarks/results} where empty
 * @param requireIdle whether to refuse a machine that others use
 */
record CommandLine(
        String name,
        boolean list,
        Optional<Path> report,
        Duration budget,
        Optional<Path> jdk,
        int rounds,
        Optional<Path> out,
        boolean requireIdle) {
    static final String USAGE = """
            usage: java -jar headway-benchmarks.jar SET [options]    measure a set, or one row or survey by its name
                   java -jar headway-benchmarks.jar --list           list sets, rows and implementations
                   java -jar headway-benchmarks.jar --report FILE    make the page of kept results again
              --budget TIME      time for everything: 90s, 3m, 1h (default 3m)
              --jdk PATH         home of the JDK to measure on (default: the running one)
              --interleave N     rounds, each running every implementation once (default: 3 to 11, as time allows)
              --out DIR          folder for results (default: benchmarks/results/MACHINE)
              --require-idle     refuse to start while others use the machine (default: warn)
            """;

    private static final Duration BUDGET = Duration.ofMinutes(3);

    /** Reads the arguments; an {@link IllegalArgumentException} says what is wrong with them. */
    static CommandLine parse(String... arguments) {
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        String name = "";
        boolean list = false;
        boolean requireIdle = false;
        Optional<Path> report = Optional.empty();
        Optional<Path> jdk = Optional.empty();
        Optional<Path> out = Optional.empty();
        Duration budget = BUDGET;
        int rounds = 0;
        while (!left.isEmpty()) {
            String argument = left.remove();
            int equals = argument.indexOf('=');
            if (argument.startsWith("--") && equals > 0) {
                left.addFirst(argument.substring(equals + 1));
                argument = argument.substring(0, equals);
            }
            switch (argument) {
                case "--list" -> list = true;
                case "--require-idle" -> requireIdle = true;
                case "--report" -> report = Optional.of(Path.of(value(argument, left)));
                case "--jdk" -> jdk = Optional.of(Path.of(value(argument, left)));
                case "--out" -> out = Optional.of(Path.of(value(argument, left)));
                case "--budget" -> budget = duration(value(argument, left));
                case "--interleave" -> rounds = count(value(argument, left));
                default -> {
                    if (argument.startsWith("-") || !name.isEmpty()) {
                        throw new IllegalArgumentException("unexpected argument: " + argument);
                    }
                    name = argument;
                }
            }
        }
        if (name.isEmpty() && !list && report.isEmpty()) {
            throw new IllegalArgumentException("which set? " + String.join(", ", BenchmarkSets.names()));
        }
        return new CommandLine(name, list, report, budget, jdk, rounds, out, requireIdle);
    }

    private static String value(String option, Deque<String> left) {
        try {
            return left.remove();
        } catch (NoSuchElementException e) {
            throw new IllegalArgumentException(option + " needs a value", e);
        }
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            if (duration.compareTo(Duration.ZERO) > 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a time such as 90s or 3m: " + text, e);
        }
        throw new IllegalArgumentException("not a time above zero: " + text);
    }

    private static int count(String text) {
        int count;
        try {
            count = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number of rounds: " + text, e);
        }
        if (count <= 0) {
            throw new IllegalArgumentException("not a number of rounds: " + text);
        }
        return count;
    }
}
