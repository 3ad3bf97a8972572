// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.ArrayList;
import java.util.List;

/** The workers of a pool: what happens to them, told by their readers. Guarded by the pool's lock. */
final class PoolCrew {

    /** So many workers in a row that did not get ready break the pool. */
    private static final int LAST_FAILURE = 3;

    private final PoolCore core;

    /** All whose end has not been told. */
    final List<PoolWorker> workers = new ArrayList<>();

    private int started;
    private int failuresInARow;

    PoolCrew(PoolCore core) {
        this.core = core;
    }

    // ---- steps, by the reader of a worker, without the lock ----

    /** Messages have come from a worker. */
    void received(PoolWorker worker, List<PoolWorker.Arrival> arrivals) {
        Afterwards after = new Afterwards(core.delivery);
        core.lock.lock();
        try {
            after.makeRoom(arrivals.size());
            long now = System.nanoTime();
            int results = 0;
            for (PoolWorker.Arrival arrival : arrivals) {
                switch (arrival.type()) {
                    case PoolMessage.READY:
                        isReady(worker);
                        break;
                    case PoolMessage.RESULT:
                    case PoolMessage.FAILURE:
                        results++;
                        settle(worker, arrival, now, after);
                        break;
                    default: // room: balance sees to it
                        worker.unflushed = true;
                }
            }
            if (results > 0) {
                worker.sent.count(results, now);
            }
            core.balance(after);
        } finally {
            core.lock.unlock();
            after.run();
        }
    }

    private void settle(PoolWorker worker, PoolWorker.Arrival arrival, long now, Afterwards after) {
        RemoteOutcome outcome = outcome(arrival, worker.place());
        RemoteTask task = worker.sent.settle(arrival.number(), now);
        if (task != null) {
            if (outcome.result() != null) {
                core.counts.succeeded++;
            } else {
                core.counts.failed++;
            }
            after.settle(task, outcome);
        }
    }

    private static RemoteOutcome outcome(PoolWorker.Arrival arrival, String place) {
        Throwable failure = arrival.failure();
        if (failure != null) {
            return RemoteOutcome.failure(
                    new RemoteTaskException("the result of a task " + place + " cannot be received", failure));
        }
        return arrival.type() == PoolMessage.RESULT
                ? RemoteOutcome.result(arrival.bytes(), place)
                : RemoteOutcome.remoteFailure(arrival.bytes(), place);
    }

    private void isReady(PoolWorker worker) {
        if (worker.state == PoolWorker.State.STARTING) {
            worker.state = PoolWorker.State.READY;
            core.counts.started++;
            failuresInARow = 0;
            core.progress.signalAll();
        }
    }

    /** A worker has ended, or is about to; what it has sent has been received. May be told again if it has thrown. */
    void lost(PoolWorker worker) {
        Afterwards after = new Afterwards(core.delivery);
        core.lock.lock();
        try {
            worker.recallFromEnded(System.nanoTime());
            if (worker.state == PoolWorker.State.STARTING) {
                failuresInARow++;
            }
            worker.state = PoolWorker.State.LOST;
            if (failuresInARow < LAST_FAILURE) {
                replace(after);
                core.balance(after);
            }
        } finally {
            core.lock.unlock();
            after.run();
        }
    }

    /**
     * A worker has ended, and is known how. May be told again if it has thrown.
     *
     * @param failure what its last task fails with, and the pool if it was the last of several that did not get ready
     */
    void gone(PoolWorker worker, Throwable failure) {
        Afterwards after = new Afterwards(core.delivery);
        core.lock.lock();
        try {
            after.makeRoom(worker.sent.unsettled());
            RemoteOutcome outcome = RemoteOutcome.failure(failure);
            workers.remove(worker);
            for (RemoteTask task = worker.sent.front(); task != null; task = worker.sent.front()) {
                worker.sent.settle(task.number, System.nanoTime());
                core.counts.failed++;
                core.counts.crashed++;
                after.settle(task, outcome);
            }
            if (failuresInARow >= LAST_FAILURE) {
                core.breaks(failuresInARow, failure, after);
            }
            replace(after);
            core.balance(after);
        } finally {
            core.lock.unlock();
            after.run();
        }
    }

    /** Lets there be as many workers as there should be. */
    void replace(Afterwards after) {
        if (!core.needsWorkers()) {
            return;
        }
        int alive = 0;
        for (PoolWorker worker : workers) {
            alive += worker.isOfUse() ? 1 : 0;
        }
        for (; alive < core.size; alive++) {
            PoolWorker worker = new PoolWorker(core, core.name + "-" + started++);
            workers.add(worker);
            boolean starts = false;
            try {
                after.add(worker::start);
                starts = true;
            } finally {
                if (!starts) {
                    workers.remove(worker); // there was no memory; nobody would start it
                }
            }
        }
    }

    // ---- parts of steps, under the lock ----

    /** Makes visible what was sent; true if a worker leaves, as it has run as many tasks as it may. */
    boolean flush(TaskClock clock, Afterwards after) {
        boolean leaves = false;
        for (PoolWorker worker : workers) {
            if (worker.state == PoolWorker.State.READY) {
                worker.flush(after);
                clock.watch(worker, after);
                if (worker.sent.isUsedUp()) {
                    worker.leave(clock, after);
                    leaves = true;
                }
            }
        }
        return leaves;
    }

    /** Whether a worker has tasks that are not over, and is there to run them. */
    boolean hasTasks() {
        for (PoolWorker worker : workers) {
            if (worker.isOfUse() && worker.sent.unsettled() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Lets all workers go, which have no tasks; true if none is left. */
    boolean dismiss(TaskClock clock, Afterwards after) {
        for (PoolWorker worker : workers) {
            if (worker.state == PoolWorker.State.READY) {
                worker.leave(clock, after);
            } else if (worker.state == PoolWorker.State.STARTING) {
                worker.kill(after);
            }
        }
        return workers.isEmpty();
    }

    /** Puts all tasks back into the backlog, those that run too, and kills all workers. */
    void killAll(long now, Afterwards after) {
        for (PoolWorker worker : workers) {
            worker.recall(now);
            for (RemoteTask task = worker.sent.front(); task != null; task = worker.sent.front()) {
                worker.sent.settle(task.number, now);
                core.backlog.addFirst(task);
            }
            worker.kill(after);
        }
    }

    /** Tells the workers that a function is not needed any more. */
    void forget(RemoteFunction function) {
        for (PoolWorker worker : workers) {
            if (worker.state == PoolWorker.State.READY && worker.sent.forget(function)) {
                worker.unflushed = true;
            }
        }
    }

    int count(PoolWorker.State state) {
        int count = 0;
        for (PoolWorker worker : workers) {
            count += worker.state == state ? 1 : 0;
        }
        return count;
    }

    /** How many tasks were sent and are not over. */
    int sent() {
        int sent = 0;
        for (PoolWorker worker : workers) {
            sent += worker.sent.unsettled();
        }
        return sent;
    }

    List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        for (PoolWorker worker : workers) {
            if (worker.state == PoolWorker.State.READY) {
                pids.add(worker.pid());
            }
        }
        return pids;
    }
}
