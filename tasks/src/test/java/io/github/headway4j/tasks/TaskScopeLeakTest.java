// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.ThreadKind;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What scopes leave behind: nothing. */
class TaskScopeLeakTest {

    private static final int SCOPES = 100_000;
    private static final int FORKS = 20_000;

    /** One in so many is watched. */
    private static final int SAMPLE = 1_000;

    @Test
    void manyScopes_leaveNeitherScopesNorTasksNorThreads() throws Exception {
        List<WeakReference<Object>> watched = new ArrayList<>();
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        int before = Thread.activeCount();
        for (int i = 0; i < SCOPES; i++) {
            boolean cancelled = i % 3 == 0;
            Object kept = new Object();
            try (TaskScope<Object, List<Outcome<Object>>> scope = TaskScope.open(Policy.outcomes())) {
                scope.fork(() -> {
                    begun.incrementAndGet();
                    ended.incrementAndGet();
                    return kept;
                });
                if (!cancelled) {
                    scope.join();
                }
                if (i % SAMPLE == 0) {
                    watched.add(new WeakReference<>(scope));
                    watched.add(new WeakReference<>(kept));
                }
            }
            assertThat(ended.get()).isEqualTo(begun.get());
        }
        assertThat(Thread.activeCount()).as("threads").isLessThan(before + 50);
        awaitCollected(watched);
    }

    @EachKindOfSubtask
    void longLivedScope_forgetsSubtasksThatHaveEnded(SubtaskThreads threads) throws Exception {
        int forks = threads == SubtaskThreads.MADE ? FORKS / 20 : FORKS;
        List<WeakReference<Object>> watched = new ArrayList<>();
        try (TaskScope<Object, Void> scope = TaskScope.open(Policy.failFast(), options -> {
            threads.choose(options);
            options.concurrency(4);
        })) {
            for (int i = 0; i < forks; i++) {
                Object result = new Object();
                Subtask<Object> subtask = scope.fork(() -> result);
                if (i % (forks / 20) == 0 && i < forks / 2) {
                    watched.add(new WeakReference<>(result));
                    watched.add(new WeakReference<>(subtask));
                }
            }
            awaitCollected(watched);
            scope.join();
        }
    }

    @EachKindOfSubtask
    void subtaskThatHasEnded_keepsNothingButItsResult(SubtaskThreads threads) throws Exception {
        List<WeakReference<Object>> watched = new ArrayList<>();
        try (TaskScope<Object, Void> scope = threads.open(Policy.failFast())) {
            Subtask<Integer> subtask = forkWithSomethingCaptured(scope, watched);
            scope.join();
            awaitCollected(watched);
            assertThat(subtask.get()).isNotNull();
        }
    }

    @Test
    void subtaskThatIsKept_keepsNoThread_evenWhileItsScopeGoesOn() throws Exception {
        List<WeakReference<Object>> watched = new ArrayList<>();
        ThreadFactory factory = body -> {
            Thread thread = ThreadKind.PLATFORM.unstarted("made", body);
            if (watched.isEmpty()) {
                watched.add(new WeakReference<>(thread));
            }
            return thread;
        };
        try (TaskScope<Object, Void> scope = TaskScope.open(
                Policy.failFast(), options -> options.concurrency(1).threadFactory(factory))) {
            Subtask<Integer> kept = scope.fork(() -> 1);
            for (int i = 0; i < 500; i++) {
                scope.fork(() -> 1);
            }
            awaitCollected(watched);
            assertThat(kept.get()).isEqualTo(1);
        }
    }

    @EachKindOfSubtask
    void subtaskThatIsKept_keepsNoOther(SubtaskThreads threads) throws Exception {
        List<WeakReference<Object>> watched = new ArrayList<>();
        Subtask<Object> joined = lastOfMany(threads, watched, true);
        Subtask<Object> closed = lastOfMany(threads, watched, false);
        awaitCollected(watched);
        assertThat(joined.get()).isNotNull();
        assertThat(closed.state()).isNotEqualTo(Subtask.State.UNAVAILABLE);
    }

    /** The last subtask of a scope whose policy keeps all of them. */
    private static Subtask<Object> lastOfMany(SubtaskThreads threads, List<WeakReference<Object>> watched, boolean join)
            throws Exception {
        try (TaskScope<Object, List<Object>> scope = threads.open(Policy.results())) {
            for (int i = 0; i < 20; i++) {
                Object result = new Object();
                watched.add(new WeakReference<>(result));
                watched.add(new WeakReference<>(scope.fork(() -> result)));
            }
            Subtask<Object> last = scope.fork(Object::new);
            if (join) {
                assertThat(scope.join()).hasSize(21);
            }
            return last;
        }
    }

    @Test
    void resultsThatAreClosed_keepNoneThatWasNotTaken() {
        List<WeakReference<Object>> watched = Collections.synchronizedList(new ArrayList<>());
        for (boolean ordered : new boolean[] {true, false}) {
            watched.clear();
            TaskResults<Object> results = ordered
                    ? Tasks.map(List.of(0, 1, 2), 1, i -> watched(i, watched))
                    : Tasks.mapUnordered(List.of(0, 1, 2), 1, i -> watched(i, watched));
            Await.until("all results", () -> watched.size() == 3);
            takeOne(results);
            results.close();
            awaitCollected(watched);
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    void resultsThatHaveFailed_keepNoneThatComesAfterTheFailure() {
        List<WeakReference<Object>> watched = Collections.synchronizedList(new ArrayList<>());
        RuntimeException failure = new IllegalStateException("planned");
        CountDownLatch last = new CountDownLatch(1);
        TaskResults<Object> results = Tasks.map(List.of(0, 1, 2), 2, i -> {
            if (i == 0) {
                TasksMapTest.awaitQuietly(last);
                throw failure;
            }
            return watched(i, watched);
        });
        Await.until("all results", () -> watched.size() == 2);
        last.countDown();
        assertThat(catchThrowable(results::next)).isSameAs(failure);
        awaitCollected(watched);
        assertThat(results.hasNext()).isFalse();
    }

    private static Object watched(Integer item, List<WeakReference<Object>> watched) {
        Object result = List.of(item);
        watched.add(new WeakReference<>(result));
        return result;
    }

    /** In a method of its own, whose frame keeps nothing. */
    private static void takeOne(TaskResults<Object> results) {
        results.next();
    }

    /** In a method of its own, whose frame keeps nothing. */
    private static Subtask<Integer> forkWithSomethingCaptured(
            TaskScope<Object, Void> scope, List<WeakReference<Object>> watched) throws InterruptedException {
        Object captured = new Object();
        watched.add(new WeakReference<>(captured));
        return scope.fork(captured::hashCode);
    }

    private static void awaitCollected(List<WeakReference<Object>> watched) {
        Await.until("the collection of " + watched.size() + " objects", () -> {
            System.gc();
            return watched.stream().allMatch(reference -> reference.get() == null);
        });
    }
}
