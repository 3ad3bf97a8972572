// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be chosen when a scope is opened. */
class ScopeOptionsTest {

    // ---- concurrency ----

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void neverMoreThanTheLimit_runAtOnce(int limit) throws Exception {
        for (SubtaskThreads threads : SubtaskThreads.values()) {
            AtomicInteger live = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            try (TaskScope<Integer, List<Integer>> scope = TaskScope.open(Policy.results(), options -> {
                threads.choose(options);
                options.concurrency(limit);
            })) {
                for (int i = 0; i < 200; i++) {
                    int n = i;
                    scope.fork(() -> {
                        most.accumulateAndGet(live.incrementAndGet(), Math::max);
                        Thread.yield();
                        live.decrementAndGet();
                        return n;
                    });
                }
                assertThat(scope.join()).hasSize(200).isSorted();
            }
            assertThat(most.get()).as("%s", threads).isBetween(1, limit);
        }
    }

    @EachKindOfSubtask
    void forkAtTheLimit_parksUntilASubtaskEnds(SubtaskThreads threads) {
        Event end = new Event();
        AtomicReference<TaskScope<?, ?>> opened = new AtomicReference<>();
        try (TestThreads helpers = new TestThreads()) {
            TestThread<List<String>> owner = helpers.start("owner", () -> {
                try (TaskScope<String, List<String>> scope = TaskScope.open(Policy.results(), options -> {
                    threads.choose(options);
                    options.concurrency(1);
                })) {
                    scope.fork(() -> {
                        end.await();
                        return "a";
                    });
                    assertThat(scope.tryFork(() -> "refused")).isNull();
                    assertThat(scope.tryFork(() -> "refused", Duration.ZERO)).isNull();
                    assertThat(scope.tryFork(() -> "refused", Duration.ofMillis(2)))
                            .isNull();
                    opened.set(scope);
                    scope.fork(() -> "b");
                    return scope.join();
                }
            });
            Await.until("the scope", () -> opened.get() != null);
            owner.awaitParked(opened.get());
            end.set();
            assertThat(owner.result()).containsExactly("a", "b");
        }
    }

    @EachKindOfSubtask
    void forkThatWaits_leavesWhenTheScopeIsCancelled_whoeverRunsStill(SubtaskThreads threads) {
        Event release = new Event();
        AtomicReference<TaskScope<?, ?>> opened = new AtomicReference<>();
        try (TestThreads helpers = new TestThreads()) {
            TestThread<List<Outcome<Object>>> owner = helpers.start("owner", () -> {
                try (TaskScope<Object, List<Outcome<Object>>> scope = TaskScope.open(Policy.outcomes(), options -> {
                    threads.choose(options);
                    options.concurrency(1);
                })) {
                    opened.set(scope);
                    CountDownLatch begun = new CountDownLatch(1);
                    scope.fork(() -> {
                        begun.countDown();
                        release.awaitUninterruptibly();
                        return "a";
                    });
                    begun.await();
                    Subtask<Object> late = scope.fork(() -> "b");
                    assertThat(late.state()).isEqualTo(Subtask.State.CANCELLED);
                    release.set();
                    return scope.join();
                }
            });
            Await.until("the scope", () -> opened.get() != null);
            owner.awaitParked(opened.get());
            opened.get().cancel();
            assertThat(owner.result()).containsExactly(Outcome.success("a"), Outcome.cancelled());
        }
    }

    @Test
    void interruptedFork_forksNothing_withOrWithoutLimit() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        for (int limit : new int[] {1, Integer.MAX_VALUE}) {
            try (TaskScope<Object, List<Object>> scope =
                    TaskScope.open(Policy.results(), options -> options.concurrency(limit))) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> scope.fork(ran::incrementAndGet)).isInstanceOf(InterruptedException.class);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                assertThat(scope.join()).isEmpty();
            }
        }
        assertThat(ran).hasValue(0);
    }

    // ---- threads ----

    @Test
    void usualThreads_areVirtual_whereThereAreSuch() throws Exception {
        try (TaskScope<Boolean, List<Boolean>> scope = TaskScope.open(Policy.results())) {
            scope.fork(() -> VirtualThreads.isVirtual(Thread.currentThread()));
            assertThat(scope.join()).containsExactly(ThreadKind.VIRTUAL.isSupported());
        }
        try (TaskScope<Boolean, List<Boolean>> scope =
                TaskScope.open(Policy.results(), ScopeOptions::platformThreads)) {
            scope.fork(() -> VirtualThreads.isVirtual(Thread.currentThread()));
            assertThat(scope.join()).containsExactly(false);
        }
    }

    @EachKindOfSubtask
    void threads_areDaemons(SubtaskThreads threads) throws Exception {
        try (TaskScope<Boolean, List<Boolean>> scope = threads.open(Policy.results())) {
            scope.fork(() -> Thread.currentThread().isDaemon());
            assertThat(scope.join()).containsExactly(true);
        }
    }

    @Test
    void cachedThreads_serveAgain_butKeepNeitherNameNorLoader() throws Exception {
        List<Thread> used = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            boolean named = i % 2 == 0;
            try (TaskScope<Thread, List<Thread>> scope = TaskScope.open(Policy.results(), options -> {
                options.platformThreads();
                if (named) {
                    options.name("named");
                }
            })) {
                Subtask<Thread> subtask = scope.fork(() -> {
                    assertThat(Thread.currentThread().getName()).startsWith(named ? "named-0" : "headway-task-");
                    return Thread.currentThread();
                });
                scope.join();
                used.add(subtask.get());
            }
        }
        assertThat(used.stream().distinct().count()).isLessThan(200L);
    }

    /** More than the cache may have left of other tests, so that there are new ones among them. */
    private static final int MANY_THREADS = 200;

    @Test
    void cachedThreads_haveNeitherPriorityNorGroupOfTheForkingThread() throws Exception {
        ThreadGroup group = new ThreadGroup("of the owner");
        AtomicReference<Throwable> trouble = new AtomicReference<>();
        Thread owner = new Thread(group, () -> {
            try {
                assertThat(threadsOfManySubtasks()).hasSize(MANY_THREADS).allSatisfy(thread -> {
                    assertThat(thread.getPriority()).isEqualTo(Thread.NORM_PRIORITY);
                    assertThat(thread.getThreadGroup()).isNotNull().isNotSameAs(group);
                });
            } catch (Throwable e) {
                trouble.set(e);
            }
        });
        owner.setPriority(Thread.MIN_PRIORITY);
        owner.start();
        owner.join();
        assertThat(trouble.get()).isNull();
    }

    private static List<Thread> threadsOfManySubtasks() throws Exception {
        CountDownLatch all = new CountDownLatch(MANY_THREADS);
        try (TaskScope<Thread, List<Thread>> scope = TaskScope.open(Policy.results(), ScopeOptions::platformThreads)) {
            for (int i = 0; i < MANY_THREADS; i++) {
                scope.fork(() -> {
                    all.countDown();
                    all.await();
                    return Thread.currentThread();
                });
            }
            return scope.join();
        }
    }

    @EachKindOfSubtask
    void contextClassLoader_isThatOfTheForkingThread(SubtaskThreads threads) throws Exception {
        Thread current = Thread.currentThread();
        ClassLoader former = current.getContextClassLoader();
        for (int i = 0; i < 3; i++) {
            try (URLClassLoader loader = new URLClassLoader(new URL[0], former);
                    TaskScope<Object, List<Object>> scope = threads.open(Policy.results())) {
                current.setContextClassLoader(loader);
                scope.fork(() -> Thread.currentThread().getContextClassLoader());
                assertThat(scope.join()).containsExactly(loader);
            } finally {
                current.setContextClassLoader(former);
            }
        }
    }

    @Test
    void factoryWithoutThreads_isReported_andLeavesAConsistentScope() throws Exception {
        OutOfMemoryError none = new OutOfMemoryError("planned");
        try (TaskScope<Object, List<Outcome<Object>>> scope =
                TaskScope.open(Policy.outcomes(), options -> options.threadFactory(body -> null))) {
            assertThatThrownBy(() -> scope.fork(() -> 1)).isInstanceOf(RejectedExecutionException.class);
            assertThat(scope.join()).hasSize(1).allMatch(Outcome::isFailure);
        }
        try (TaskScope<Object, Void> scope = TaskScope.open(
                Policy.failFast(),
                options -> options.concurrency(1).threadFactory(body -> {
                    throw none;
                }))) {
            assertThat(catchThrowable(() -> scope.fork(() -> 1))).isSameAs(none);
            assertThat(scope.toString()).contains("0 running");
            assertThat(catchThrowable(scope::join)).isSameAs(none);
        }
    }

    // ---- names ----

    @Test
    void threads_areNamedAfterTheScope() throws Exception {
        for (SubtaskThreads threads : List.of(SubtaskThreads.USUAL, SubtaskThreads.CACHED)) {
            try (TaskScope<String, List<String>> scope = TaskScope.open(Policy.results(), options -> {
                threads.choose(options);
                options.name("crawler");
            })) {
                scope.fork(() -> Thread.currentThread().getName());
                scope.fork(() -> Thread.currentThread().getName());
                assertThat(scope.join()).containsExactly("crawler-0", "crawler-1");
            }
        }
        try (TaskScope<String, List<String>> scope = TaskScope.open(Policy.results(), options -> {
            SubtaskThreads.MADE.choose(options);
            options.name("crawler");
        })) {
            scope.fork(() -> Thread.currentThread().getName());
            assertThat(scope.join()).containsExactly("made");
        }
    }

    // ---- context ----

    private static final ThreadLocal<String> USER = new ThreadLocal<>();

    private static Runnable carryUser(Runnable body) {
        String user = USER.get();
        return () -> {
            USER.set(user);
            try {
                body.run();
            } finally {
                USER.remove();
            }
        };
    }

    @EachKindOfSubtask
    @Python("A12")
    void context_isTakenAtTheFork_andThereInTheSubtask(SubtaskThreads threads) throws Exception {
        try (TaskScope<String, List<String>> scope = TaskScope.open(Policy.results(), options -> {
            threads.choose(options);
            options.context(ScopeOptionsTest::carryUser);
        })) {
            for (String user : List.of("ann", "bob")) {
                USER.set(user);
                scope.fork(USER::get);
            }
            USER.remove();
            assertThat(scope.join()).containsExactly("ann", "bob");
        }
        try (TaskScope<String, List<String>> scope = threads.open(Policy.results())) {
            scope.fork(USER::get);
            assertThat(scope.join()).containsOnlyNulls();
        }
    }

    @EachKindOfSubtask
    void failureOfASubtaskInContext_isItsOwn(SubtaskThreads threads) throws Exception {
        IOException failure = new IOException("planned");
        try (TaskScope<Object, Void> scope = TaskScope.open(Policy.failFast(), options -> {
            threads.choose(options);
            options.context(ScopeOptionsTest::carryUser);
        })) {
            scope.fork(() -> {
                throw failure;
            });
            assertThat(catchThrowable(scope::join)).isSameAs(failure);
        }
    }

    @Test
    void hookThatDoesNotDoItsPart_isAFailure() throws Exception {
        assertThat(failureWith(body -> () -> {}, () -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not run");
        assertThat(failureWith(
                        body -> () -> {
                            body.run();
                            body.run();
                        },
                        () -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("twice");
        RuntimeException after = new IllegalStateException("after");
        assertThat(failureWith(
                        body -> () -> {
                            body.run();
                            throw after;
                        },
                        () -> 1))
                .isSameAs(after);
        IOException own = new IOException("own");
        assertThat(failureWith(
                        body -> () -> {
                            body.run();
                            throw after;
                        },
                        () -> {
                            throw own;
                        }))
                .isSameAs(own)
                .hasSuppressedException(after);
    }

    private static Throwable failureWith(UnaryOperator<Runnable> hook, Callable<Object> task) throws Exception {
        try (TaskScope<Object, Void> scope = TaskScope.open(Policy.failFast(), options -> options.context(hook))) {
            scope.fork(task);
            return catchThrowable(scope::join);
        }
    }

    @Test
    void hookThatThrowsOrGivesNothing_forksNothing() throws Exception {
        RuntimeException trouble = new IllegalArgumentException("of the hook");
        List<Object> forked = new ArrayList<>();
        Policy<Object, Integer> policy = new Policy<>() {
            @Override
            public boolean onFork(Subtask<?> subtask) {
                return !forked.add(subtask);
            }

            @Override
            public Integer result() {
                return forked.size();
            }
        };
        try (TaskScope<Object, Integer> scope = TaskScope.open(
                policy,
                options -> options.context(body -> {
                    throw trouble;
                }))) {
            assertThat(catchThrowable(() -> scope.fork(() -> 1))).isSameAs(trouble);
            assertThat(scope.join()).isZero();
        }
        try (TaskScope<Object, Integer> scope = TaskScope.open(policy, options -> options.context(body -> null))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> scope.fork(() -> 1))
                    .withMessageContaining("hook");
            assertThat(scope.join()).isZero();
        }
    }

    @Test
    void pinnedByNothing_moreVirtualOwnersThanCarriers_waitAtOnce() throws Exception {
        Assumptions.assumeTrue(ThreadKind.VIRTUAL.isSupported(), "virtual threads: not on this JDK, from 21 on");
        int owners = 4 * Runtime.getRuntime().availableProcessors() + 4;
        CountDownLatch waiting = new CountDownLatch(owners);
        try (TaskScope<Object, Void> outer = TaskScope.open()) {
            for (int i = 0; i < owners; i++) {
                outer.fork(() -> {
                    try (TaskScope<Object, Void> inner = TaskScope.open()) {
                        inner.fork(() -> {
                            waiting.countDown();
                            waiting.await();
                            return null;
                        });
                        return inner.join();
                    }
                });
            }
            outer.join();
        }
        assertThat(waiting.getCount()).isZero();
    }
}
