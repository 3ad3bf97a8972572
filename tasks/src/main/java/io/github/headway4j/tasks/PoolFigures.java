// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.queues.QueueStats;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The figures of a {@link WorkerPool}. */
final class PoolFigures {
    /*
     * Workers count what has ended, each for itself; the backlog counts what came and went. If the counts of all
     * workers and what is at the front are the same before and after the figures of the backlog were taken, they belong
     * to the moment of those: a task is counted as ended after it was taken, and by a worker that takes the next one
     * after that. So do the number of workers, which only falls while the array of all is the same, and that of tasks
     * run by their submitters, which only grows. If workers are too fast for this, they are asked to wait a little
     * before they take a task; nobody waits without end.
     *
     * Access modes. lookers: volatile. The counts: see Worker; what is acquired before the figures of the backlog are
     * taken, or after, is ordered by these.
     */

    /** Looks at the figures before workers are asked to wait. */
    private static final int LOOKS = 64;

    /** How often a worker yields to one that looks at the figures, at most. */
    private static final int COURTESIES = 1_000;

    private final PoolCore core;

    /** Tasks that the submitting thread has begun to run itself. */
    private final AtomicLong ranInCaller = new AtomicLong();

    /** Tasks that were handed back from the front. */
    private final AtomicLong takenBack = new AtomicLong();

    /** Calls that do so now. */
    private final AtomicInteger takingBack = new AtomicInteger();

    /** Calls of stats that have looked in vain for long. */
    private final AtomicInteger lookers = new AtomicInteger();

    @SuppressWarnings("nullness:assignment") // only kept
    PoolFigures(PoolCore core) {
        this.core = core;
    }

    void countInCaller() {
        ranInCaller.incrementAndGet();
    }

    /** Tasks are about to be handed back from the front. */
    void beginTakingBack() {
        takingBack.incrementAndGet();
    }

    void endTakingBack(int tasks) {
        takenBack.addAndGet(tasks);
        takingBack.decrementAndGet();
    }

    /** By a worker before it takes a task: lets those who look at the figures see them, if they have to ask. */
    void giveWay() {
        for (int i = 0; lookers.get() != 0 && i < COURTESIES; i++) {
            Thread.yield();
        }
    }

    PoolStats stats() {
        boolean asks = false;
        try {
            for (int looks = 0; ; looks++) {
                PoolStats figures = look();
                if (figures != null) {
                    return figures;
                }
                if (looks < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    if (!asks) {
                        lookers.incrementAndGet();
                        asks = true;
                    }
                    Thread.yield();
                }
            }
        } finally {
            if (asks) {
                lookers.decrementAndGet();
            }
        }
    }

    /** The figures of one moment, or null if workers changed them meanwhile. */
    private @Nullable PoolStats look() {
        Worker[] now = core.crew.workers();
        int alive = core.crew.alive();
        long inCaller = ranInCaller.get();
        long back = takenBack.get();
        if (takingBack.get() != 0) {
            return null;
        }
        long succeeded = 0L;
        long failed = 0L;
        long leftOut = 0L;
        for (Worker worker : now) {
            succeeded += worker.succeeded();
            failed += worker.failed();
            leftOut += worker.leftOut();
        }
        Front.Batch batch = core.front.settled();
        int atFront = batch == null ? 0 : batch.left();
        QueueStats queue = core.backlog.stats();
        long ended = 0L;
        for (Worker worker : now) {
            ended += worker.ended();
        }
        if (batch == null
                || batch != core.front.settled()
                || atFront != batch.left()
                || now != core.crew.workers()
                || ended != succeeded + failed + leftOut // counts only grow
                || takingBack.get() != 0
                || back != takenBack.get()
                || inCaller != ranInCaller.get()
                || alive != core.crew.alive()) {
            return null;
        }
        return new PoolStats(
                alive,
                queue.size() + atFront,
                (int) (queue.taken() - ended - atFront - back),
                queue.put(),
                succeeded,
                failed,
                leftOut,
                queue.removed() + back,
                inCaller,
                queue.shutdown());
    }
}
