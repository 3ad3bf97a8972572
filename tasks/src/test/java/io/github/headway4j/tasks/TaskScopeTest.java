// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a scope promises of forking, joining and closing, and to whom. */
class TaskScopeTest {

    // ---- forking and joining ----

    @EachKindOfSubtask
    void join_waitsForAllSubtasks_andTheirResultsAreThere(SubtaskThreads threads) throws Exception {
        try (TaskScope<Object, Void> scope = threads.open(Policy.failFast())) {
            Subtask<String> text = scope.fork(() -> "a");
            Subtask<Integer> number = scope.fork(() -> 1);
            Subtask<String> none = scope.fork(() -> null);
            List<String> ran = new ArrayList<>();
            Subtask<?> action = scope.fork(() -> {
                ran.add("action");
            });

            assertThat(scope.join()).isNull();

            assertThat(text.get()).isEqualTo("a");
            assertThat(number.get()).isEqualTo(1);
            assertThat(none.get()).isNull();
            assertThat(none.state()).isEqualTo(Subtask.State.SUCCESS);
            assertThat(action.get()).isNull();
            assertThat(ran).containsExactly("action");
        }
    }

    @EachKindOfSubtask
    void subtasks_runBesideEachOther(SubtaskThreads threads) throws Exception {
        CountDownLatch all = new CountDownLatch(20);
        try (TaskScope<Object, Void> scope = threads.open(Policy.failFast())) {
            for (int i = 0; i < 20; i++) {
                scope.fork(() -> {
                    all.countDown();
                    all.await();
                    return null;
                });
            }
            scope.join();
        }
        assertThat(all.getCount()).isZero();
    }

    @Test
    void subtask_beforeItsEnd_hasNeitherResultNorFailureNorOutcome() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (TaskScope<Object, Void> scope = TaskScope.open()) {
            Subtask<String> subtask = scope.fork(() -> {
                end.await();
                return "a";
            });
            assertThat(subtask.state()).isEqualTo(Subtask.State.UNAVAILABLE);
            assertThatIllegalStateException().isThrownBy(subtask::get).withMessageContaining("UNAVAILABLE");
            assertThatIllegalStateException().isThrownBy(subtask::exception).withMessageContaining("UNAVAILABLE");
            assertThatIllegalStateException().isThrownBy(subtask::outcome).withMessageContaining("UNAVAILABLE");
            end.countDown();
            scope.join();
            assertThat(subtask.outcome()).isEqualTo(Outcome.success("a"));
            assertThatIllegalStateException().isThrownBy(subtask::exception).withMessageContaining("SUCCESS");
        }
    }

    @Test
    void scopeWithoutSubtasks_isJoinedAtOnce() throws Exception {
        try (TaskScope<Object, List<Object>> scope = TaskScope.open(Policy.results())) {
            assertThat(scope.join()).isEmpty();
        }
    }

    // ---- failures ----

    @EachKindOfSubtask
    void join_throwsTheVeryObjectThatASubtaskThrew(SubtaskThreads threads) throws Exception {
        for (Throwable failure : List.of(
                new IOException("a"),
                new IllegalArgumentException("b"),
                new StackOverflowError("c"),
                new TimeoutException("d"),
                new Throwable("e"))) {
            try (TaskScope<Object, Void> scope = threads.open(Policy.failFast())) {
                Subtask<Object> subtask = scope.fork(throwing(failure));
                assertThat(catchThrowable(scope::join)).isSameAs(failure);
                assertThat(subtask.state()).isEqualTo(Subtask.State.FAILED);
                assertThat(subtask.exception()).isSameAs(failure);
                assertThat(subtask.outcome()).isEqualTo(Outcome.failure(failure));
                assertThatIllegalStateException().isThrownBy(subtask::get).withMessageContaining("FAILED");
            }
        }
    }

    @Test
    void interruptedExceptionOfASubtask_isNotTakenForOneOfTheOwner() throws Exception {
        InterruptedException failure = new InterruptedException("of the subtask");
        try (TaskScope<Object, Void> scope = TaskScope.open()) {
            scope.fork(throwing(failure));
            assertThat(catchThrowable(scope::join))
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(failure);
        }
    }

    @EachKindOfSubtask
    void stackOfAFailure_goesOnWithTheFork(SubtaskThreads threads) throws Exception {
        try (TaskScope<Object, Void> scope = threads.open(Policy.failFast())) {
            forkSomethingThatFails(scope);
            Throwable failure = catchThrowable(scope::join);
            assertThat(methods(failure)).containsSubsequence("fail", "run", "fork", "forkSomethingThatFails");
            assertThat(failure.getSuppressed()).isEmpty();
        }
    }

    @Test
    void stackOfAFailure_throughTwoScopes_showsTheWholeWay() throws Exception {
        try (TaskScope<Object, Void> outer = TaskScope.open()) {
            outer.fork(TaskScopeTest::openInnerScope);
            assertThat(methods(catchThrowable(outer::join)))
                    .containsSubsequence(
                            "fail",
                            "run",
                            "fork",
                            "forkSomethingThatFails",
                            "openInnerScope",
                            "run",
                            "fork",
                            "stackOfAFailure_throughTwoScopes_showsTheWholeWay");
        }
    }

    @Test
    void exceptionThrownAgainAndAgain_staysSmall() throws Exception {
        RuntimeException always = new IllegalStateException("always the same");
        int frames = 0;
        for (int i = 0; i < 200; i++) {
            try (TaskScope<Object, Void> scope = TaskScope.open()) {
                scope.fork(throwing(always));
                scope.fork(throwing(always));
                assertThat(catchThrowable(scope::join)).isSameAs(always);
            }
            if (i == 100) {
                frames = always.getStackTrace().length;
            }
        }
        assertThat(always.getStackTrace()).hasSize(frames);
        assertThat(always.getSuppressed()).isEmpty();
    }

    @Test
    void forkSites_canBeLeftOut() throws Exception {
        try (TaskScope<Object, Void> scope = TaskScope.open(Policy.failFast(), options -> options.forkSites(false))) {
            forkSomethingThatFails(scope);
            assertThat(methods(catchThrowable(scope::join))).contains("fail").doesNotContain("forkSomethingThatFails");
        }
    }

    @Test
    void exceptionWithoutStack_isLeftAsItIs() throws Exception {
        Throwable bare = new Throwable("bare", null, false, false) {};
        try (TaskScope<Object, Void> scope = TaskScope.open()) {
            scope.fork(throwing(bare));
            assertThat(catchThrowable(scope::join)).isSameAs(bare);
            assertThat(bare.getStackTrace()).isEmpty();
        }
    }

    // ---- whose scope it is ----

    @Test
    void methodsOfTheOwner_refuseOthers_andChangeNothing() throws Exception {
        try (TaskScope<Object, Void> scope = TaskScope.open();
                TestThreads threads = new TestThreads()) {
            threads.start("other", () -> {
                        assertThatIllegalStateException()
                                .isThrownBy(() -> scope.fork(() -> 1))
                                .withMessageContaining("other");
                        assertThatIllegalStateException().isThrownBy(() -> scope.tryFork(() -> 1));
                        assertThatIllegalStateException().isThrownBy(scope::join);
                        assertThatIllegalStateException().isThrownBy(scope::close);
                    })
                    .join();
            Subtask<Object> subtask = scope.fork(() -> {
                assertThatIllegalStateException().isThrownBy(() -> scope.fork(() -> 1));
                return "a";
            });
            scope.join();
            assertThat(subtask.get()).isEqualTo("a");
        }
    }

    @Test
    void joinedScope_refusesForksAndJoins() throws Exception {
        try (TaskScope<Object, Void> scope = TaskScope.open()) {
            scope.join();
            assertThatIllegalStateException()
                    .isThrownBy(() -> scope.fork(() -> 1))
                    .withMessageContaining("joined");
            assertThatIllegalStateException().isThrownBy(() -> scope.tryFork(() -> 1));
            assertThatIllegalStateException().isThrownBy(scope::join).withMessageContaining("joined");
            scope.cancel();
            assertThat(scope.isCancelled()).isFalse();
        }
    }

    @Test
    void closedScope_refusesForksAndJoins_butMayBeClosedAgain() {
        TaskScope<Object, Void> scope = TaskScope.open();
        scope.close();
        scope.close();
        assertThatIllegalStateException().isThrownBy(() -> scope.fork(() -> 1)).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(scope::join).withMessageContaining("closed");
        assertThat(scope.isCancelled()).isTrue();
    }

    // ---- failures that nobody has seen ----

    @EachKindOfSubtask
    @Python("A2")
    void closeWithoutJoin_tellsFailuresThatNobodyHasSeen(SubtaskThreads threads) throws Exception {
        RuntimeException seen = new IllegalStateException("seen");
        RuntimeException unseen = new IllegalStateException("unseen");
        List<Throwable> told = new ArrayList<>();
        try (TaskScope<Object, List<Outcome<Object>>> scope = TaskScope.open(Policy.outcomes(), options -> {
            threads.choose(options);
            options.onUnseenFailure(told::add);
        })) {
            Subtask<Object> first = scope.fork(throwing(seen));
            Subtask<Object> second = scope.fork(throwing(unseen));
            awaitEnd(first);
            awaitEnd(second);
            assertThat(first.exception()).isSameAs(seen);
        }
        assertThat(told).containsExactly(unseen);
    }

    @Test
    void unseenFailures_goToTheHandlerOfTheOwner_unlessChosenOtherwise() {
        RuntimeException unseen = new IllegalStateException("unseen");
        AtomicReference<Throwable> told = new AtomicReference<>();
        try (TestThreads threads = new TestThreads()) {
            threads.start("owner", () -> {
                        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> told.set(failure));
                        try (TaskScope<Object, Void> scope = TaskScope.open()) {
                            awaitEnd(scope.fork(throwing(unseen)));
                        }
                    })
                    .join();
        }
        assertThat(told.get()).isSameAs(unseen);
    }

    @Test
    void failuresThatJoinHasThrown_areNotToldAgain() throws Exception {
        List<Throwable> told = new ArrayList<>();
        try (TaskScope<Object, Void> scope =
                TaskScope.open(Policy.failFast(), options -> options.onUnseenFailure(told::add))) {
            scope.fork(throwing(new IOException()));
            assertThat(catchThrowable(scope::join)).isInstanceOf(IOException.class);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void handlerThatThrows_isNotSwallowed_andAllAreTold() throws Exception {
        List<Throwable> told = new ArrayList<>();
        RuntimeException trouble = new IllegalStateException("of the handler");
        TaskScope<Object, List<Outcome<Object>>> scope = TaskScope.open(
                Policy.outcomes(),
                options -> options.onUnseenFailure(failure -> {
                    told.add(failure);
                    throw trouble;
                }));
        awaitEnd(scope.fork(throwing(new IOException("a"))));
        awaitEnd(scope.fork(throwing(new IOException("b"))));
        assertThat(catchThrowable(scope::close)).isSameAs(trouble);
        assertThat(told).hasSize(2);
    }

    // ---- interrupts of the owner ----

    @EachKindOfSubtask
    void interruptedJoin_leavesTheScopeAsItWas(SubtaskThreads threads) {
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<TaskScope<?, ?>> opened = new AtomicReference<>();
        try (TestThreads helpers = new TestThreads()) {
            TestThread<Object> owner = helpers.start("owner", () -> {
                try (TaskScope<Object, Void> scope = threads.open(Policy.failFast())) {
                    opened.set(scope);
                    Subtask<String> subtask = scope.fork(() -> {
                        end.await();
                        return "a";
                    });
                    assertThat(catchThrowable(scope::join)).isInstanceOf(InterruptedException.class);
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    assertThat(scope.isCancelled()).isFalse();
                    end.countDown();
                    scope.join();
                    return subtask.get();
                }
            });
            Await.until("the scope", () -> opened.get() != null);
            owner.awaitParked(opened.get());
            owner.interrupt();
            assertThat(owner.result()).isEqualTo("a");
        }
    }

    @Test
    void close_keepsAnInterruptPending() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (TaskScope<Object, Void> scope = TaskScope.open()) {
            scope.fork(() -> {
                try {
                    return SubtaskThreads.forEver();
                } finally {
                    ended.countDown();
                }
            });
            Thread.currentThread().interrupt();
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended.getCount()).isLessThanOrEqualTo(1L);
    }

    // ---- the rest ----

    @Test
    void badArguments_areRefused() throws Exception {
        assertThatNullPointerException().isThrownBy(() -> TaskScope.open(null));
        assertThatNullPointerException().isThrownBy(() -> TaskScope.open(Policy.failFast(), null));
        try (TaskScope<Object, Void> scope = TaskScope.open()) {
            assertThatNullPointerException().isThrownBy(() -> scope.fork((Callable<Object>) null));
            assertThatNullPointerException().isThrownBy(() -> scope.fork((Runnable) null));
            assertThatNullPointerException().isThrownBy(() -> scope.tryFork(null));
            assertThatNullPointerException().isThrownBy(() -> scope.tryFork(() -> 1, null));
        }
        ScopeOptions options = new ScopeOptions();
        assertThatNullPointerException().isThrownBy(() -> options.name(null));
        assertThatNullPointerException().isThrownBy(() -> options.deadline(null));
        assertThatNullPointerException().isThrownBy(() -> options.threadFactory(null));
        assertThatNullPointerException().isThrownBy(() -> options.context(null));
        assertThatNullPointerException().isThrownBy(() -> options.onUnseenFailure(null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.concurrency(0))
                .withMessageContaining("0")
                .withMessageContaining("at least 1");
    }

    @Test
    void text_tellsNameStateAndOwner() throws Exception {
        String owner = Thread.currentThread().getName();
        TaskScope<Object, Void> scope = TaskScope.open(Policy.failFast(), options -> options.name("crawler"));
        Subtask<String> subtask = scope.fork(() -> "a");
        assertThat(scope.toString()).contains("crawler", "open", "running", owner);
        scope.join();
        assertThat(scope.toString()).contains("joined", "0 running");
        scope.close();
        assertThat(scope.toString()).contains("closed");
        assertThat(subtask.toString()).contains("0 of crawler", "SUCCESS");
    }

    // ---- helpers ----

    private static Callable<Object> throwing(Throwable failure) {
        return () -> {
            throw Failures.unchecked(failure);
        };
    }

    private static void awaitEnd(Subtask<?> subtask) {
        Await.until("the end of " + subtask, () -> subtask.state() != Subtask.State.UNAVAILABLE);
    }

    private static void forkSomethingThatFails(TaskScope<Object, Void> scope) throws InterruptedException {
        scope.fork(TaskScopeTest::fail);
    }

    private static Object fail() throws IOException {
        throw new IOException("planned");
    }

    private static Object openInnerScope() throws Exception {
        try (TaskScope<Object, Void> inner = TaskScope.open()) {
            forkSomethingThatFails(inner);
            return inner.join();
        }
    }

    private static List<String> methods(Throwable failure) {
        List<String> names = new ArrayList<>();
        for (StackTraceElement frame : failure.getStackTrace()) {
            names.add(frame.getMethodName());
        }
        return names;
    }
}
