// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.stress.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SoakTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private int run(Scenario scenario, Duration patience) throws InterruptedException {
        return run(scenario, SHORT, patience);
    }

    private int run(Scenario scenario, Duration time, Duration patience) throws InterruptedException {
        Group alone = new Group("somewhere", "one of them", scenario);
        return Soak.run(new SoakOptions(time, 42, 4, null), List.of(alone), patience, out);
    }

    @Test
    void soak_ofTheShippedClasses_passes() throws InterruptedException {
        assertThat(Soak.run(List.of("--seconds", "2", "--seed", "7"), out)).isZero();
        assertThat(output()).contains("seed 7", "Round 1, primitives: ", "turns of rings", " passed, 0 failed");
    }

    @ParameterizedTest
    @CsvSource({"queues, FIFO queues", "scheduler, timers and events"})
    void soak_ofOneModule_isOfThatModule(String module, String group) throws InterruptedException {
        assertThat(Soak.run(List.of("--seconds", "1", "--module", module), out)).isZero();
        assertThat(output()).contains("Round 1, " + group + ": ", " passed, 0 failed");
    }

    @Test
    void soak_ofTheShippedClasses_takesStepsInEachScenario() throws InterruptedException {
        List<Counting> scenarios = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        for (Group group : Soak.groups()) {
            List<Counting> counting =
                    group.scenarios().stream().map(Counting::new).toList();
            scenarios.addAll(counting);
            groups.add(new Group(group.module(), group.name(), List.copyOf(counting)));
        }
        SoakOptions options = new SoakOptions(Duration.ofSeconds(4), 11, 8, null);
        assertThat(Soak.run(options, groups, PATIENCE, out)).as(output()).isZero();
        assertThat(scenarios).allSatisfy(scenario -> {
            assertThat(scenario.steps.sum()).as(scenario.name()).isPositive();
            assertThat(scenario.checks).as(scenario.name()).isPositive();
        });
    }

    static Stream<Scenario> brokenScenarios() {
        Broken.OneSignal turn = new Broken.OneSignal();
        AtomicLong actions = new AtomicLong();
        AtomicLong otherActions = new AtomicLong();
        return Stream.of(
                new HandOffScenario("a losing event", new Broken.LosingEvent(), new Broken.LosingEvent()),
                new HandOffScenario("a mere flag", new Broken.MereFlag(), new Broken.MereFlag()),
                new HandOffScenario("one signal", turn.of(0), turn.of(1), turn.of(2)),
                new HandOffScenario(
                        "a forgetful semaphore", new Broken.ForgetfulSemaphore(), new Broken.ForgetfulSemaphore()),
                misusedQueue(Broken.Mistake.SIGNALS_FIRST),
                misusedQueue(Broken.Mistake.KEEPS_THE_SIGNAL),
                new LockstepScenario("two last parties", 3, new Broken.TwoLastParties(3, actions), actions::get),
                new LockstepScenario("one notified", 3, new Broken.OneNotified(3, otherActions), otherActions::get),
                brokenQueue(BrokenQueue.Mistake.LOSES_WHEN_INTERRUPTED),
                brokenQueue(BrokenQueue.Mistake.HANDS_OUT_TWICE),
                brokenQueue(BrokenQueue.Mistake.WAKES_BEFORE_THE_END),
                brokenQueue(BrokenQueue.Mistake.MISCOUNTS_TASKS),
                brokenTimers(BrokenTimers.Mistake.PREVENTS_WHAT_RUNS),
                brokenTimers(BrokenTimers.Mistake.FORGETS_A_RUN),
                brokenTimers(BrokenTimers.Mistake.FORGETS_WHO_WAITS),
                brokenTimers(BrokenTimers.Mistake.IS_OVER_TOO_EARLY),
                brokenTimers(BrokenTimers.Mistake.RUNS_AFTER_THE_END));
    }

    private static Scenario brokenTimers(BrokenTimers.Mistake mistake) {
        return new TimerScenario("timers: " + mistake, mistake);
    }

    private static Scenario brokenQueue(BrokenQueue.Mistake mistake) {
        return new QueueScenario("queue: " + mistake, mistake);
    }

    private static Scenario misusedQueue(Broken.Mistake mistake) {
        return new HandOffScenario(
                "a queue: " + mistake, new Broken.MisusedQueue(mistake), new Broken.MisusedQueue(mistake));
    }

    @ParameterizedTest
    @MethodSource("brokenScenarios")
    void soak_ofABrokenClass_fails(Scenario broken) throws InterruptedException {
        assertThat(run(broken, Duration.ofSeconds(30), Duration.ofMillis(500)))
                .as(output())
                .isOne();
        assertThat(output()).contains(broken.name(), ", 1 failed");
    }

    /** What is found in the others is their mistakes, and not what they are made of. */
    @Test
    void soak_ofAQueueAroundAnother_passes() throws InterruptedException {
        assertThat(run(brokenQueue(BrokenQueue.Mistake.NONE), Duration.ofSeconds(1), PATIENCE))
                .as(output())
                .isZero();
    }

    /** As with queues. */
    @Test
    void soak_ofTimersAroundOthers_passes() throws InterruptedException {
        assertThat(run(brokenTimers(BrokenTimers.Mistake.NONE), Duration.ofSeconds(1), PATIENCE))
                .as(output())
                .isZero();
    }

    @Test
    void soak_ofARingThatStandsStill_showsWhereItsThreadsAre() throws InterruptedException {
        Scenario broken = new HandOffScenario("a mere flag", new Broken.MereFlag(), new Broken.MereFlag());
        assertThat(run(broken, Duration.ofMillis(500))).isOne();
        assertThat(output())
                .contains(
                        "hand-off by a mere flag",
                        "waits for a wake-up that does not come for 500 ms",
                        "LockSupport.park");
    }

    @Test
    void soak_ofBooksThatDoNotBalance_fails() throws InterruptedException {
        Scenario broken = new Fake() {
            @Override
            public void check() {
                Scenario.expect("permits", 3, 2);
            }
        };
        assertThat(run(broken, PATIENCE)).isOne();
        assertThat(output())
                .contains(
                        "permits: expected 3, found 2", "To repeat: soak --seed 42 --threads 4", "0 passed, 1 failed");
    }

    @Test
    void soak_ofAStepThatThrows_fails() throws InterruptedException {
        Scenario broken = new Fake() {
            @Override
            public void step(SplittableRandom random) {
                throw new IllegalStateException("planted");
            }
        };
        assertThat(run(broken, PATIENCE)).isOne();
        assertThat(output()).contains("IllegalStateException: planted");
    }

    @Test
    void soak_ofAStepThatNeverEnds_showsWhereTheThreadsAre() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Scenario broken = new Fake() {
            @Override
            public void step(SplittableRandom random) {
                while (never.getCount() > 0) {
                    try {
                        never.await();
                    } catch (InterruptedException ignored) {
                        Thread.yield();
                    }
                }
            }
        };
        try {
            assertThat(run(broken, Duration.ofMillis(200))).isOne();
            assertThat(output()).contains("has not ended its step", "CountDownLatch.await", "0 passed, 1 failed");
        } finally {
            never.countDown();
        }
    }

    @Test
    void options_areUnderstood() {
        SoakOptions options =
                SoakOptions.parse(List.of("--minutes", "3", "--seed", "-5", "--threads=6", "--module", "queues"));
        assertThat(options).isEqualTo(new SoakOptions(Duration.ofMinutes(3), -5, 6, "queues"));
        assertThat(SoakOptions.parse(List.of()).threads())
                .isGreaterThan(Runtime.getRuntime().availableProcessors());
        for (List<String> nonsense : List.of(
                List.of("--minutes", "0"),
                List.of("--seconds", "x"),
                List.of("--threads", "1"),
                List.of("--mode", "x"))) {
            assertThatThrownBy(() -> SoakOptions.parse(nonsense)).isInstanceOf(UsageException.class);
        }
    }

    /** Another scenario, and how much of it has happened. */
    private static final class Counting implements Scenario {
        private final Scenario scenario;
        private final LongAdder steps = new LongAdder();
        private int checks;

        Counting(Scenario scenario) {
            this.scenario = scenario;
        }

        @Override
        public String name() {
            return scenario.name();
        }

        @Override
        public void step(SplittableRandom random) throws InterruptedException {
            scenario.step(random);
            steps.increment();
        }

        @Override
        public List<Ring> rings() {
            return scenario.rings();
        }

        @Override
        public void check() {
            checks++;
            scenario.check();
        }
    }

    /** Does nothing, correctly. */
    private abstract static class Fake implements Scenario {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public void step(SplittableRandom random) {
            Thread.yield();
        }

        @Override
        public void check() {
            Scenario.expect("nothing", 0, 0);
        }
    }
}
