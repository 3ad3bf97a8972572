// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import com.google.common.util.concurrent.CycleDetectingLockFactory;
import com.google.common.util.concurrent.CycleDetectingLockFactory.Policies;
import io.github.headway4j.primitives.Barrier;
import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.Event;
import io.github.headway4j.primitives.Guarded;
import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Holdable;
import io.github.headway4j.primitives.KeyedLocks;
import io.github.headway4j.primitives.LockedSet;
import io.github.headway4j.primitives.Locks;
import io.github.headway4j.primitives.Mutex;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.Recording;

/** Samples of {@code primitives.md}: idioms and diagnosis. */
final class IdiomSamples {

    private IdiomSamples() {}

    static final class Seat {
        final Mutex lock = new Mutex();
        private boolean free = true;

        // snippet: idiom-try-hold
        boolean bookWithin(Duration patience) throws InterruptedException {
            try (var held = lock.tryHold(patience)) {
                return held != null && book(); // null: the time ran out, and there is nothing to close
            }
        }
        // end

        private boolean book() {
            boolean mine = free;
            free = false;
            return mine;
        }
    }

    static final class Theatre {
        // snippet: idiom-locked-set
        final LockedSet<String> free = new LockedSet<>(List.of("A1", "A2", "B1"));

        boolean book(Collection<String> wanted) { // all of them, or none
            return free.atomically(seats -> seats.containsAll(wanted) && seats.removeAll(wanted));
        }

        void change(String from, String to) {
            try (var held = free.hold()) { // others see both changes, or neither
                free.removeExisting(to);
                free.add(from);
            }
        }

        String plan() {
            Set<String> now = free.snapshot(); // one moment, for nothing; nobody waits
            return now.size() + " free: " + String.join(" ", new TreeSet<>(now));
        }
        // end
    }

    static final class Upload {
        final Mutex port = new Mutex();

        // snippet: idiom-hand-over
        void upload(Executor executor, Runnable transfer) throws InterruptedException {
            Held held = port.holdInterruptibly(); // here
            try {
                executor.execute(() -> {
                    try (held) { // given back there
                        transfer.run();
                    }
                });
            } catch (RejectedExecutionException e) {
                held.close();
                throw e;
            }
        }
        // end
    }

    static final class Press {
        final Mutex paper = new Mutex();
        final ReentrantLock ink = new ReentrantLock();
        final BoundedSemaphore trays = new BoundedSemaphore(2);

        // snippet: idiom-hold-all
        void print(Runnable job) {
            try (var all = Locks.holdAll(paper, Locks.of(ink), trays)) { // in any order
                job.run();
            }
        }

        boolean printWithin(Duration patience, Runnable job) throws InterruptedException {
            try (var all = Locks.tryHoldAll(patience, trays, paper, Locks.of(ink))) {
                if (all != null) {
                    job.run();
                }
                return all != null;
            }
        }
        // end
    }

    static final class Stock {
        // snippet: idiom-keyed
        final KeyedLocks<String> articles = new KeyedLocks<>();
        final Map<String, Integer> pieces = new ConcurrentHashMap<>(); // for many threads: locks guard values only

        void add(String article, int count) {
            try (var held = articles.hold(article)) { // other articles go on
                pieces.put(article, pieces.getOrDefault(article, 0) + count);
            }
        }

        void repack(String from, String to, int count) {
            try (var both = Locks.holdAll(articles.at(from), articles.at(to))) {
                pieces.put(from, pieces.getOrDefault(from, 0) - count);
                pieces.put(to, pieces.getOrDefault(to, 0) + count);
            }
        }
        // end
    }

    static final class Kitchen {
        // snippet: idiom-bounded-concurrency
        final BoundedSemaphore burners = BoundedSemaphore.fair(6);

        void cook(List<Runnable> dishes, Executor executor) throws InterruptedException {
            for (Runnable dish : dishes) {
                Held burner = burners.holdInterruptibly(); // waits here, before there are too many tasks
                try {
                    executor.execute(() -> {
                        try (burner) {
                            dish.run();
                        }
                    });
                } catch (RejectedExecutionException e) {
                    burner.close();
                    throw e;
                }
            }
        }

        void roast(Runnable meat) throws InterruptedException {
            try (var half = burners.holdInterruptibly(3)) { // three at once, or none
                meat.run();
            }
        }

        void nightShift() {
            burners.setBound(2); // those who cook finish; fewer than two must be left before the next one starts
        }
        // end
    }

    static final class Pool {
        // snippet: idiom-guarded
        final Guarded<Integer> free = Guarded.of(3); // immutable: replaced by update

        void work(Runnable job) throws InterruptedException {
            free.awaitThen(n -> n > 0, n -> free.update(m -> m - 1)); // nobody comes in between
            try {
                job.run();
            } finally {
                free.update(n -> n + 1); // wakes the next one
            }
        }

        boolean awaitIdle(Duration patience) throws InterruptedException {
            return free.await(n -> n == 3, patience);
        }
        // end
    }

    static final class Workers {
        // snippet: idiom-event
        final Event running = new Event();
        final Event closing = new Event();

        void work(Queue<Runnable> jobs) throws InterruptedException {
            for (Runnable job = jobs.poll(); job != null; job = jobs.poll()) {
                running.await(); // at once while set, for the price of a volatile read
                job.run();
            }
        }

        void pause() {
            running.clear(); // a job that has begun is finished
        }

        void resume() {
            running.set(); // everybody who waits goes on
        }

        void report(Duration period, Runnable report) throws InterruptedException {
            while (!closing.await(period)) { // sleeps, and ends at once when somebody sets it
                report.run();
            }
        }
        // end
    }

    /** Heat spreads from the first number to the others. */
    static final class Heat {
        // snippet: idiom-barrier
        private long[] now = new long[1_000]; // read by all parties
        private long[] next = new long[1_000]; // written by all, each its own part
        private final Barrier round = new Barrier(4, this::swap);

        void spread(int part, int rounds) throws InterruptedException, BrokenBarrierException, TimeoutException {
            for (int i = 0; i < rounds; i++) {
                try {
                    step(part); // reads now, writes its part of next
                } catch (RuntimeException | Error e) {
                    round.abort(); // the others need not wait for this one
                    throw e;
                }
                round.await(); // until all have written; the last one swaps
            }
        }

        private void swap() {
            long[] old = now;
            now = next;
            next = old;
        }
        // end

        final int failing;

        Heat(int failing) {
            this.failing = failing;
            now[0] = 1_000_000;
        }

        long[] result() {
            return now.clone();
        }

        private void step(int part) {
            if (part == failing) {
                throw new IllegalStateException("planted");
            }
            int size = now.length / round.parties();
            for (int i = part * size; i < (part + 1) * size; i++) {
                long left = now[Math.max(i - 1, 0)];
                long right = now[Math.min(i + 1, now.length - 1)];
                next[i] = (left + 2 * now[i] + right) / 4;
            }
        }
    }

    // snippet: diagnose-jfr
    static void record(Runnable work, Path file) throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable("headway.MutexWait").withThreshold(Duration.ofMillis(1));
            recording.enable("headway.SemaphoreWait").withThreshold(Duration.ofMillis(1));
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
    }
    // end

    // snippet: diagnose-deadlock
    static String deadlock() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] ids = threads.findDeadlockedThreads();
        if (ids == null) {
            return "none";
        }
        StringBuilder text = new StringBuilder();
        for (ThreadInfo thread : threads.getThreadInfo(ids, true, true)) {
            text.append(thread); // who waits for what, and who has it
        }
        return text.toString();
    }
    // end

    // snippet: diagnose-cycle
    static void takesLocksInBothOrders() {
        CycleDetectingLockFactory factory = CycleDetectingLockFactory.newInstance(Policies.THROW);
        Holdable accounts = Locks.of(factory.newReentrantLock("accounts"));
        Holdable journal = Locks.of(factory.newReentrantLock("journal"));
        try (var first = accounts.hold();
                var second = journal.hold()) {
            settle();
        }
        try (var first = journal.hold();
                var second = accounts.hold()) { // PotentialDeadlockException, in one thread, without a deadlock
            settle();
        }
    }
    // end

    private static void settle() {}
}
