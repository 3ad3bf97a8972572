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
import org.jspecify.annotations.Nullable;

/**
 * The tasks that a {@link Worker} has taken at once and not begun. The worker takes the oldest of them, and so may
 * others: what it holds must not wait for it.
 */
final class Batch extends BatchWord {
    /*
     * State. One word tells which tasks there are:
     *
     *   bits 0-5   how many are left
     *   bit 6      FILLING: the owner has some in hand that are not in their slots yet
     *   bits 7-63  the number of the next one; task i is in slot i modulo MOST
     *
     * Whoever takes tasks reads them from their slots and then claims them by a compareAndSet, which makes the number
     * larger and what is left smaller. Only the owner fills, when nothing is left; filling keeps the number. So each word
     * but those of an empty batch occurs once, and a compareAndSet that succeeds proves that the slots were read in time.
     *
     * Slots. The owner clears the slot of a task that it has claimed; those of tasks that others have claimed it clears
     * when it fills the batch or has nothing to do. Who reads a slot that was cleared sees the claim, and fails.
     *
     * In hand. Between leaving the backlog, or another batch, and being in its slot a task is nowhere to be seen. FILLING
     * is set before and cleared after that. So who needs to know all tasks (to hand them back, to count them, or to know
     * that there will be none) looks for it, and waits for this step, in which there is no user code.
     *
     * Access modes. The word: volatile. Slots: release and acquire, so that who sees a cleared slot sees the claim before
     * it.
     */

    /** The most tasks. A power of two; more would gain little, and keep others waiting. */
    static final int MOST = 32;

    private static final long LEFT = 0x3fL;
    private static final long FILLING = 0x40L;

    /** What one claim adds to the word: the number grows by one, what is left shrinks by one. */
    private static final long CLAIM = 0x80L - 1L;

    private static final int NUMBER = 7;

    private static final VarHandle WORD;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Runnable[].class);

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(BatchWord.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final @Nullable Runnable[] slots = new Runnable[MOST];
    private final Sink sink = new Sink();

    @SuppressWarnings("unused") // behind the word: two cache lines, as processors fetch them in pairs
    private long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;

    // ---- by the owner ----

    /** The oldest task, or null. */
    @Nullable
    Runnable poll() {
        for (; ; ) {
            long w = word;
            if ((w & LEFT) == 0L) {
                return null;
            }
            int slot = slot(w);
            Runnable task = (Runnable) SLOT.getAcquire(slots, slot);
            if (WORD.compareAndSet(this, w, w + CLAIM)) {
                SLOT.setRelease(slots, slot, null);
                return task;
            }
        }
    }

    /** Takes at most so many tasks from the backlog; nothing may be left. How many it has taken. */
    int fill(FifoTaskQueue<Runnable> backlog, int most) {
        beginFilling();
        try {
            backlog.drainTo(sink, most);
        } finally {
            endFilling();
        }
        return sink.count;
    }

    /** Takes the older half of the tasks of another one, or all; nothing may be left here. How many it has taken. */
    int fill(Batch other, boolean all) {
        if (other.isEmpty()) {
            return 0;
        }
        beginFilling();
        try {
            other.moveTo(sink, all);
        } finally {
            endFilling();
        }
        return sink.count;
    }

    private void beginFilling() {
        sink.count = 0;
        long w = word;
        word = w | FILLING; // nothing is left: nobody else changes it
    }

    private void endFilling() {
        long w = word;
        for (int i = sink.count; i < MOST; i++) { // what others have claimed
            SLOT.setRelease(slots, (slot(w) + i) & (MOST - 1), null);
        }
        word = (w & ~FILLING) + sink.count;
    }

    /** Keeps nothing that others have claimed; nothing may be left. */
    void clear() {
        for (int i = 0; i < MOST; i++) {
            SLOT.setRelease(slots, i, null);
        }
    }

    // ---- by others ----

    private void moveTo(Sink to, boolean all) {
        for (; ; ) {
            long w = word;
            int left = left(w);
            int some = all ? left : (left + 1) / 2;
            if (some == 0) {
                return;
            }
            to.count = 0;
            for (int i = 0; i < some; i++) {
                Runnable task = (Runnable) SLOT.getAcquire(slots, (slot(w) + i) & (MOST - 1));
                if (task == null) {
                    break; // claimed meanwhile
                }
                to.add(task);
            }
            if (to.count == some && WORD.compareAndSet(this, w, w + some * CLAIM)) {
                return;
            }
            to.count = 0;
        }
    }

    /** Takes all tasks, those too that the owner has in hand now. */
    void drainTo(List<Runnable> tasks) {
        for (; ; ) {
            long w = word;
            int left = left(w);
            if ((w & FILLING) != 0L) {
                Thread.yield();
            } else if (left == 0) {
                return;
            } else {
                Runnable task = (Runnable) SLOT.getAcquire(slots, slot(w));
                if (task != null && WORD.compareAndSet(this, w, w + CLAIM)) {
                    tasks.add(task);
                }
            }
        }
    }

    /** Tells whether anything has changed between two looks, unless the batch was empty at both. */
    long word() {
        return word;
    }

    boolean isEmpty() {
        return (word & LEFT) == 0L;
    }

    static int left(long word) {
        return (int) (word & LEFT);
    }

    static boolean isFilling(long word) {
        return (word & FILLING) != 0L;
    }

    private static int slot(long word) {
        return (int) (word >>> NUMBER) & (MOST - 1);
    }

    /** Where tasks go from the backlog. */
    private final class Sink extends AbstractCollection<Runnable> {
        private int count;

        @Override
        public boolean add(Runnable task) {
            SLOT.setRelease(slots, (slot(word) + count) & (MOST - 1), task);
            count++;
            return true;
        }

        @Override
        public int size() {
            return count;
        }

        @Override
        public Iterator<Runnable> iterator() {
            return Collections.emptyIterator();
        }
    }
}

/** The word, on cache lines of its own: the owner changes it with each task. */
class BatchWord extends WorkerPadding {
    volatile long word;
}
