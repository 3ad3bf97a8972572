// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Python's {@code asyncio.TaskGroup}, as a scope does it. */
class PythonTaskGroupTest {

    @Test
    @Python("A25")
    void results_areThereAfterTheGroup() throws Exception {
        try (TaskScope<Object, Void> group = TaskScope.open()) {
            Subtask<Integer> one = group.fork(() -> 42);
            Subtask<Integer> two = group.fork(() -> 11);
            group.join();
            assertThat(one.get() + two.get()).isEqualTo(53);
        }
    }

    @Test
    @Python("A27")
    void childThatFails_cancelsItsSiblings() throws Exception {
        ArithmeticException failure = new ArithmeticException("1/0");
        AtomicInteger cancelled = new AtomicInteger();
        try (TaskScope<Object, Void> group = TaskScope.open()) {
            CountDownLatch begun = new CountDownLatch(1);
            group.fork(() -> {
                begun.countDown();
                try {
                    return SubtaskThreads.forEver();
                } catch (InterruptedException e) {
                    cancelled.incrementAndGet();
                    throw e;
                }
            });
            group.fork(() -> {
                begun.await();
                throw failure;
            });
            assertThat(catchThrowable(group::join)).isSameAs(failure);
            assertThat(cancelled).hasValue(1);
        }
    }

    @Test
    @Python({"A28", "A36"})
    void cancellationFromOutside_cancelsTheChildren_andGoesOn() throws InterruptedException {
        AtomicInteger cancelled = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> body = threads.start("body", () -> {
                assertThat(catchThrowable(() -> {
                            try (TaskScope<Object, Void> group = TaskScope.open()) {
                                group.fork(() -> {
                                    begun.countDown();
                                    try {
                                        return SubtaskThreads.forEver();
                                    } finally {
                                        cancelled.incrementAndGet();
                                    }
                                });
                                group.join();
                            }
                        }))
                        .isInstanceOf(InterruptedException.class);
                assertThat(cancelled).hasValue(1);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            });
            begun.await(); // a child that has not begun would not be told
            body.awaitParked();
            body.interrupt();
            body.join();
        }
    }

    @Test
    @Python("A29")
    void errorInTheCleanUpOfACancelledChild_isKept() throws Exception {
        IllegalStateException inCleanUp = new IllegalStateException("in clean-up");
        IOException failure = new IOException("planned");
        try (TaskScope<Object, Void> group = TaskScope.open()) {
            CountDownLatch begun = new CountDownLatch(1);
            group.fork(() -> {
                begun.countDown();
                try {
                    return SubtaskThreads.forEver();
                } catch (InterruptedException e) {
                    throw inCleanUp;
                }
            });
            group.fork(() -> {
                begun.await();
                throw failure;
            });
            assertThat(catchThrowable(group::join)).isSameAs(failure);
            assertThat(failure.getSuppressed()).containsExactly(inCleanUp);
        }
    }

    @Test
    @Python({"A30", "A36"})
    void errorOfTheBody_cancelsTheChildren_andWaitsForThem() {
        IllegalStateException failure = new IllegalStateException("of the body");
        AtomicInteger cancelled = new AtomicInteger();
        assertThat(catchThrowable(() -> {
                    try (TaskScope<Object, Void> group = TaskScope.open()) {
                        CountDownLatch begun = new CountDownLatch(1);
                        group.fork(() -> {
                            begun.countDown();
                            try {
                                return SubtaskThreads.forEver();
                            } finally {
                                cancelled.incrementAndGet();
                            }
                        });
                        begun.await();
                        throw failure;
                    }
                }))
                .isSameAs(failure);
        assertThat(cancelled).hasValue(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    @Python("A31")
    void failureOfAnInnerGroup_cancelsTheOuterOne() throws Exception {
        IOException failure = new IOException("inner");
        AtomicInteger cancelled = new AtomicInteger();
        try (TaskScope<Object, Void> outer = TaskScope.open()) {
            CountDownLatch begun = new CountDownLatch(1);
            outer.fork(() -> {
                begun.countDown();
                try {
                    return SubtaskThreads.forEver();
                } finally {
                    cancelled.incrementAndGet();
                }
            });
            outer.fork(() -> {
                begun.await();
                try (TaskScope<Object, Void> inner = TaskScope.open()) {
                    inner.fork(() -> {
                        throw failure;
                    });
                    return inner.join();
                }
            });
            assertThat(catchThrowable(outer::join)).isSameAs(failure);
            assertThat(cancelled).hasValue(1);
        }
    }

    @Test
    @Python("A31")
    void failureOfTheOuterGroup_cancelsAnInnerOne() throws Exception {
        IOException failure = new IOException("outer");
        AtomicInteger cancelled = new AtomicInteger();
        try (TaskScope<Object, Void> outer = TaskScope.open()) {
            CountDownLatch begun = new CountDownLatch(1);
            outer.fork(() -> {
                try (TaskScope<Object, Void> inner = TaskScope.open()) {
                    inner.fork(() -> {
                        begun.countDown();
                        try {
                            return SubtaskThreads.forEver();
                        } finally {
                            cancelled.incrementAndGet();
                        }
                    });
                    return inner.join();
                }
            });
            outer.fork(() -> {
                begun.await();
                throw failure;
            });
            assertThat(catchThrowable(outer::join)).isSameAs(failure);
            assertThat(cancelled).hasValue(1);
        }
    }

    @Test
    @Python("A32")
    void errorsOfBodyAndChild_areBothTold() {
        IllegalStateException ofBody = new IllegalStateException("of the body");
        IllegalArgumentException ofChild = new IllegalArgumentException("of the child");
        List<Throwable> told = new ArrayList<>();
        assertThat(catchThrowable(() -> {
                    try (TaskScope<Object, Void> group =
                            TaskScope.open(Policy.failFast(), options -> options.onUnseenFailure(told::add))) {
                        CountDownLatch begun = new CountDownLatch(1);
                        group.fork(() -> {
                            begun.countDown();
                            throw ofChild;
                        });
                        begun.await();
                        throw ofBody;
                    }
                }))
                .isSameAs(ofBody);
        assertThat(told).containsExactly(ofChild);
    }

    @Test
    @Python("A33")
    void fatalError_comesAsItIs() throws Exception {
        Error fatal = new Fatal();
        try (TaskScope<Object, Void> group = TaskScope.open()) {
            group.fork(() -> {
                throw fatal;
            });
            assertThat(catchThrowable(group::join)).isSameAs(fatal);
        }
    }

    private static final class Fatal extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    @Python("A34")
    void children_haveChildrenInGroupsOfTheirOwn() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        try (TaskScope<Object, Void> group = TaskScope.open()) {
            group.fork(() -> descend(ran, 3));
            group.join();
        }
        assertThat(ran).hasValue(15);
    }

    private static Object descend(AtomicInteger ran, int levels) throws Exception {
        ran.incrementAndGet();
        try (TaskScope<Object, Void> group = TaskScope.open()) {
            for (int i = 0; i < 2 && levels > 0; i++) {
                group.fork(() -> descend(ran, levels - 1));
            }
            return group.join();
        }
    }

    @Test
    @Python("A34")
    void childThatIsSpawnedAfterAFailure_doesNotBegin() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        try (TaskScope<Object, Void> group = TaskScope.open()) {
            group.fork(() -> {
                throw new IOException("planned");
            });
            Await.until("the failure", group::isCancelled);
            assertThat(group.fork(ran::incrementAndGet).state()).isEqualTo(Subtask.State.CANCELLED);
            assertThat(catchThrowable(group::join)).isInstanceOf(IOException.class);
        }
        assertThat(ran).hasValue(0);
    }

    @Test
    @Python("A35")
    void groupThatIsOver_takesNoChildren() throws Exception {
        TaskScope<Object, Void> group = TaskScope.open();
        group.join();
        assertThatIllegalStateException().isThrownBy(() -> group.fork(() -> 1));
        group.close();
        assertThatIllegalStateException().isThrownBy(() -> group.fork(() -> 1));
        assertThatIllegalStateException().isThrownBy(group::join);
    }
}
