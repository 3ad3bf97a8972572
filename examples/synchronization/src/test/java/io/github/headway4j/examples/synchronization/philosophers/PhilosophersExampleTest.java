// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.philosophers;

import static io.github.headway4j.examples.synchronization.philosophers.Philosopher.ARISTOTLE;
import static io.github.headway4j.examples.synchronization.philosophers.Philosopher.KANT;
import static io.github.headway4j.examples.synchronization.philosophers.Philosopher.MARX;
import static io.github.headway4j.examples.synchronization.philosophers.Philosopher.RUSSELL;
import static io.github.headway4j.examples.synchronization.philosophers.Philosopher.SPINOZA;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.synchronization.philosophers.RealDeadlock.Wait;
import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PhilosophersExampleTest {
    private static final int MEALS = 2_000;

    @Test
    void predictedDeadlock_namesTheWholeCircle() {
        PredictedDeadlock.Result result = PredictedDeadlock.find();

        assertThat(result.ate()).containsExactly(KANT, ARISTOTLE, SPINOZA, MARX);
        assertThat(result.refused()).isEqualTo(RUSSELL);
        assertThat(result.circle())
                .containsExactly(
                        "fork 0 -> fork 1",
                        "fork 1 -> fork 2",
                        "fork 2 -> fork 3",
                        "fork 3 -> fork 4",
                        "fork 4 -> fork 0");
    }

    @Test
    void realDeadlock_tellsWhoWaitsForWhom() throws InterruptedException {
        RealDeadlock.Result result = RealDeadlock.provoke();

        assertThat(result.waits())
                .containsExactly(
                        new Wait(KANT, 1, ARISTOTLE),
                        new Wait(ARISTOTLE, 2, SPINOZA),
                        new Wait(SPINOZA, 3, MARX),
                        new Wait(MARX, 4, RUSSELL),
                        new Wait(RUSSELL, 0, KANT));
        assertThat(result.waits().get(0)).hasToString("Kant waits for fork 1, which Aristotle holds");
    }

    @Test
    void realDeadlock_isFoundByTheVirtualMachine() throws InterruptedException {
        assertThat(RealDeadlock.provoke().foundByJvm()).containsExactlyInAnyOrder(Philosopher.values());
    }

    @Test
    void realDeadlock_endsWithOneInterrupt() throws InterruptedException {
        RealDeadlock.Result result = RealDeadlock.provoke();

        assertThat(result.gaveUp()).containsExactly(KANT);
        assertThat(result.ate()).containsExactlyInAnyOrder(ARISTOTLE, SPINOZA, MARX, RUSSELL);
        assertThat(result.forksLeft()).isZero();
    }

    @Test
    void safeDinner_everybodyEatsAllHisMeals() throws InterruptedException {
        List<Integer> progress = new ArrayList<>();
        SafeDinner.Result result = SafeDinner.serve(MEALS, progress::add);

        assertThat(result.meals()).containsOnlyKeys(Philosopher.values());
        assertThat(result.meals().values()).containsOnly(MEALS);
        assertThat(result.totalMeals()).isEqualTo(5 * MEALS);
        assertThat(result.clashes()).isZero();
        assertThat(result.forkUses()).hasSize(5).containsOnly(2 * MEALS);
        assertThat(progress).isSorted().allMatch(percent -> percent >= 0).last().isEqualTo(100);
    }

    @Test
    void main_printsTheThreeParts() throws Exception {
        assertThat(ProgramRun.linesOf(PhilosophersExample.class))
                .contains(
                        "[Kant, Aristotle, Spinoza, Marx] ate; Russell was refused, because of the circle",
                        "    Russell waits for fork 0, which Kant holds",
                        "Interrupted, [Kant] gave up; then [Aristotle, Spinoza, Marx, Russell] could eat."
                                + " Forks still taken: 0")
                .last()
                .asString()
                .matches("50,000 meals in \\d+ ms; a fork in two hands at once: 0 times");
    }

    @Test
    void safeDinner_interrupted_allLeave() {
        try (TestThreads threads = new TestThreads()) {
            CountDownLatch served = new CountDownLatch(1);
            TestThread<?> host =
                    threads.start("host", () -> SafeDinner.serve(Integer.MAX_VALUE / 5, percent -> served.countDown()));
            Await.until("some meals", () -> served.getCount() == 0);
            host.interrupt();
            assertThat(host.failure()).isInstanceOf(InterruptedException.class);
        }
        assertThat(ThreadsOfProgram.alive("guest-")).isEmpty();
    }
}
