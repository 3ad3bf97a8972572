// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A virtual thread that waits gives its carrier back: far more threads than carriers wait at the same time, and the JVM
 * reports no pinned thread.
 */
class PinningTest {

    private static final String PINNED = "jdk.VirtualThreadPinned";
    private static final int WAITERS = 4 * Runtime.getRuntime().availableProcessors() + 4;
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private Path folder;

    @BeforeEach
    void virtualThreads() {
        assumeTrue(ThreadKind.VIRTUAL.isSupported(), "virtual threads: not on this JDK, from 21 on");
    }

    /** The things waited for, all busy until {@link #free} is called, and the object that waiters show as blocker. */
    private static final class Scene {
        final BoundedSemaphore semaphore = new BoundedSemaphore(1);
        final BoundedSemaphore fair = BoundedSemaphore.fair(1);
        final Mutex mutex = new Mutex();
        final KeyedLocks<String> keyed = new KeyedLocks<>();
        final LockedSet<String> set = new LockedSet<>();
        final Condition condition = mutex.newCondition();
        final Guarded<Boolean> light = Guarded.of(false);
        final Event event = new Event();
        final Barrier barrier = new Barrier(WAITERS + 1);
        private final List<Held> held = new ArrayList<>();

        Scene(boolean mutexIsBusy) {
            held.add(semaphore.hold());
            held.add(fair.hold());
            held.add(keyed.hold("key"));
            held.add(set.hold());
            if (mutexIsBusy) {
                held.add(mutex.hold());
            }
        }

        void free() {
            light.update(lit -> true);
            event.set();
            if (barrier.waiting() == WAITERS) {
                try {
                    barrier.await(Duration.ZERO);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new AssertionError(e);
                }
            }
            held.forEach(Held::close);
            mutex.lock();
            condition.signalAll();
            mutex.unlock();
        }
    }

    /** One blocking method: waits on the scene, and hands on what it got. */
    private interface Way {
        void waitOn(Scene scene) throws Throwable;
    }

    private record Blocking(String name, boolean onCondition, Way way) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Blocking way(String name, Way way) {
        return new Blocking(name, false, way);
    }

    private static Blocking onCondition(String name, Way way) {
        return new Blocking(name, true, scene -> {
            scene.mutex.lock();
            try {
                way.waitOn(scene);
            } finally {
                scene.mutex.unlock();
            }
        });
    }

    private static Stream<Blocking> blockingMethods() {
        return Stream.of(
                way("BoundedSemaphore.acquire", s -> {
                    s.semaphore.acquire();
                    s.semaphore.release();
                }),
                way("BoundedSemaphore.acquireUninterruptibly", s -> {
                    s.semaphore.acquireUninterruptibly();
                    s.semaphore.release();
                }),
                way("BoundedSemaphore.tryAcquire, timed", s -> {
                    assertThat(s.semaphore.tryAcquire(LONG)).isTrue();
                    s.semaphore.release();
                }),
                way("BoundedSemaphore.hold", s -> s.semaphore.hold().close()),
                way(
                        "BoundedSemaphore.holdInterruptibly, fair",
                        s -> s.fair.holdInterruptibly().close()),
                way(
                        "BoundedSemaphore.tryHold, timed and fair",
                        s -> s.fair.tryHold(LONG).close()),
                way("Mutex.lock", s -> {
                    s.mutex.lock();
                    s.mutex.unlock();
                }),
                way("Mutex.lockInterruptibly", s -> {
                    s.mutex.lockInterruptibly();
                    s.mutex.unlock();
                }),
                way("Mutex.tryLock, timed", s -> {
                    assertThat(s.mutex.tryLock(LONG)).isTrue();
                    s.mutex.unlock();
                }),
                way("Mutex.hold", s -> s.mutex.hold().close()),
                way("Mutex.holdInterruptibly", s -> s.mutex.holdInterruptibly().close()),
                way("Mutex.tryHold, timed", s -> s.mutex.tryHold(LONG).close()),
                onCondition("Condition.await", s -> s.condition.await()),
                onCondition("Condition.awaitUninterruptibly", s -> s.condition.awaitUninterruptibly()),
                onCondition(
                        "Condition.await, timed",
                        s -> assertThat(s.condition.await(1, TimeUnit.HOURS)).isTrue()),
                way("Event.await", s -> s.event.await()),
                way("Event.await, timed", s -> s.event.await(LONG)),
                way("Event.awaitUninterruptibly", s -> s.event.awaitUninterruptibly()),
                way("Barrier.await", s -> s.barrier.await()),
                way("Barrier.await, timed", s -> s.barrier.await(LONG)),
                way("Locks.holdAll", s -> Locks.holdAll(s.fair, s.mutex).close()),
                way("Guarded.await", s -> s.light.await(lit -> lit)),
                way("Guarded.awaitThen, timed", s -> s.light.awaitThen(lit -> lit, lit -> lit, LONG)),
                way("LockedSet.hold", s -> s.set.hold().close()),
                way("LockedSet.add", s -> s.set.add("a")),
                way("KeyedLocks.hold", s -> s.keyed.hold("key").close()));
    }

    @ParameterizedTest
    @MethodSource("blockingMethods")
    void moreWaitersThanCarriers_allWaitAtOnce_noneIsPinned(Blocking blocking) throws Throwable {
        pinned(() ->
                run(blocking)); // loads what is loaded once, for events too: a class that initializes itself does pin
        assertThat(pinned(() -> run(blocking))).isEmpty();
    }

    private static void run(Blocking blocking) {
        Scene scene = new Scene(!blocking.onCondition());
        try (TestThreads threads = new TestThreads(ThreadKind.VIRTUAL)) {
            List<TestThread<Void>> waiters = new ArrayList<>();
            for (int i = 0; i < WAITERS; i++) {
                waiters.add(threads.start("waiter " + i, () -> blocking.way().waitOn(scene)));
            }
            for (TestThread<Void> waiter : waiters) {
                if (blocking.onCondition()) {
                    waiter.awaitParked(scene.condition); // a signal before that would be missed
                } else {
                    waiter.awaitParked();
                }
            }
            waiters.forEach(TestThread::assertStillParked);
            scene.free();
        }
    }

    /** A thread that waits while a class initializes itself is pinned: the recording would show ours, too. */
    @Test
    void recording_showsPinnedThreads() throws Throwable {
        assertThat(pinned(() -> {
                    try (TestThreads threads = new TestThreads(ThreadKind.VIRTUAL)) {
                        Initializing.GATE.acquireUninterruptibly();
                        TestThread<Void> waiter = threads.start("pinned", Initializing.Late::touch);
                        waiter.awaitParked(Initializing.GATE);
                        Initializing.GATE.release();
                    }
                }))
                .isNotEmpty();
    }

    private static final class Initializing {
        static final BoundedSemaphore GATE = new BoundedSemaphore(1);

        private static final class Late {
            static {
                GATE.acquireUninterruptibly();
            }

            static void touch() {}
        }
    }

    /** The stacks of the threads of this library that were pinned while the body ran. */
    private List<String> pinned(Executable body) throws Throwable {
        try (Recording recording = new Recording()) {
            recording.enable(PINNED).withoutThreshold().withStackTrace();
            recording.start();
            body.execute();
            recording.stop();
            return stacksOf(recording);
        }
    }

    private List<String> stacksOf(Recording recording) throws IOException {
        Path file = folder.resolve("recording-" + recording.getId() + ".jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(PINNED))
                .map(PinningTest::stackOf)
                .filter(stack -> stack.contains(WaitQueue.class.getName() + "."))
                .collect(Collectors.toList());
    }

    /** All of it, which the string of an event is not. */
    private static String stackOf(RecordedEvent event) {
        return event.getStackTrace() == null
                ? ""
                : event.getStackTrace().getFrames().stream()
                        .map(RecordedFrame::getMethod)
                        .map(method -> method.getType().getName() + "." + method.getName())
                        .collect(Collectors.joining("\n"));
    }
}
