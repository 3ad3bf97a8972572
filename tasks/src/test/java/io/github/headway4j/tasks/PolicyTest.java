// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The ready policies, and what a scope promises to those of users. */
class PolicyTest {

    // ---- the ready ones ----

    @EachKindOfSubtask
    void results_areInTheOrderOfForking(SubtaskThreads threads) throws Exception {
        try (TaskScope<Integer, List<Integer>> scope = threads.open(Policy.results())) {
            CountDownLatch last = new CountDownLatch(1);
            scope.fork(() -> {
                last.await();
                return 0;
            });
            for (int i = 1; i < 10; i++) {
                int n = i;
                scope.fork(() -> n);
            }
            scope.fork(() -> {
                last.countDown();
                return null;
            });
            assertThat(scope.join()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, null);
        }
    }

    @Test
    void results_ofWhichOneFails_throw() throws Exception {
        IOException failure = new IOException("planned");
        try (TaskScope<Integer, List<Integer>> scope = TaskScope.open(Policy.results())) {
            Subtask<Integer> other = scope.fork(() -> SubtaskThreads.forEver());
            scope.fork(() -> {
                throw failure;
            });
            assertThat(catchThrowable(scope::join)).isSameAs(failure);
            assertThat(other.state()).isEqualTo(Subtask.State.CANCELLED);
        }
    }

    @EachKindOfSubtask
    void failFast_throwsTheFirstFailure_withTheOthersSuppressed(SubtaskThreads threads) throws Exception {
        IOException first = new IOException("first");
        try (TaskScope<Object, Void> scope = threads.open(Policy.failFast())) {
            CountDownLatch waiting = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                int n = i;
                scope.fork(() -> {
                    waiting.countDown();
                    try {
                        return SubtaskThreads.forEver();
                    } catch (InterruptedException e) {
                        throw new IllegalArgumentException("sibling " + n, e);
                    }
                });
            }
            scope.fork(() -> {
                waiting.await();
                throw first;
            });
            assertThat(catchThrowable(scope::join)).isSameAs(first);
            assertThat(first.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactlyInAnyOrder("sibling 0", "sibling 1");
        }
    }

    @Test
    void exceptionThatSeveralSubtasksThrow_isSuppressedOnce() throws Exception {
        IOException first = new IOException("first");
        IOException other = new IOException("other");
        try (TaskScope<String, String> scope =
                TaskScope.open(Policy.firstSuccess(), options -> options.concurrency(1))) {
            for (IOException failure : List.of(first, other, other, first)) {
                scope.fork(() -> {
                    throw failure;
                });
            }
            assertThat(catchThrowable(scope::join)).isSameAs(first);
            assertThat(first.getSuppressed()).containsExactly(other);
        }
    }

    @EachKindOfSubtask
    void outcomes_tellAll_andThrowNothing(SubtaskThreads threads) throws Exception {
        IOException failure = new IOException("planned");
        try (TaskScope<Object, List<Outcome<Object>>> scope = threads.open(Policy.outcomes())) {
            scope.fork(() -> {
                throw failure;
            });
            scope.fork(() -> "a");
            scope.fork(() -> null);
            assertThat(scope.join())
                    .containsExactly(Outcome.failure(failure), Outcome.success("a"), Outcome.success(null));
            assertThat(scope.isCancelled()).isFalse();
        }
    }

    @EachKindOfSubtask
    void firstSuccess_cancelsTheOthers_andGetsOverFailures(SubtaskThreads threads) throws Exception {
        AtomicInteger interrupted = new AtomicInteger();
        try (TaskScope<String, String> scope = threads.open(Policy.firstSuccess())) {
            CountDownLatch waiting = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                scope.fork(() -> {
                    waiting.countDown();
                    try {
                        return SubtaskThreads.forEver();
                    } finally {
                        interrupted.incrementAndGet();
                    }
                });
            }
            scope.fork(() -> {
                throw new IOException("planned");
            });
            scope.fork(() -> {
                waiting.await();
                return "a";
            });
            assertThat(scope.join()).isEqualTo("a");
            assertThat(interrupted).hasValue(2);
        }
    }

    @Test
    void firstSuccess_whichIsNull_counts() throws Exception {
        try (TaskScope<String, String> scope = TaskScope.open(Policy.firstSuccess())) {
            scope.fork(() -> (String) null);
            scope.fork(() -> SubtaskThreads.forEver());
            assertThat(scope.join()).isNull();
        }
    }

    @Test
    void firstSuccess_ofNone_throwsAllFailures() throws Exception {
        try (TaskScope<String, String> scope = TaskScope.open(Policy.firstSuccess())) {
            for (int i = 0; i < 3; i++) {
                int n = i;
                scope.fork(() -> {
                    throw new IOException("failure " + n);
                });
            }
            Throwable thrown = catchThrowable(scope::join);
            List<String> messages = new ArrayList<>(List.of(thrown.getMessage()));
            for (Throwable other : thrown.getSuppressed()) {
                messages.add(other.getMessage());
            }
            assertThat(messages).containsExactlyInAnyOrder("failure 0", "failure 1", "failure 2");
        }
    }

    @Test
    void firstSuccess_withoutSubtasksOrCancelled_throwsWhatSaysSo() throws Exception {
        try (TaskScope<String, String> scope = TaskScope.open(Policy.firstSuccess())) {
            assertThatThrownBy(scope::join).isInstanceOf(NoSuchElementException.class);
        }
        try (TaskScope<String, String> scope = TaskScope.open(Policy.firstSuccess())) {
            scope.fork(() -> SubtaskThreads.forEver());
            scope.cancel();
            assertThatThrownBy(scope::join).isInstanceOf(CancellationException.class);
        }
    }

    // ---- those of users ----

    /** Counts calls, and does what it is told. */
    private static class Counting implements Policy<Object, Integer> {
        final List<Subtask<?>> forked = new ArrayList<>();
        final ConcurrentHashMap<Subtask<?>, Integer> completed = new ConcurrentHashMap<>();

        @Override
        public boolean onFork(Subtask<?> subtask) {
            assertThat(subtask.state()).isEqualTo(Subtask.State.UNAVAILABLE);
            forked.add(subtask);
            return false;
        }

        @Override
        public boolean onComplete(Subtask<?> subtask) {
            assertThat(subtask.state()).isNotEqualTo(Subtask.State.UNAVAILABLE);
            completed.merge(subtask, 1, Integer::sum);
            return false;
        }

        @Override
        public Integer result() throws Exception {
            return completed.size();
        }
    }

    @EachKindOfSubtask
    void onComplete_isCalledOnceForEachFork(SubtaskThreads threads) throws Exception {
        Counting policy = new Counting();
        try (TaskScope<Object, Integer> scope = threads.open(policy)) {
            for (int i = 0; i < 50; i++) {
                scope.fork(() -> 1);
                scope.fork(() -> {
                    throw new IOException();
                });
            }
            scope.fork(() -> SubtaskThreads.forEver());
            scope.cancel();
            scope.fork(() -> 1);
            assertThat(scope.join()).isEqualTo(102);
            assertThat(policy.forked).hasSize(102);
            assertThat(policy.completed.values()).allMatch(times -> times == 1);
        }
    }

    @Test
    void onFork_thatHasSeenEnough_cancels() throws Exception {
        Counting policy = new Counting() {
            @Override
            public boolean onFork(Subtask<?> subtask) {
                super.onFork(subtask);
                return forked.size() == 2;
            }
        };
        AtomicInteger ran = new AtomicInteger();
        try (TaskScope<Object, Integer> scope = TaskScope.open(policy)) {
            scope.fork(() -> SubtaskThreads.forEver());
            scope.fork(ran::incrementAndGet);
            assertThat(scope.isCancelled()).isTrue();
            assertThat(scope.join()).isEqualTo(2);
            assertThat(ran).hasValue(0);
        }
    }

    @Test
    void onFork_thatThrows_forksNothing() throws Exception {
        RuntimeException trouble = new IllegalStateException("of the policy");
        AtomicInteger ran = new AtomicInteger();
        Counting policy = new Counting() {
            @Override
            public boolean onFork(Subtask<?> subtask) {
                throw trouble;
            }
        };
        try (TaskScope<Object, Integer> scope = TaskScope.open(policy)) {
            assertThat(catchThrowable(() -> scope.fork(ran::incrementAndGet))).isSameAs(trouble);
            assertThat(scope.join()).isZero();
        }
        assertThat(ran).hasValue(0);
    }

    @EachKindOfSubtask
    void onComplete_thatThrows_cancels_andJoinThrowsIt(SubtaskThreads threads) throws Exception {
        RuntimeException trouble = new IllegalStateException("of the policy");
        IOException failure = new IOException("planned");
        Counting policy = new Counting() {
            @Override
            public boolean onComplete(Subtask<?> subtask) {
                super.onComplete(subtask);
                if (subtask.state() == Subtask.State.FAILED) {
                    throw trouble;
                }
                return false;
            }
        };
        try (TaskScope<Object, Integer> scope = threads.open(policy)) {
            Subtask<Object> other = scope.fork(() -> SubtaskThreads.forEver());
            scope.fork(() -> {
                throw failure;
            });
            assertThat(catchThrowable(scope::join)).isSameAs(trouble).hasSuppressedException(failure);
            assertThat(other.state()).isEqualTo(Subtask.State.CANCELLED);
        }
    }

    @Test
    void onTimeout_mayMakeAResult() throws Exception {
        Counting policy = new Counting() {
            @Override
            public Integer onTimeout(ScopeTimeoutException timeout) {
                return -1;
            }
        };
        try (TaskScope<Object, Integer> scope =
                TaskScope.open(policy, options -> options.deadline(Duration.ofMillis(5)))) {
            scope.fork(() -> SubtaskThreads.forEver());
            assertThat(scope.join()).isEqualTo(-1);
        }
    }

    // ---- outcomes ----

    @Test
    void outcome_endsAsTheTaskDid() throws Exception {
        IOException failure = new IOException("planned");
        assertThat(Outcome.success("a").get()).isEqualTo("a");
        assertThat(catchThrowable(Outcome.failure(failure)::get)).isSameAs(failure);
        Error error = new StackOverflowError();
        assertThat(catchThrowable(Outcome.failure(error)::get)).isSameAs(error);
        assertThat(catchThrowable(Outcome.cancelled()::get)).isInstanceOf(CancellationException.class);
    }

    @Test
    void outcome_isOfOneKind() {
        assertThat(Outcome.success("a").isSuccess()).isTrue();
        assertThat(Outcome.success("a").isFailure()).isFalse();
        assertThat(Outcome.success("a").isCancelled()).isFalse();
        assertThat(Outcome.failure(new IOException()).isFailure()).isTrue();
        assertThat(Outcome.failure(new IOException()).isSuccess()).isFalse();
        assertThat(Outcome.cancelled().isCancelled()).isTrue();
        assertThat(Outcome.cancelled().isSuccess()).isFalse();
        assertThat(Outcome.cancelled()).isEqualTo(Outcome.cancelled());
    }
}
