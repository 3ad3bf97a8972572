// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import io.github.headway4j.stress.soak.Soak;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the jcstress suite: the tests of shipped classes, in which no forbidden outcome may come, and apart from them
 * the broken controls, in which it must. With {@code soak} as the first argument, runs the soak tests.
 */
public final class StressTests {

    private static final int BAD_USAGE = 2;

    /** The part of a time budget that is for the tests; the rest is for the controls. */
    private static final double SHARE_OF_TESTS = 0.75;

    /** What jcstress does before the first test and after the last. */
    private static final Duration FRAME = Duration.ofSeconds(10);

    private StressTests() {}

    /**
     * Runs the suite and ends the JVM: with 0 if all is well, 1 if a promise was broken or nothing was tested, 2 if the
     * arguments make no sense.
     *
     * @param arguments see {@code --help}
     * @throws IOException if results cannot be written or read
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int code;
        try {
            code = run(Arrays.asList(arguments), System.out);
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            System.err.println("Try --help.");
            code = BAD_USAGE;
        }
        System.exit(code);
    }

    static int run(List<String> arguments, PrintStream out) throws IOException, InterruptedException {
        if (!arguments.isEmpty() && arguments.get(0).equals("soak")) {
            return Soak.run(arguments.subList(1, arguments.size()), out);
        }
        StressOptions options = StressOptions.parse(arguments);
        if (options.help()) {
            out.print(StressOptions.USAGE);
            return 0;
        }
        Selection selection = Selection.all().filtered(options.module(), options.test());
        if (!options.controls()) {
            selection = selection.withoutControls();
        }
        if (options.list()) {
            list(selection, out);
            return 0;
        }
        if (selection.tests().isEmpty()) {
            out.println("No test matches.");
            out.println("0 passed, 1 failed");
            return 1;
        }
        return run(options, selection, out);
    }

    private static void list(Selection selection, PrintStream out) {
        selection.tests().forEach(test -> out.println(test.name() + ": " + test.promise()));
        selection.controls().forEach(test -> out.println(test.name() + ": control: " + test.promise()));
    }

    private static int run(StressOptions options, Selection selection, PrintStream out)
            throws IOException, InterruptedException {
        Machine machine = Machine.of(options.jdk());
        out.println(machine);
        out.println();
        Path results = options.results().toAbsolutePath();
        List<StressTest> tests = selection.tests();
        List<StressTest> controls = selection.controls();

        Knobs testKnobs = Knobs.forTests(options.mode());
        Knobs controlKnobs = Knobs.forControls(options.mode());
        Duration budget = options.budget();
        if (budget != null) {
            double share = controls.isEmpty() ? 1.0 : SHARE_OF_TESTS;
            testKnobs = testKnobs.within(part(budget, share), tests.size(), machine);
            controlKnobs = controlKnobs.within(part(budget, 1.0 - share), controls.size(), machine);
        }
        announce("Tests", tests, testKnobs, machine, out);
        JcstressRun testRun = JcstressRun.run(tests, testKnobs, options.jdk(), results.resolve("tests"), out);
        JcstressRun controlRun = null;
        if (!controls.isEmpty()) {
            announce("Controls", controls, controlKnobs, machine, out);
            controlRun = JcstressRun.run(controls, controlKnobs, options.jdk(), results.resolve("controls"), out);
        }

        Summary summary = Summary.of(tests, testRun, controls, controlRun, options.insistsOnControls());
        out.println();
        out.println(machine);
        summary.print(out);
        out.println("Report of the tests:    " + testRun.report());
        if (controlRun != null) {
            out.println("Report of the controls: " + controlRun.report());
        }
        out.println(summary.lastLine());
        return summary.exitCode();
    }

    private static void announce(String what, List<StressTest> tests, Knobs knobs, Machine machine, PrintStream out) {
        Duration estimate = knobs.estimate(tests.size(), machine).plus(FRAME);
        out.println(what + ": " + tests.size() + ", JVMs for each: " + knobs.configurations(machine) + ", "
                + knobs.iterations() + " x " + knobs.millis() + " ms, about " + estimate.toMinutes() + " min "
                + estimate.toSecondsPart() + " s");
    }

    private static Duration part(Duration budget, double share) {
        Duration part = Duration.ofMillis((long) (budget.toMillis() * share)).minus(FRAME);
        return part.isNegative() ? Duration.ZERO : part;
    }
}
