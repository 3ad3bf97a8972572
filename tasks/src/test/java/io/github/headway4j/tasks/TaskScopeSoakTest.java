// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scopes of all sorts, nested, with limits and deadlines, cancelled by failures, by time, by their subtasks and by
 * interrupts of their owners: no subtask ever outlives its scope. Everything is counted.
 */
class TaskScopeSoakTest {

    private static final int OWNERS = 3;
    private static final int SCOPES = 400;

    /** What one run has seen. */
    private static final class Figures {
        final AtomicLong begun = new AtomicLong();
        final AtomicLong ended = new AtomicLong();
        final AtomicLong scopes = new AtomicLong();
        final AtomicLong interrupted = new AtomicLong();
        final AtomicLong outlived = new AtomicLong();
    }

    private static final class Planned extends Exception {
        private static final long serialVersionUID = 1L;
    }

    static List<Object[]> kinds() {
        List<Object[]> kinds = new ArrayList<>();
        for (ThreadKind owners : ThreadKind.available()) {
            for (SubtaskThreads subtasks : SubtaskThreads.values()) {
                kinds.add(new Object[] {owners, subtasks});
            }
        }
        return kinds;
    }

    @ParameterizedTest(name = "owners {0}, subtasks {1}")
    @MethodSource("kinds")
    void noSubtask_outlivesItsScope(ThreadKind owners, SubtaskThreads subtasks) {
        Figures figures = new Figures();
        try (TestThreads threads = new TestThreads(owners)) {
            List<TestThread<Void>> started = new ArrayList<>();
            for (int i = 0; i < OWNERS; i++) {
                SplittableRandom random = new SplittableRandom(i);
                started.add(threads.start("owner " + i, () -> {
                    for (int n = 0; n < SCOPES; n++) {
                        playInterruptibly(subtasks, random, figures);
                    }
                }));
            }
            SplittableRandom random = new SplittableRandom(OWNERS);
            while (started.stream().anyMatch(TestThread::isAlive)) {
                started.get(random.nextInt(OWNERS)).interrupt();
                LockSupport.parkNanos(random.nextInt(2_000_000));
            }
        }
        assertThat(figures.outlived.get())
                .as("subtasks that outlived their scope, of %d", figures.begun.get())
                .isZero();
        assertThat(figures.ended.get()).isEqualTo(figures.begun.get());
        assertThat(figures.scopes.get()).isGreaterThanOrEqualTo((long) OWNERS * SCOPES);
        assertThat(figures.interrupted.get()).as("owners that were interrupted").isPositive();
    }

    private static void playInterruptibly(SubtaskThreads subtasks, SplittableRandom random, Figures figures) {
        try {
            play(subtasks, random.split(), figures, 2);
        } catch (InterruptedException e) {
            figures.interrupted.incrementAndGet();
        } catch (Exception planned) {
            assertThat(planned)
                    .isInstanceOfAny(
                            Planned.class,
                            ScopeTimeoutException.class,
                            CancellationException.class,
                            ExecutionException.class,
                            NoSuchElementException.class);
        }
    }

    /** One scope with subtasks as chance has it; when it is closed, none of them lives. */
    private static Object play(SubtaskThreads subtasks, SplittableRandom random, Figures figures, int depth)
            throws Exception {
        AtomicInteger live = new AtomicInteger();
        List<Policy<Object, ?>> policies =
                List.of(Policy.failFast(), Policy.results(), Policy.outcomes(), Policy.firstSuccess());
        figures.scopes.incrementAndGet();
        try (TaskScope<Object, ?> scope = TaskScope.open(policies.get(random.nextInt(4)), options -> {
            subtasks.choose(options);
            options.onUnseenFailure(failure -> {});
            if (random.nextInt(3) == 0) {
                options.concurrency(1 + random.nextInt(3));
            }
            if (random.nextInt(4) == 0) {
                options.deadline(Duration.ofNanos(random.nextInt(2_000_000)));
            }
        })) {
            int forks = random.nextInt(5);
            for (int i = 0; i < forks; i++) {
                SplittableRandom own = random.split();
                scope.fork(() -> {
                    figures.begun.incrementAndGet();
                    live.incrementAndGet();
                    try {
                        return act(scope, subtasks, own, figures, depth);
                    } finally {
                        live.decrementAndGet();
                        figures.ended.incrementAndGet();
                    }
                });
            }
            if (random.nextInt(4) > 0) {
                return scope.join();
            }
            return null;
        } finally {
            figures.outlived.addAndGet(live.get()); // runs after the scope was closed
        }
    }

    private static Object act(
            TaskScope<Object, ?> scope, SubtaskThreads subtasks, SplittableRandom random, Figures figures, int depth)
            throws Exception {
        switch (random.nextInt(8)) {
            case 0:
                throw new Planned();
            case 1:
                Thread.sleep(random.nextInt(3));
                return 1;
            case 2:
                LockSupport.parkNanos(random.nextInt(300_000)); // whatever interrupts it
                return 2;
            case 3:
                scope.cancel();
                return 3;
            case 4:
                if (scope.isCancelled()) {
                    return 4;
                }
                Thread.sleep(1);
                throw new Planned();
            case 5:
            case 6:
                return depth == 0 ? 6 : play(subtasks, random, figures, depth - 1);
            default:
                return 7;
        }
    }
}
