// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TestThreadsTest {

    private static final Duration SHORT_WATCHDOG = Duration.ofMillis(50);

    @EachThreadKind
    void result_isWhatTheHelperReturned(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            assertThat(threads.start("adder", () -> 1 + 1).result()).isEqualTo(2);
            assertThat(threads.start("runner", () -> {}).result()).isNull();
        }
    }

    @EachThreadKind
    void close_joinsEveryHelper(ThreadKind kind) {
        CountDownLatch go = new CountDownLatch(1);
        TestThread<Void> waiting;
        try (TestThreads threads = new TestThreads(kind)) {
            waiting = threads.start("waiting", () -> go.await());
            threads.start("starter", go::countDown);
        }
        assertThat(waiting.isAlive()).isFalse();
    }

    @EachThreadKind
    void close_throwsTheFailureItselfWithTheOthersSuppressed(ThreadKind kind) {
        IOException first = new IOException("first");
        Error second = new Error("second");
        assertThatThrownBy(() -> {
                    try (TestThreads threads = new TestThreads(kind)) {
                        threads.start("first", () -> {
                            throw first;
                        });
                        threads.start("second", () -> {
                            throw second;
                        });
                    }
                })
                .isSameAs(first)
                .hasSuppressedException(second);
    }

    @Test
    void close_twoHelpersThrowTheSameObject_throwsItOnce() {
        Error shared = new Error("shared");
        assertThatThrownBy(() -> {
                    try (TestThreads threads = new TestThreads()) {
                        for (int i = 0; i < 2; i++) {
                            threads.start("thrower", () -> {
                                throw shared;
                            });
                        }
                    }
                })
                .isSameAs(shared)
                .hasNoSuppressedExceptions();
    }

    @Test
    void join_throwsTheFailureWithTheStackOfTheHelper_andCloseDoesNotRepeatIt() {
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> failing = threads.start("failing", TestThreadsTest::fail);
            assertThatThrownBy(failing::join)
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining("TestThreadsTest.fail");
            assertThat(failing.failure()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void failure_handsOverAnExpectedFailure_andCloseDoesNotRepeatIt() {
        try (TestThreads threads = new TestThreads()) {
            assertThat(threads.start("failing", TestThreadsTest::fail).failure())
                    .isInstanceOf(IOException.class);
            assertThat(threads.start("fine", () -> {}).failure()).isNull();
        }
    }

    @EachThreadKind
    void join_ofAStuckHelper_failsWithItsStackAndInterruptsIt(ThreadKind kind) {
        AtomicBoolean interrupted = new AtomicBoolean();
        try (TestThreads threads = new TestThreads(kind, SHORT_WATCHDOG)) {
            TestThread<Void> stuck = threads.start("stuck one", () -> parkUntilInterrupted(interrupted));
            assertThatThrownBy(stuck::join)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("50 ms for the end of \"stuck one\"")
                    .hasMessageContaining("\"stuck one\" " + (kind == ThreadKind.VIRTUAL ? "virtual" : "platform"))
                    .hasMessageContaining("WAITING, waits for " + AtomicBoolean.class.getName())
                    .hasMessageContaining("TestThreadsTest.parkUntilInterrupted");
        }
        assertThat(interrupted).isTrue();
    }

    @EachThreadKind
    void close_withAStuckHelper_failsWithItsStackAndInterruptsIt(ThreadKind kind) {
        AtomicBoolean interrupted = new AtomicBoolean();
        assertThatThrownBy(() -> {
                    try (TestThreads threads = new TestThreads(kind, SHORT_WATCHDOG)) {
                        threads.start("stuck one", () -> parkUntilInterrupted(interrupted));
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the end of \"stuck one\"")
                .hasMessageContaining("TestThreadsTest.parkUntilInterrupted");
        Await.until("the interrupt", interrupted::get);
    }

    @EachThreadKind
    void close_withAHelperThatIgnoresTheInterrupt_namesItAndReturns(ThreadKind kind) {
        AtomicBoolean end = new AtomicBoolean();
        TestThreads threads = new TestThreads(kind, SHORT_WATCHDOG);
        TestThread<Void> deaf = threads.start("deaf one", () -> {
            while (!end.get()) {
                LockSupport.parkNanos(end, 100_000);
                Thread.interrupted();
            }
        });
        assertThatThrownBy(deaf::join).isInstanceOf(AssertionError.class);
        assertThatThrownBy(threads::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the end of \"deaf one\"");
        end.set(true);
        Await.until("the end of the deaf one", () -> !deaf.isAlive());
    }

    @EachThreadKind
    void awaitParked_returnsOnceTheHelperIsParkedOnThatObject(ThreadKind kind) {
        AtomicBoolean flag = new AtomicBoolean();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> parked = threads.start("parked", () -> parkUntil(flag));
            parked.awaitParked(flag);
            assertThat(LockSupport.getBlocker(parked.thread())).isSameAs(flag);
            parked.assertStillParked();
            flag.set(true);
            LockSupport.unpark(parked.thread());
        }
    }

    @EachThreadKind
    void awaitParked_onAnotherObject_fails(ThreadKind kind) {
        AtomicBoolean flag = new AtomicBoolean();
        try (TestThreads threads = new TestThreads(kind, SHORT_WATCHDOG)) {
            TestThread<Void> parked = threads.start("parked", () -> parkUntilInterrupted(flag));
            parked.awaitParked();
            assertThatThrownBy(() -> parked.awaitParked(new Object()))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("\"parked\" to be parked on java.lang.Object");
        }
    }

    @EachThreadKind
    void awaitParked_ofARunningHelper_fails(ThreadKind kind) {
        AtomicBoolean end = new AtomicBoolean();
        try (TestThreads threads = new TestThreads(kind, SHORT_WATCHDOG)) {
            TestThread<Void> running = threads.start("running", () -> {
                while (!end.get()) {
                    Thread.onSpinWait();
                }
            });
            assertThatThrownBy(running::awaitParked).isInstanceOf(AssertionError.class);
            end.set(true);
        }
    }

    @EachThreadKind
    void awaitParked_helperEndsInstead_failsAtOnceWithItsFailure(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> failing = threads.start("failing", TestThreadsTest::fail);
            assertThatThrownBy(failing::awaitParked)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("ended instead")
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @EachThreadKind
    void assertStillParked_helperHasLeft_fails(ThreadKind kind) {
        AtomicBoolean flag = new AtomicBoolean();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> parked = threads.start("parked", () -> parkUntil(flag));
            parked.awaitParked();
            flag.set(true);
            LockSupport.unpark(parked.thread());
            parked.join();
            assertThatThrownBy(parked::assertStillParked)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("ended instead");
        }
    }

    private static void fail() throws IOException {
        throw new IOException("in the helper");
    }

    private static void parkUntil(AtomicBoolean flag) {
        while (!flag.get()) {
            LockSupport.park(flag);
        }
    }

    private static void parkUntilInterrupted(AtomicBoolean interrupted) {
        while (!interrupted.get()) {
            LockSupport.park(interrupted);
            interrupted.set(Thread.interrupted());
        }
    }
}
