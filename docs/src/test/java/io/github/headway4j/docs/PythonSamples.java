// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import io.github.headway4j.primitives.Barrier;
import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.Event;
import io.github.headway4j.primitives.Guarded;
import io.github.headway4j.primitives.Holdable;
import io.github.headway4j.primitives.Locks;
import io.github.headway4j.primitives.Mutex;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The samples of {@code coming-from-python.md}. */
final class PythonSamples {

    private PythonSamples() {}

    static final class LockSample {
        long balance;

        // snippet: python-lock
        private final Mutex lock = new Mutex(); // lock = threading.Lock()

        void deposit(long amount) {
            try (var held = lock.hold()) { // with lock:
                balance += amount;
            }
        }

        boolean depositWithin(Duration patience, long amount) throws InterruptedException {
            try (var held = lock.tryHold(patience)) { // lock.acquire(timeout=...)
                if (held == null) {
                    return false;
                }
                balance += amount;
                return true;
            }
        }
        // end
    }

    static final class RLockSample {
        long balance;

        // snippet: python-rlock
        private final Holdable rlock = Locks.of(new ReentrantLock()); // rlock = threading.RLock()

        void deposit(long amount) {
            try (var held = rlock.hold()) { // with rlock:
                balance += amount;
            }
        }

        void depositAll(List<Long> amounts) {
            try (var held = rlock.hold()) {
                amounts.forEach(this::deposit); // the same thread locks again
            }
        }
        // end
    }

    static final class ConditionSample {

        // snippet: python-condition
        private final Mutex mutex = new Mutex();
        private final Condition arrived = mutex.newCondition(); // arrived = threading.Condition(threading.Lock())
        private final Deque<String> letters = new ArrayDeque<>();

        void put(String letter) {
            mutex.lock();
            try {
                letters.addLast(letter);
                arrived.signal(); // arrived.notify()
            } finally {
                mutex.unlock();
            }
        }

        String take() throws InterruptedException {
            mutex.lockInterruptibly();
            try {
                while (letters.isEmpty()) { // arrived.wait_for(lambda: letters)
                    arrived.await();
                }
                return letters.removeFirst();
            } finally {
                mutex.unlock();
            }
        }
        // end

        int waiting() {
            return mutex.waiting();
        }
    }

    static final class GuardedSample {
        // snippet: python-guarded
        private final Guarded<Deque<String>> letters = Guarded.of(new ArrayDeque<>()); // cond = threading.Condition()

        void put(String letter) {
            letters.use(box -> box.addLast(letter)); // with cond: letters.append(letter); cond.notify_all()
        }

        String take() throws InterruptedException {
            return letters.awaitThen(
                    box -> !box.isEmpty(), Deque::removeFirst); // cond.wait_for(...); letters.popleft()
        }

        boolean awaitEmpty(Duration patience) throws InterruptedException {
            return letters.await(Deque::isEmpty, patience); // cond.wait_for(lambda: not letters, timeout)
        }
        // end
    }

    static final class SemaphoreSample {

        // snippet: python-semaphore
        private final Semaphore lettersThere = new Semaphore(0); // threading.Semaphore(0)

        void announce(int letters) {
            lettersThere.release(letters); // semaphore.release(letters)
        }

        boolean awaitLetter(Duration patience) throws InterruptedException {
            return lettersThere.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS); // semaphore.acquire(timeout=...)
        }
        // end
    }

    static final class BoundedSemaphoreSample {

        // snippet: python-bounded-semaphore
        private final BoundedSemaphore connections = new BoundedSemaphore(3); // threading.BoundedSemaphore(3)

        void query(Runnable statement) throws InterruptedException {
            try (var connection = connections.holdInterruptibly()) { // with connections:
                statement.run();
            }
        }

        boolean queryNow(Runnable statement) {
            try (var connection = connections.tryHold()) { // connections.acquire(blocking=False)
                if (connection != null) {
                    statement.run();
                }
                return connection != null;
            }
        }
        // end
    }

    static final class EventSample {

        // snippet: python-event
        private final Event stop = new Event(); // stop = threading.Event()

        void beat(Duration period, Runnable beat) throws InterruptedException {
            while (!stop.await(period)) { // while not stop.wait(period):
                beat.run();
            }
        }

        void stop() {
            stop.set(); // stop.set()
        }
        // end
    }

    static final class BarrierSample {
        final List<String> log = new ArrayList<>();

        // snippet: python-barrier
        private final Barrier start = new Barrier(2, this::greet); // start = threading.Barrier(2, greet)

        boolean meet() throws InterruptedException {
            try {
                start.await(Duration.ofSeconds(30)); // start.wait(30)
                return true;
            } catch (BrokenBarrierException | TimeoutException e) { // except threading.BrokenBarrierError:
                return false;
            }
        }

        void callOff() {
            start.abort(); // start.abort()
        }
        // end

        private void greet() {
            log.add("hello");
        }
    }

    static final class ThreadSample {
        final List<String> log = new ArrayList<>();

        // snippet: python-thread
        void runInBackground(Runnable work, Duration patience) throws InterruptedException {
            Thread thread = new Thread(work, "worker"); // threading.Thread(target=work, name="worker")
            thread.setDaemon(true); // daemon=True
            thread.setUncaughtExceptionHandler((t, failure) -> log.add(t.getName() + ": " + failure));
            thread.start();
            thread.join(Math.max(1L, patience.toMillis())); // thread.join(timeout); join(0) would wait for ever
            if (thread.isAlive()) { // thread.is_alive()
                thread.interrupt(); // Python has no counterpart
                thread.join();
            }
        }
        // end
    }

    static final class LocalSample {

        // snippet: python-local
        private static final ThreadLocal<StringBuilder> TEXT = ThreadLocal.withInitial(StringBuilder::new);

        static String join(List<String> words) {
            StringBuilder text = TEXT.get(); // local.text
            text.setLength(0);
            words.forEach(text::append);
            return text.toString();
        }

        static void forget() {
            TEXT.remove(); // del local.text
        }
        // end
    }
}
