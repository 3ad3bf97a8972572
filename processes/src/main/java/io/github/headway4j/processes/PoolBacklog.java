// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The tasks of a pool that are with no worker, and who gets them. Guarded by the pool's lock. */
final class PoolBacklog {
    /*
     * Order. Tasks are sent in the order in which they came. What was sent and is taken back goes to the front again,
     * in its order, bound or not. A cancelled task stays in the queue until its turn, or until most
     * of them are cancelled, but does not count.
     *
     * Who gets a task: the worker with the fewest tasks that has room. A worker gets several at a time only if there
     * are several times as many as workers.
     *
     * Who has nothing takes half of what the worker with the most has not begun, the earliest first, so that a long
     * task holds up nothing. The next one that a worker has to do is left to it: it is about to begin it.
     */

    /** More cancelled tasks than this, and than there are others, are taken out of the queue. */
    private static final int MOST_LEFT_OUT = 64;

    private final ReentrantLock lock;
    private final Condition room;
    private final int capacity;
    private final ArrayDeque<RemoteTask> queue = new ArrayDeque<>();

    /** Without those that were cancelled. */
    private int size;

    private int waiting;

    PoolBacklog(ReentrantLock lock, int capacity) {
        this.lock = lock;
        this.room = lock.newCondition();
        this.capacity = capacity;
    }

    int size() {
        return size;
    }

    boolean hasRoom() {
        return capacity == ProcessPoolOptions.UNBOUNDED || size < capacity;
    }

    /**
     * Takes the lock when there is room. Heeds interrupts if the backlog is bounded.
     *
     * @param check throws if it is no use to wait
     */
    void lockWithRoom(Runnable check) throws InterruptedException {
        if (capacity == ProcessPoolOptions.UNBOUNDED) {
            lock.lock();
            return;
        }
        lock.lockInterruptibly();
        boolean found = false;
        waiting++;
        try {
            check.run();
            while (!hasRoom()) {
                room.await();
                check.run();
            }
            found = true;
        } finally {
            waiting--;
            if (!found) {
                wake(); // perhaps it was woken for the room that it leaves to others
                lock.unlock();
            }
        }
    }

    /** Without the lock: waits until there is room, for a moment at least; false if it is timed, and was in vain. */
    boolean awaitRoom(boolean timed, long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        waiting++;
        try {
            long left = timed ? deadline - System.nanoTime() : Long.MAX_VALUE;
            while (!hasRoom()) {
                if (left <= 0L) {
                    return false;
                }
                left = room.awaitNanos(left);
            }
            return true;
        } finally {
            waiting--;
            wake(); // perhaps it was woken for room that it leaves to others
            lock.unlock();
        }
    }

    /** Lets all who wait for room look again. */
    void wakeAll() {
        room.signalAll();
    }

    private void wake() {
        if (waiting > 0 && hasRoom()) {
            room.signal();
        }
    }

    void add(RemoteTask task) {
        task.place = RemoteTask.QUEUED;
        queue.add(task);
        size++;
        wake(); // who waited may not have used all the room there was
    }

    void addFirst(RemoteTask task) {
        task.place = RemoteTask.QUEUED;
        task.worker = null;
        queue.addFirst(task);
        size++;
    }

    /** A task that is in here is about to be DONE, as it has been cancelled. */
    void leaveOut() {
        size--;
        if (queue.size() - size > size + MOST_LEFT_OUT) {
            queue.removeIf(task -> task.place != RemoteTask.QUEUED);
        }
        wake();
    }

    /** The next one; null if there is none. */
    @Nullable
    RemoteTask poll() {
        RemoteTask task;
        do {
            task = queue.poll();
        } while (task != null && task.place != RemoteTask.QUEUED);
        if (task != null) {
            size--;
            wake();
        }
        return task;
    }

    // ---- who gets what ----

    /** Sends as much as there is room for, and gives those who have nothing a part of what others have. */
    void distribute(List<PoolWorker> workers, long now) {
        while (size > 0) {
            PoolWorker worker = leastBusy(workers);
            if (worker == null) {
                return;
            }
            int some = Math.max(1, Math.min(worker.sent.room(), size / (2 * workers.size())));
            for (int i = 0; i < some && worker.sent.room() > 0; i++) {
                RemoteTask task = poll();
                if (task == null) {
                    break;
                }
                worker.send(task, now);
            }
        }
        for (PoolWorker worker : workers) {
            if (worker.mayTake() && worker.sent.unsettled() == 0) {
                share(worker, workers, now);
            }
        }
    }

    private static @Nullable PoolWorker leastBusy(List<PoolWorker> workers) {
        PoolWorker least = null;
        for (PoolWorker worker : workers) {
            if (worker.mayTake() && (least == null || worker.sent.unsettled() < least.sent.unsettled())) {
                least = worker;
            }
        }
        return least;
    }

    private static void share(PoolWorker idle, List<PoolWorker> workers, long now) {
        PoolWorker busiest = null;
        for (PoolWorker worker : workers) {
            if (worker.state == PoolWorker.State.READY
                    && worker.sent.unsettled() > 1
                    && (busiest == null || worker.sent.unsettled() > busiest.sent.unsettled())) {
                busiest = worker;
            }
        }
        if (busiest != null) {
            List<RemoteTask> shared = new ArrayList<>(busiest.sent.unsettled());
            busiest.sent.withdrawSome(Math.min(idle.sent.room(), busiest.sent.unsettled() / 2), now, shared);
            for (RemoteTask task : shared) {
                idle.send(task, now);
            }
        }
    }
}
