// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants of the jcstress suite.
 *
 * @param mode how thorough
 * @param budget about how long all of it may take, or null for as long as the mode takes
 * @param module the module to test, or null for all
 * @param test a pattern that is found in the names of the tests to run, or null for all
 * @param jdk the home of the JDK that runs the tests
 * @param results the folder for reports
 * @param list whether to list the tests only
 * @param controls whether to run the controls as well
 * @param strictControls whether a control that does not show its bad outcome is a failure
 * @param help whether to print the usage only
 */
record StressOptions(
        Mode mode,
        @Nullable Duration budget,
        @Nullable String module,
        @Nullable Pattern test,
        Path jdk,
        Path results,
        boolean list,
        boolean controls,
        boolean strictControls,
        boolean help) {

    static final String USAGE = """
            usage: java -jar headway-stress-tests.jar [options]
                   java -jar headway-stress-tests.jar soak [--minutes N | --seconds N] [--seed S] [--threads N]
                                                          [--module MODULE]

              --mode MODE        sanity, quick, default or tough (default: quick)
              --budget TIME      about how long all of it may take: 90s, 5m, 1h30m (default: as the mode takes)
              --module MODULE    only the tests of this module, for instance primitives
              --test REGEX       only tests whose names contain a match
              --jdk HOME         the JDK that runs the tests (default: the one that runs this)
              --results DIR      where reports go (default: stress-results)
              --list             list the tests and stop
              --no-controls      leave out the broken controls
              --strict-controls  in sanity mode too, fail if a control does not show its bad outcome
              --help             this

            The exit code is 0 if every promise held and every control showed its bad outcome, 1 if not or if nothing
            was tested, 2 if the options make no sense.
            """;

    static StressOptions parse(List<String> arguments) {
        Mode mode = Mode.QUICK;
        Duration budget = null;
        String module = null;
        Pattern test = null;
        Path jdk = Path.of(System.getProperty("java.home"));
        Path results = Path.of("stress-results");
        boolean list = false;
        boolean controls = true;
        boolean strictControls = false;
        boolean help = false;
        CommandLine line = new CommandLine(arguments);
        while (line.hasNext()) {
            switch (line.next()) {
                case "--mode" -> mode = Mode.of(line.value());
                case "--budget" -> budget = line.time();
                case "--module" -> module = line.value();
                case "--test" -> test = pattern(line.value());
                case "--jdk" -> jdk = jdk(line.value());
                case "--results" -> results = Path.of(line.value());
                case "--list" -> list = true;
                case "--no-controls" -> controls = false;
                case "--strict-controls" -> strictControls = true;
                case "--help", "-h" -> help = true;
                default -> throw line.unknown();
            }
        }
        if (budget != null && mode == Mode.SANITY) {
            throw new UsageException("--budget needs a mode with measured times: quick, default or tough");
        }
        if (strictControls && !controls) {
            throw new UsageException("--no-controls and --strict-controls exclude each other");
        }
        return new StressOptions(mode, budget, module, test, jdk, results, list, controls, strictControls, help);
    }

    /** Whether a control that does not show its bad outcome is a failure. */
    boolean insistsOnControls() {
        return strictControls || mode.showsControls();
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new UsageException("--test is not a regular expression: " + e.getMessage());
        }
    }

    private static Path jdk(String home) {
        Path jdk = Path.of(home).toAbsolutePath().normalize();
        Path bin = jdk.resolve("bin");
        if (!Files.isExecutable(bin.resolve("java")) && !Files.isExecutable(bin.resolve("java.exe"))) {
            throw new UsageException("--jdk is '" + home + "'; expected the home of a JDK, with bin/java in it");
        }
        return jdk;
    }
}
