// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.stress.Machine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Runs rounds of all scenarios at once until the time is up, checking the books after each round. */
public final class Soak {

    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Soak() {}

    /**
     * Runs the soak tests.
     *
     * @param arguments {@code --minutes N} or {@code --seconds N}, {@code --seed S}, {@code --threads N}
     * @param out where to print
     * @return 0 if all is well, 1 if something was lost, made, thrown or stuck
     * @throws InterruptedException if the thread is interrupted
     */
    public static int run(List<String> arguments, PrintStream out) throws InterruptedException {
        SoakOptions options = SoakOptions.parse(arguments);
        out.println(Machine.of(Path.of(System.getProperty("java.home"))));
        out.println("Soak of " + options.time().toSeconds() + " s with " + options.threads() + " threads"
                + (VirtualThreads.available() ? ", half of them virtual" : ", no virtual ones on this JDK") + ", seed "
                + options.seed());
        List<Scenario> scenarios = List.of(
                new SemaphoreScenario(false),
                new SemaphoreScenario(true),
                new MutexScenario(),
                new HoldAllScenario(),
                new KeyedScenario(),
                new GuardedScenario(),
                new BarrierScenario(2, false),
                new BarrierScenario(3, true),
                new SetScenario());
        return run(options, scenarios, PATIENCE, out);
    }

    static int run(SoakOptions options, List<Scenario> scenarios, Duration patience, PrintStream out)
            throws InterruptedException {
        long end = System.nanoTime() + options.time().toNanos();
        int rounds = 0;
        int failed = 0;
        long left;
        while (failed == 0 && (left = end - System.nanoTime()) > 0) {
            rounds++;
            Duration time = Duration.ofNanos(Math.min(left, ROUND.toNanos()));
            Round round = new Round(scenarios, options.threads(), options.seed() + rounds, patience);
            List<String> failures = round.run(time, out);
            out.println("Round " + rounds + ": " + round.summary());
            for (String failure : failures) {
                out.println("  " + failure);
            }
            failed += failures.isEmpty() ? 0 : 1;
        }
        if (failed > 0) {
            out.println(String.format(
                    Locale.ROOT, "To repeat: soak --seed %d --threads %d", options.seed(), options.threads()));
        }
        out.println((rounds - failed) + " passed, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }
}
