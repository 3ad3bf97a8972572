// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.Threshold;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The events that a flight recording of a program with these classes shows. */
class WaitEventsTest {

    private static final String MUTEX = "headway.MutexWait";
    private static final String SEMAPHORE = "headway.SemaphoreWait";
    private static final String SET = "headway.SetWait";

    @TempDir
    private Path folder;

    private final BoundedSemaphore semaphore = BoundedSemaphore.fair(3);
    private final Mutex mutex = new Mutex();

    @EachThreadKind
    void semaphore_waitThatSucceeds_isRecordedWithAllFields(ThreadKind kind) throws Throwable {
        semaphore.acquire(2);
        long[] nanos = new long[2];
        RecordedEvent event = onlyEvent(SEMAPHORE, () -> {
            try (TestThreads threads = new TestThreads(kind)) {
                long before = System.nanoTime();
                TestThread<Void> waiter = threads.start("semaphore waiter", () -> semaphore.acquire(2));
                waiter.awaitParked(semaphore);
                nanos[0] = letTimePass(5_000_000L);
                semaphore.release();
                waiter.join();
                nanos[1] = System.nanoTime() - before;
            }
        });
        assertThat(event.getString("semaphore")).startsWith("BoundedSemaphore@").contains("1 of 3 available, fair");
        assertThat(event.getInt("permits")).isEqualTo(2);
        assertThat(event.getBoolean("acquired")).isTrue();
        assertThat(event.getThread().getJavaName()).isEqualTo("semaphore waiter");
        assertDuration(event, nanos[0], nanos[1]);
    }

    @EachThreadKind
    void mutex_waitThatSucceeds_isRecordedWithAllFields(ThreadKind kind) throws Throwable {
        long[] nanos = new long[2];
        RecordedEvent event = onlyEvent(MUTEX, () -> {
            try (TestThreads threads = new TestThreads(kind)) {
                TestThread<Void> holder = threads.start("mutex holder", () -> {
                    mutex.lock();
                    semaphore.acquire(4); // until the bound is raised
                });
                holder.awaitParked(semaphore);
                long before = System.nanoTime();
                TestThread<Void> waiter = threads.start("mutex waiter", mutex::lock);
                waiter.awaitParked(mutex);
                nanos[0] = letTimePass(5_000_000L);
                mutex.unlock();
                waiter.join();
                nanos[1] = System.nanoTime() - before;
                semaphore.setBound(4);
            }
        });
        assertThat(event.getString("mutex")).startsWith("Mutex@").contains("locked by", "mutex holder");
        assertThat(event.getThread("holder").getJavaName()).isEqualTo("mutex holder");
        assertThat(event.getBoolean("acquired")).isTrue();
        assertThat(event.getThread().getJavaName()).isEqualTo("mutex waiter");
        assertDuration(event, nanos[0], nanos[1]);
    }

    @EachThreadKind
    void set_waitOfAWriter_isRecordedWithAllFields(ThreadKind kind) throws Throwable {
        LockedSet<String> set = new LockedSet<>(List.of("a"));
        String holder = Thread.currentThread().getName();
        RecordedEvent event = onlyEvent(SET, () -> {
            try (TestThreads threads = new TestThreads(kind)) {
                Held held = set.hold();
                TestThread<Boolean> writer = threads.start("set writer", () -> set.add("b"));
                writer.awaitParked(set);
                held.close();
                assertThat(writer.result()).isTrue();
            }
        });
        assertThat(event.getString("set")).startsWith("LockedSet@").contains("held by", "1 element,");
        assertThat(event.getThread("holder").getJavaName()).isEqualTo(holder);
        assertThat(event.getBoolean("acquired")).isTrue();
        assertThat(event.getThread().getJavaName()).isEqualTo("set writer");
    }

    @EachThreadKind
    void waitThatTimesOut_isRecordedAsNotAcquired(ThreadKind kind) throws Throwable {
        semaphore.acquire(3);
        mutex.lock();
        RecordedEvent permitWait = onlyEvent(SEMAPHORE, () -> {
            try (TestThreads threads = new TestThreads(kind)) {
                threads.start(
                        "waiter",
                        () -> assertThat(semaphore.tryAcquire(Duration.ofMillis(2)))
                                .isFalse());
            }
        });
        RecordedEvent lockWait = onlyEvent(MUTEX, () -> {
            try (TestThreads threads = new TestThreads(kind)) {
                threads.start(
                        "waiter",
                        () -> assertThat(mutex.tryHold(Duration.ofMillis(2))).isNull());
            }
        });
        assertThat(permitWait.getBoolean("acquired")).isFalse();
        assertThat(permitWait.getInt("permits")).isOne();
        assertThat(lockWait.getBoolean("acquired")).isFalse();
    }

    @EachThreadKind
    void waitThatIsInterrupted_isRecordedAsNotAcquired(ThreadKind kind) throws Throwable {
        semaphore.acquire(3);
        mutex.lock();
        assertThat(onlyEvent(SEMAPHORE, () -> interrupt(kind, semaphore, semaphore::acquire))
                        .getBoolean("acquired"))
                .isFalse();
        assertThat(onlyEvent(MUTEX, () -> interrupt(kind, mutex, mutex::lockInterruptibly))
                        .getBoolean("acquired"))
                .isFalse();
    }

    private static void interrupt(ThreadKind kind, Object blocker, Executable wait) {
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> waiter = threads.start("waiter", wait);
            waiter.awaitParked(blocker);
            waiter.interrupt();
            assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void nobodyWaits_nothingIsRecorded() throws Throwable {
        List<RecordedEvent> events = record(WaitEventsTest::everything, () -> {
            semaphore.acquire();
            semaphore.acquireUninterruptibly();
            try (Held held = semaphore.tryHold(Duration.ofSeconds(1))) {
                assertThat(held).isNotNull();
                assertThat(semaphore.tryAcquire()).isFalse();
                assertThat(semaphore.tryAcquire(Duration.ZERO)).isFalse();
            }
            try (Held held = mutex.hold()) {
                assertThat(held).isNotNull();
                assertThat(mutex.tryLock()).isFalse();
                assertThat(mutex.tryLock(Duration.ZERO)).isFalse();
            }
        });
        assertThat(events).isEmpty();
    }

    @Test
    void waitThatEndsBeforeItParks_isNotRecorded() throws Throwable {
        GivingParker parker = new GivingParker();
        BoundedSemaphore given = new BoundedSemaphore(1, false, parker);
        Mutex freed = new Mutex(parker);
        List<RecordedEvent> events = record(WaitEventsTest::everything, () -> {
            given.acquire();
            parker.gift = given::release;
            given.acquire();
            freed.lock();
            parker.gift = freed::unlock;
            freed.lock();
        });
        assertThat(events).isEmpty();
        assertThat(given.waiting() + freed.waiting()).isZero();
    }

    /** What is waited for comes at the moment at which the thread has decided to wait. */
    private static final class GivingParker implements Parker {
        private Runnable gift = () -> {};

        @Override
        public boolean spins() {
            gift.run();
            gift = () -> {};
            return false;
        }

        @Override
        public void park(Object blocker) {
            throw new AssertionError("parked on " + blocker);
        }

        @Override
        public void parkNanos(Object blocker, long nanos) {
            throw new AssertionError("parked on " + blocker);
        }

        @Override
        public void unpark(Thread thread) {
            throw new AssertionError(thread + " has parked");
        }
    }

    @Test
    void waitBelowTheThreshold_isNotRecorded() throws Throwable {
        List<RecordedEvent> events = record(
                recording -> {
                    recording.enable(SEMAPHORE).withThreshold(Duration.ofHours(1));
                    recording.enable(MUTEX).withThreshold(Duration.ofHours(1));
                },
                this::waitForEach);
        assertThat(events).isEmpty();
    }

    @Test
    void eventsThatAreOff_areNotRecorded() throws Throwable {
        List<RecordedEvent> events = record(
                recording -> {
                    recording.disable(SEMAPHORE);
                    recording.disable(MUTEX);
                },
                this::waitForEach);
        assertThat(events).isEmpty();
        assertThat(record(WaitEventsTest::everything, this::waitForEach)).hasSize(2); // so there was something to see
    }

    @Test
    void unlessTheUserSaysOtherwise_theThresholdIsTenMilliseconds() throws Throwable {
        List<RecordedEvent> events = record(recording -> {}, () -> {
            waitForEach(11_000_000L);
            waitForEach(0L); // as a rule a short one
        });
        assertThat(events)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(event -> assertThat(event.getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(10)));
        for (Class<?> type : List.of(SemaphoreWaitEvent.class, MutexWaitEvent.class, SetWaitEvent.class)) {
            assertThat(type.getAnnotation(Threshold.class).value()).isEqualTo("10 ms");
        }
    }

    private void waitForEach() {
        waitForEach(0L);
    }

    /** One wait for each, of at least the given time. */
    private void waitForEach(long nanos) {
        semaphore.acquireUninterruptibly(3);
        mutex.lock();
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> first = threads.start("first", () -> semaphore.acquire());
            TestThread<Void> second = threads.start("second", mutex::lock);
            first.awaitParked(semaphore);
            second.awaitParked(mutex);
            letTimePass(nanos);
            semaphore.release(3);
            mutex.unlock();
            first.join();
            second.join();
        }
        semaphore.release();
        mutex.unlock();
    }

    private static long letTimePass(long nanos) {
        long start = System.nanoTime();
        Await.until("some time to pass", () -> System.nanoTime() - start > nanos);
        return System.nanoTime() - start;
    }

    /** Clocks of recordings may be coarse: a tenth and a millisecond are allowed for. */
    private static void assertDuration(RecordedEvent event, long atLeastNanos, long atMostNanos) {
        assertThat(event.getDuration().toNanos()).isBetween(atLeastNanos / 10 * 9, atMostNanos / 10 * 11 + 1_000_000L);
    }

    private RecordedEvent onlyEvent(String name, Executable body) throws Throwable {
        List<RecordedEvent> events = record(WaitEventsTest::everything, body).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .collect(Collectors.toList());
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static void everything(Recording recording) {
        recording.enable(SEMAPHORE).withoutThreshold();
        recording.enable(MUTEX).withoutThreshold();
        recording.enable(SET).withoutThreshold();
    }

    private List<RecordedEvent> record(Consumer<Recording> settings, Executable body) throws Throwable {
        try (Recording recording = new Recording()) {
            settings.accept(recording);
            recording.start();
            body.execute();
            recording.stop();
            return eventsOf(recording);
        }
    }

    private List<RecordedEvent> eventsOf(Recording recording) throws IOException {
        Path file = folder.resolve("recording-" + recording.getId() + ".jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("headway."))
                .collect(Collectors.toList());
    }
}
