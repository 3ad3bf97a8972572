// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a wait that is over leaves behind: nothing that the collector could not take. */
class DepartedWaiterTest {

    private static final Duration LONG = Duration.ofHours(1);

    /** Waits until a flag is set. Stands for all that a waiter may carry. */
    private static final class Passenger extends WaitQueue.Waiter {
        private final AtomicBoolean flag;

        Passenger(AtomicBoolean flag) {
            this.flag = flag;
        }

        @Override
        protected boolean attempt() {
            return flag.get();
        }

        @Override
        protected boolean more() {
            return flag.get();
        }
    }

    @EachThreadKind
    void waiterThatHasGone_isNotKeptByItsQueue(ThreadKind kind) {
        Object blocker = new Object();
        for (WaitQueue queue : List.of(
                WaitQueue.fifo(blocker, Parker.system()),
                WaitQueue.barging(blocker, Parker.system()),
                WaitQueue.patient(blocker, Parker.system()),
                WaitQueue.broadcast(blocker, Parker.system()))) {
            List<WeakReference<?>> gone = new ArrayList<>();
            AtomicBoolean flag = new AtomicBoolean();
            try (TestThreads threads = new TestThreads(kind)) {
                List<TestThread<WeakReference<Passenger>>> waiters = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    TestThread<WeakReference<Passenger>> waiter = threads.start("waiter " + i, () -> {
                        Passenger passenger = new Passenger(flag);
                        queue.await(passenger);
                        return new WeakReference<>(passenger);
                    });
                    waiter.awaitParked(blocker);
                    waiters.add(waiter);
                }
                flag.set(true);
                queue.signalAll();
                waiters.forEach(waiter -> gone.add(waiter.result()));
            }
            awaitCollected(gone);
            Reference.reachabilityFence(queue);
        }
    }

    @EachThreadKind
    void waiterThatLeavesBehindOneThatStays_isNotKept(ThreadKind kind) throws Exception {
        Object blocker = new Object();
        AtomicBoolean flag = new AtomicBoolean();
        WaitQueue queue = WaitQueue.fifo(blocker, Parker.system());
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> stays = threads.start("stays", () -> queue.await(new Passenger(flag)));
            stays.awaitParked(blocker);
            TestThread<WeakReference<?>> leaves = threads.start("leaves", () -> {
                Passenger passenger = new Passenger(flag);
                queue.await(passenger, 1L);
                return new WeakReference<>(passenger);
            });
            awaitCollected(List.of(leaves.result()));
            flag.set(true);
            queue.signal();
            stays.join();
        }
    }

    @EachThreadKind
    void setThatWasWaitedForOnce_doesNotKeepWhatHasBeenRemoved(ThreadKind kind) {
        LockedSet<Object> set = new LockedSet<>();
        List<WeakReference<?>> gone = fillWhileAnotherWaits(set, kind);
        set.clear();
        awaitCollected(gone);
        Reference.reachabilityFence(set);
    }

    /**
     * The newest leaves first; then each of them, while it stood before others, had been linked to all that came later.
     */
    @EachThreadKind
    void conditionsWhoseTimeIsUp_areNotKeptByTheGuarded_norByEachOther(ThreadKind kind) {
        Guarded<List<Object>> guarded = Guarded.of(new ArrayList<>());
        int count = 5;
        List<WeakReference<?>> gone = new ArrayList<>();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Void> stays = threads.start("stays", () -> guarded.await(list -> list.contains("end")));
            stays.awaitParked(guarded);
            List<TestThread<WeakReference<?>>> waiters = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                TestThread<WeakReference<?>> waiter = threads.start("waiter " + i, () -> {
                    Object captured = new Object();
                    try {
                        guarded.awaitThen(list -> list.contains(captured), list -> list, LONG);
                    } catch (InterruptedException | TimeoutException left) {
                        return new WeakReference<>(captured);
                    }
                    throw new AssertionError("the condition cannot hold");
                });
                waiter.awaitParked(guarded);
                waiters.add(waiter);
            }
            for (int i = count - 1; i >= 0; i--) {
                waiters.get(i).interrupt();
                gone.add(waiters.get(i).result());
            }
            awaitCollected(gone);
            guarded.use(list -> list.add("end"));
            stays.join();
        }
    }

    /** In a method of its own, since the frame of an interpreted one keeps the hold, and that what it has seen. */
    private static List<WeakReference<?>> fillWhileAnotherWaits(LockedSet<Object> set, ThreadKind kind) {
        List<WeakReference<?>> elements = new ArrayList<>();
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> writer;
            try (Held held = set.hold()) {
                for (int i = 0; i < 100; i++) {
                    Object element = new Object();
                    set.add(element);
                    elements.add(new WeakReference<>(element));
                }
                writer = threads.start("writer", () -> set.add("x"));
                writer.awaitParked(set);
            }
            writer.result();
        }
        return elements;
    }

    private static void awaitCollected(List<? extends WeakReference<?>> references) {
        Await.until("all are collected", () -> {
            System.gc();
            return references.stream().allMatch(reference -> reference.get() == null);
        });
    }
}
