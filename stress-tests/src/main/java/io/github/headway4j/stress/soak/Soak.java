// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Barrier;
import io.github.headway4j.stress.Machine;
import io.github.headway4j.stress.UsageException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/** Runs rounds of one group of scenarios after the other until the time is up, checking the books after each round. */
public final class Soak {

    /** Short: what was lost shows at the end of a round, when nothing else can help who waits. */
    private static final Duration ROUND = Duration.ofSeconds(1);

    /** A round is reported after at least so many others, and then one of another group. */
    private static final int ROUNDS_PER_REPORT = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Soak() {}

    /**
     * Runs the soak tests.
     *
     * @param arguments {@code --minutes N} or {@code --seconds N}, {@code --seed S}, {@code --threads N},
     *     {@code --module NAME}
     * @param out where to print
     * @return 0 if all is well, 1 if something was lost, made, thrown or stuck
     * @throws InterruptedException if the thread is interrupted
     * @throws UsageException if the arguments make no sense
     */
    public static int run(List<String> arguments, PrintStream out) throws InterruptedException {
        SoakOptions options = SoakOptions.parse(arguments);
        List<Group> groups = groups().stream()
                .filter(group -> options.module() == null || group.module().equals(options.module()))
                .toList();
        if (groups.isEmpty()) {
            throw new UsageException("--module is '" + options.module() + "'; expected one of "
                    + groups().stream().map(Group::module).distinct().toList());
        }
        out.println(Machine.of(Path.of(System.getProperty("java.home"))));
        out.println("Soak of " + options.time().toSeconds() + " s with " + options.threads() + " threads"
                + (VirtualThreads.available() ? ", half of them virtual" : ", no virtual ones on this JDK") + ", seed "
                + options.seed());
        return run(options, groups, PATIENCE, out);
    }

    /** All that is tested. */
    static List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        groups.add(new Group("primitives", "primitives", primitives()));
        groups.addAll(QueueGroups.all());
        groups.addAll(SchedulerGroups.all());
        groups.addAll(SharedGroups.all());
        return groups;
    }

    private static List<Scenario> primitives() {
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

    /** Rounds of the groups in turn. A short soak has rounds so short that each group has its turn. */
    static int run(SoakOptions options, List<Group> groups, Duration patience, PrintStream out)
            throws InterruptedException {
        long nanos = options.time().toNanos();
        long end = System.nanoTime() + nanos;
        long longest = Math.min(ROUND.toNanos(), nanos / (2L * groups.size()));
        int roundsPerReport = Math.max(ROUNDS_PER_REPORT, groups.size() + 1);
        int rounds = 0;
        int failed = 0;
        long steps = 0;
        long turns = 0;
        long left;
        while (failed == 0 && (left = end - System.nanoTime()) > 0) {
            Group group = groups.get(rounds % groups.size());
            rounds++;
            Duration time = Duration.ofNanos(Math.min(left, longest));
            Round round = new Round(group.scenarios(), options.threads(), options.seed() + rounds, patience);
            List<String> failures = round.run(time, out);
            steps += round.steps();
            turns += round.turns();
            if (!failures.isEmpty() || rounds % roundsPerReport == 1) {
                out.println("Round " + rounds + ", " + group.name() + ": " + round.summary());
            }
            for (String failure : failures) {
                out.println("  " + failure);
            }
            failed += failures.isEmpty() ? 0 : 1;
        }
        if (failed > 0) {
            out.println(String.format(
                    Locale.ROOT,
                    "To repeat: soak --seed %d --threads %d%s",
                    options.seed(),
                    options.threads(),
                    options.module() == null ? "" : " --module " + options.module()));
        }
        out.println(String.format(Locale.ROOT, "All rounds: %,d steps, %,d turns of rings", steps, turns));
        out.println((rounds - failed) + " passed, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }
}
