// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.queues.FifoTaskQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.AbstractCollection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The oldest tasks of a pool: moved here from the backlog many at a time, taken by workers one by one. */
final class Front extends FrontState {
    /*
     * Model.
     *
     *   poll:  loop { the next task of the batch: take it;  backlog is empty too: none
     *                 else, one at a time: move many from the backlog into a new batch, and take the first }
     *
     * Why not take from the backlog. Each task would cost the worker two cache misses and the submitter another one, as
     * they work on the same slots. Moved together they cost little more than one of them does; then the workers have
     * the tasks to themselves.
     *
     * Why not a batch for each worker. A task would wait behind a long one while younger ones begin. Others may take it
     * over, but if all of them are busy with younger tasks, and these wait for it, they wait for ever; what ran in a
     * pool that keeps the order would not run here. So the batch is one for all, and the order is kept strictly.
     *
     * Linearization points. A task is taken by the getAndAdd of its batch's next, or when it leaves the backlog if it
     * is the first of a batch or alone. None: the look at the backlog, if nobody was filling after that and the batch
     * is still the same; who had moved the last tasks before the look would have been seen filling, or his batch.
     *
     * Progress. A thread that is stopped while it fills holds up all who find the batch at its end. They spin, then
     * yield their processor, then sleep for 50 microseconds at a time. No user code runs there.
     *
     * A bounded backlog keeps its bound only if tasks stay in it until their turn, so they are taken from there.
     *
     * Access modes. batch, filling, next: volatile. Tasks of a batch: plain, written before it is published; a slot is
     * cleared by the one who has taken its task.
     */

    /** The most tasks that are moved at a time: what the queue takes in one step. */
    static final int MOST = 64;

    /** Looks at another thread's step before its processor is yielded to it. */
    private static final int SPINS = 64;

    /** Looks until this thread sleeps between them. */
    private static final int YIELDS = 1_024;

    private static final long NAP_NANOS = 50_000L;

    private static final VarHandle FILLING;

    static {
        try {
            FILLING = MethodHandles.lookup().findVarHandle(FrontState.class, "filling", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final FifoTaskQueue<Runnable> backlog;
    private final boolean bounded;
    private final Crew crew;

    @SuppressWarnings("unused") // behind the state: two cache lines, as processors fetch them in pairs
    private long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;

    Front(FifoTaskQueue<Runnable> backlog, boolean bounded, Crew crew) {
        this.backlog = backlog;
        this.bounded = bounded;
        this.crew = crew;
    }

    /** The oldest task, or null if there is none at some moment during the call. */
    @Nullable
    Runnable poll() {
        if (bounded) {
            return backlog.poll();
        }
        for (int waits = 0; ; ) {
            Batch b = batch;
            Runnable task = b.poll();
            if (task != null) {
                return task;
            }
            if (backlog.isEmpty()) {
                if (filling == 0 && batch == b) {
                    return null;
                }
            } else if (filling == 0 && FILLING.compareAndSet(this, 0, 1)) {
                task = fill(b);
                if (task != null) {
                    return task;
                }
                continue;
            }
            waits = relax(waits);
        }
    }

    /** Moves tasks here if the batch is still the given one, and takes the first. To be called by one at a time. */
    private @Nullable Runnable fill(Batch last) {
        boolean more = false;
        try {
            if (batch != last) {
                return null;
            }
            int some = Math.min(backlog.size(), MOST);
            if (some <= 1) {
                return backlog.poll();
            }
            Batch next = new Batch(some);
            Runnable first = null;
            try {
                backlog.drainTo(next, some);
                first = next.poll();
            } finally {
                batch = next; // also if memory runs out half-way: these tasks are nowhere else
                more = next.left() > 0;
            }
            return first;
        } finally {
            filling = 0;
            if (more) {
                crew.idle.signal(); // who has looked meanwhile has not seen them
            }
        }
    }

    /** Takes all tasks that are here. */
    void drainTo(List<Runnable> tasks) {
        for (int waits = 0; !FILLING.compareAndSet(this, 0, 1); ) {
            waits = relax(waits);
        }
        try {
            batch.drainTo(tasks);
        } finally {
            filling = 0;
        }
    }

    /**
     * The tasks here, or those that come here, as something to compare; null while somebody fills. Looks for him first:
     * who was filling before this and is not any more has published his batch, which is then the one seen here.
     */
    @Nullable
    Batch settled() {
        return filling == 0 ? batch : null;
    }

    boolean hasTasks() {
        return batch.left() > 0;
    }

    /** Lets time pass until another thread has done its step. Returns how often this was needed. */
    private int relax(int waits) {
        if (waits < SPINS) {
            Thread.onSpinWait();
            return waits + 1;
        }
        Thread.yield();
        if (waits < YIELDS) {
            return waits + 1;
        }
        LockSupport.parkNanos(this, NAP_NANOS);
        return waits;
    }

    /** Tasks that were moved together. */
    static final class Batch extends AbstractCollection<Runnable> {
        private static final VarHandle NEXT;

        static {
            try {
                NEXT = MethodHandles.lookup().findVarHandle(Batch.class, "next", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private final @Nullable Runnable[] tasks;

        /** Plain: final once the batch can be seen. */
        private int count;

        /** The number of the next task; may be more than there are. */
        private volatile int next;

        Batch(int most) {
            tasks = new Runnable[most];
        }

        /** Before it can be seen by others. */
        @Override
        public boolean add(Runnable task) {
            tasks[count] = task;
            count++;
            return true;
        }

        @Nullable
        Runnable poll() {
            if (next >= count) { // so that the number does not grow for ever
                return null;
            }
            int i = (int) NEXT.getAndAdd(this, 1);
            if (i >= count) {
                return null;
            }
            Runnable task = tasks[i];
            tasks[i] = null;
            return task;
        }

        private void drainTo(List<Runnable> others) {
            int end = count;
            for (int i = (int) NEXT.getAndSet(this, end); i < end; i++) {
                Runnable task = tasks[i];
                tasks[i] = null;
                if (task != null) {
                    others.add(task);
                }
            }
        }

        int left() {
            return Math.max(0, count - next);
        }

        @Override
        public int size() {
            return left();
        }

        @Override
        public Iterator<Runnable> iterator() {
            return Collections.emptyIterator();
        }
    }
}

/** What those who take look at, on cache lines of its own. */
class FrontState extends WorkerPadding {
    /** Replaced by the one who fills. */
    volatile Front.Batch batch = new Front.Batch(0);

    /** 1 while a thread moves tasks here. */
    volatile int filling;
}
