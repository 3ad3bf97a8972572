// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The guided tour: runs programs of the examples one after another, compares each with the naive way and checks it.
 *
 * <p>The exit code is 0 if each stop passed, 1 if one failed and 2 if the arguments make no sense.
 */
@Command(
        name = "tour",
        sortOptions = false,
        header = {"A guided tour of Headway: short real programs, each compared with the naive way and checked.", ""},
        footer = {"", "Exit code: 0 if every stop passed, 1 if one failed, 2 for arguments that make no sense."})
public final class Tour implements Callable<Integer> {
    private static final String NO_COLOR = "--no-color";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Console console;
    private final List<Stop> stops;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "The stops to run, in this order; all if none is named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--list", description = "List the stops and do nothing else.")
    private boolean list;

    @Option(names = "--fast", description = "Use small sizes: less to see, over in seconds.")
    private boolean fast;

    @Option(
            names = NO_COLOR,
            description = "Print plain text: no colours, no moving progress bar. So do pipes, files and NO_COLOR.")
    private boolean noColor;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private Tour(Console console, List<Stop> stops) {
        this.console = console;
        this.stops = stops;
    }

    /**
     * Runs the tour and ends the program.
     *
     * @param args names of stops and options; {@code --help} lists them
     */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        System.exit(run(Console.standard(), System.err, Stops.all(), args));
    }

    /**
     * Runs the tour.
     *
     * @param console where to print
     * @param errors where to print what is wrong with the arguments
     * @param stops the stops there are
     * @param args names of stops and options
     * @return the exit code
     */
    static int run(Console console, PrintStream errors, List<Stop> stops, String... args) {
        Console chosen = List.of(args).contains(NO_COLOR) ? console.plain() : console;
        return new CommandLine(new Tour(chosen, stops))
                .setOut(new PrintWriter(chosen.stream(), true))
                .setErr(new PrintWriter(errors, true))
                .setColorScheme(chosen.colours())
                .setUsageHelpWidth(Page.WIDTH)
                .setParameterExceptionHandler(Tour::explain)
                .execute(args);
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Stop> chosen = names.isEmpty()
                ? stops
                : names.stream().distinct().map(this::stop).toList();
        if (list) {
            new Page(console).list(chosen);
            return CommandLine.ExitCode.OK;
        }
        return new Guide(console, fast, PATIENCE).lead(chosen)
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    private Stop stop(String name) {
        return stops.stream()
                .filter(stop -> stop.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(spec.commandLine(), unknown(name)));
    }

    private String unknown(String name) {
        String known = stops.stream().map(Stop::name).collect(Collectors.joining(", "));
        return "There is no stop named '" + name + "'. The stops are: " + known + ".";
    }

    private static int explain(ParameterException mistake, String[] args) {
        PrintWriter errors = mistake.getCommandLine().getErr();
        errors.println("tour: " + mistake.getMessage());
        errors.println("Try 'tour --help'.");
        return CommandLine.ExitCode.USAGE;
    }
}
