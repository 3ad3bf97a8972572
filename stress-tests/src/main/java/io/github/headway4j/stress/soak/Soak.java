// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Barrier;
import io.github.headway4j.stress.Machine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/** Runs rounds of all scenarios at once until the time is up, checking the books after each round. */
public final class Soak {

    /** Short: what was lost shows at the end of a round, when nothing else can help who waits. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    private static final Duration REPORT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

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
        return run(options, scenarios(), PATIENCE, out);
    }

    /** All that is tested. */
    static List<Scenario> scenarios() {
        LongAdder actions = new LongAdder();
        Barrier barrier = new Barrier(3, actions::increment);
        List<Scenario> scenarios = new ArrayList<>(List.of(
                new SemaphoreScenario(false),
                new SemaphoreScenario(true),
                new MutexScenario(),
                new HoldAllScenario(),
                new KeyedScenario(),
                new GuardedScenario(),
                new BarrierScenario(2, false),
                new BarrierScenario(3, true),
                new SetScenario(),
                new LockstepScenario("barrier", 3, () -> await(barrier), actions::sum)));
        scenarios.addAll(Tokens.handOffs());
        return scenarios;
    }

    private static void await(Barrier barrier) throws InterruptedException, BrokenBarrierException {
        try {
            barrier.await();
        } catch (TimeoutException e) {
            throw new AssertionError("a barrier without a time-out", e);
        }
    }

    static int run(SoakOptions options, List<Scenario> scenarios, Duration patience, PrintStream out)
            throws InterruptedException {
        long end = System.nanoTime() + options.time().toNanos();
        long nextReport = System.nanoTime();
        int rounds = 0;
        int failed = 0;
        long left;
        while (failed == 0 && (left = end - System.nanoTime()) > 0) {
            rounds++;
            Duration time = Duration.ofNanos(Math.min(left, ROUND.toNanos()));
            Round round = new Round(scenarios, options.threads(), options.seed() + rounds, patience);
            List<String> failures = round.run(time, out);
            if (!failures.isEmpty() || System.nanoTime() - nextReport >= 0) {
                out.println("Round " + rounds + ": " + round.summary());
                nextReport = System.nanoTime() + REPORT.toNanos();
            }
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
