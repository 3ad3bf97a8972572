// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * {@link TaskScope} and the list of results of {@link Tasks#map} under every interleaving that the model checker tries:
 * a lost wake-up shows as a hang.
 */
class TaskScopeLincheckTest {

    /** Threads of which the scope does not wait for more than the body, as of cached ones. */
    private static final class Plain extends TaskThreads {
        @Override
        Thread start(Runnable body) {
            new Thread(body).start();
            return null;
        }
    }

    private static void choose(ScopeOptions options) {
        options.threads = new Plain();
        options.parker = new SemaphoreParker();
        options.forkSites(false);
    }

    private static <T, R> TaskScope<T, R> open(Policy<T, R> policy, int concurrency) {
        return TaskScope.open(policy, options -> {
            choose(options);
            options.concurrency(concurrency);
        });
    }

    /** Ends by an interrupt only. */
    private static Object forEver() throws InterruptedException {
        new Semaphore(0).acquire();
        return "never";
    }

    private static void checked(Callable<?> scenario) {
        Model.check(() -> {
            try {
                scenario.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    @DisplayName("A join is woken by the last of two subtasks, and has the results of both")
    void join_isWokenByTheLast() {
        checked(() -> {
            try (TaskScope<Integer, List<Integer>> scope = open(Policy.results(), 2)) {
                scope.fork(() -> 1);
                scope.fork(() -> 2);
                List<Integer> both = scope.join();
                expect(both.equals(List.of(1, 2)), "joined " + both);
            }
            return null;
        });
    }

    @Test
    @DisplayName("A fork at the limit is woken by the subtask that ends")
    void forkAtTheLimit_isWoken() {
        checked(() -> {
            try (TaskScope<Integer, List<Integer>> scope = open(Policy.results(), 1)) {
                scope.fork(() -> 1);
                scope.fork(() -> 2);
                expect(scope.join().equals(List.of(1, 2)), "both");
            }
            return null;
        });
    }

    @Test
    @DisplayName("A cancellation against the beginning of a subtask: it is interrupted or never begins")
    void cancel_againstTheBeginning() {
        checked(() -> {
            try (TaskScope<Object, List<Outcome<Object>>> scope = open(Policy.outcomes(), 2)) {
                Thread other = start(scope::cancel);
                Subtask<Object> subtask = scope.fork(() -> forEver());
                expect(scope.join().equals(List.of(Outcome.cancelled())), "not cancelled: " + subtask);
                join(other);
            }
            return null;
        });
    }

    @Test
    @DisplayName("A cancellation against the end of a subtask: no interrupt is left in its thread")
    void cancel_againstTheEnd() {
        checked(() -> {
            boolean[] interrupted = {false};
            Policy<Object, Boolean> look = new Policy<>() {
                @Override
                public boolean onComplete(Subtask<? extends Object> subtask) {
                    interrupted[0] = Thread.currentThread().isInterrupted();
                    return false;
                }

                @Override
                public Boolean result() {
                    return interrupted[0];
                }
            };
            try (TaskScope<Object, Boolean> scope = open(look, 2)) {
                Thread other = start(scope::cancel);
                scope.fork(() -> "a");
                expect(!scope.join(), "an interrupt was left");
                join(other);
            }
            return null;
        });
    }

    @Test
    @DisplayName("A fork that waits at the limit leaves when the scope is cancelled")
    void cancel_againstAForkThatWaits() {
        checked(() -> {
            try (TaskScope<Object, List<Outcome<Object>>> scope = open(Policy.outcomes(), 1)) {
                Thread other = start(scope::cancel);
                scope.fork(() -> forEver());
                scope.fork(() -> forEver());
                expect(scope.join().stream().noneMatch(Outcome::isSuccess), "not cancelled");
                join(other);
            }
            return null;
        });
    }

    @Test
    @DisplayName("A map of two workers gives all results in order, with room for one more only")
    void map_isInOrder() {
        checked(() -> {
            try (TaskResults<Integer> results = Tasks.map(
                    List.of(1, 2, 3), 2, i -> i, options -> options.ahead(2).scope(TaskScopeLincheckTest::choose))) {
                List<Integer> all = results.toList();
                expect(all.equals(List.of(1, 2, 3)), "got " + all);
            }
            return null;
        });
    }

    @Test
    @DisplayName("A map that gives results as they come gives each once")
    void mapUnordered_givesEachOnce() {
        checked(() -> {
            try (TaskResults<Integer> results = Tasks.mapUnordered(
                    List.of(1, 2), 2, i -> i, options -> options.ahead(2).scope(TaskScopeLincheckTest::choose))) {
                List<Integer> all = results.toList();
                expect(all.size() == 2 && all.contains(1) && all.contains(2), "got " + all);
            }
            return null;
        });
    }
}
