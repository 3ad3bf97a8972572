// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Expect;

/**
 * The end of a run: a table, what is wrong, and the exit code.
 *
 * @param verdicts those on the tests and on the controls
 * @param complaints what else went wrong
 * @param insistsOnControls whether a control that did not show its bad outcome is a failure
 */
record Summary(List<Verdict> verdicts, List<String> complaints, boolean insistsOnControls) {

    private static final int MESSAGES = 5;

    /** Of tests and, if they ran, controls. */
    static Summary of(
            List<StressTest> tests,
            JcstressRun testRun,
            List<StressTest> controls,
            @Nullable JcstressRun controlRun,
            boolean insistsOnControls) {
        List<Verdict> verdicts = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        tests.forEach(test -> verdicts.add(Verdict.of(test, testRun.tallies())));
        complain(complaints, "tests", testRun);
        if (controlRun != null) {
            controls.forEach(control -> verdicts.add(Verdict.of(control, controlRun.tallies())));
            complain(complaints, "controls", controlRun);
        }
        return new Summary(verdicts, complaints, insistsOnControls);
    }

    private static void complain(List<String> complaints, String what, JcstressRun run) {
        if (run.hung()) {
            complaints.add("The " + what + " hung after " + run.finished() + " of "
                    + (run.planned() == 0 ? "?" : run.planned()) + " JVMs; see " + run.log() + " and the thread dumps"
                    + " beside it");
        } else if (run.planned() == 0) {
            complaints.add("jcstress planned no JVM for the " + what + "; see " + run.log());
        } else if (!run.isComplete()) {
            complaints.add("Of " + run.planned() + " JVMs planned for the " + what + " only " + run.finished()
                    + " gave a result; see " + run.log());
        }
    }

    long passed() {
        return verdicts.stream().filter(Verdict::isPassed).count();
    }

    long failed() {
        return verdicts.stream().filter(this::isFailed).count() + complaints.size();
    }

    private boolean isFailed(Verdict verdict) {
        return !verdict.isPassed() && (verdict.kind() != Verdict.Kind.NOT_SEEN || insistsOnControls);
    }

    /** 0 if some test passed, and nothing failed. */
    int exitCode() {
        boolean somethingTested = verdicts.stream().anyMatch(verdict -> verdict.kind() == Verdict.Kind.PASSED);
        return somethingTested && failed() == 0 ? 0 : 1;
    }

    /** Prints all of it, but for the last line. */
    void print(PrintStream out) {
        print(out, "Promises", false);
        print(out, "Controls: planted bugs, which must show", true);
        complaints.forEach(out::println);
        long notSeen = verdicts.stream()
                .filter(verdict -> verdict.kind() == Verdict.Kind.NOT_SEEN)
                .count();
        if (notSeen > 0 && !insistsOnControls) {
            out.println("Controls not seen: " + notSeen + " (a run in sanity mode is too short to insist)");
        }
        List<StressTest> notRun = verdicts.stream()
                .filter(verdict -> verdict.kind() == Verdict.Kind.NOT_RUN)
                .map(Verdict::test)
                .toList();
        if (!notRun.isEmpty()) {
            out.println("Not run, for want of processors or because the run ended early:");
            notRun.forEach(test -> out.println("  " + test.shortName() + " (" + test.actors() + " threads at once)"));
        }
    }

    /** The last line. */
    String lastLine() {
        return passed() + " passed, " + failed() + " failed";
    }

    private void print(PrintStream out, String title, boolean controls) {
        List<Verdict> shown = verdicts.stream()
                .filter(verdict -> verdict.test().isControl() == controls)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        int width = shown.stream()
                .mapToInt(verdict -> verdict.test().shortName().length())
                .max()
                .orElse(0);
        out.println();
        out.println(title);
        out.println();
        for (Verdict verdict : shown) {
            Tally tally = verdict.tally();
            out.printf(
                    "%-9s  %-" + width + "s  %s%n",
                    verdict.kind(),
                    verdict.test().shortName(),
                    tally == null ? "" : tally.seen());
            out.printf("%-9s  %s%n", "", verdict.test().promise());
            if (tally != null && !verdict.isPassed()) {
                explain(out, tally, controls);
            }
        }
        out.println();
    }

    private static void explain(PrintStream out, Tally tally, boolean control) {
        for (Tally.Outcome outcome : tally.outcomes()) {
            if (!control && outcome.count() > 0 && outcome.expect() == Expect.FORBIDDEN) {
                out.println("           [" + outcome.id() + "] is forbidden: " + outcome.description());
            }
        }
        if (!tally.normal()) {
            out.println("           " + tally.status());
            tally.messages().stream().limit(MESSAGES).forEach(message -> out.println("           " + message.strip()));
        }
    }
}
