// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The two ends of a queue whose elements are numbered in the order of their puts: closing, freezing and counting, which
 * need no look at the elements.
 *
 * @param <E> the type of the elements
 */
abstract class FifoEnds<E extends Object> extends BlockingTaskQueue<E> {
    /*
     * Model. tail is the number of the next put, with two bits below it: CLOSED and FROZEN. head is the number of the
     * next take, with the bit HEAD_FROZEN below it. A put claims its number by a compareAndSet of tail, a take by one of
     * head; what they do with the slot of that number is up to the subclass.
     *
     * Why not simpler. A flag beside tail is seen or not seen by a put that goes on; a bit in tail makes the put's
     * compareAndSet fail, so that closing is one step.
     *
     * Rare operations (removal from within, clear, snapshots, shutdownNow, a put that drops the oldest element) freeze
     * the queue: they set FROZEN in tail, then in head, which makes every other compareAndSet fail. If all puts that
     * have claimed a slot are done with it, they have the queue to themselves; takes that are not done with theirs do
     * not matter, as no element is in such a slot. Otherwise they thaw the queue and try again, since who holds
     * everybody up must not wait, least of all give up its processor to those who wait for it. Elements behind a
     * removed one stay, those before it move up, so that tail remains the number of puts. They thaw head first, then
     * tail.
     *
     * Linearization points. put and take: their compareAndSet. Empty: the read of tail, head having been read before.
     * Shut down: the read of tail. Rare operations: the write of head that thaws it, from which on takes see the result;
     * whoever could see anything else, by tail, waits until that is thawed as well. Size: the read of head, between
     * two reads of the same tail.
     *
     * Progress. A thread between its compareAndSet and the end of its work on the slot holds up those that need that
     * slot, or in a chain the segment that it has to link, and nobody else. They spin, then yield their processor, then
     * take naps. A rare operation holds up everybody. Nothing that allocates or calls user code comes between, so only
     * the end of a stack could leave a claimed slot as it is.
     *
     * Lost wake-ups. What takers need to see is tail, not the slot: a put changes tail, then looks for waiting takers; a
     * taker that finds tail ahead of head does not go to sleep, and waits for the slot. Likewise putters and head. So no
     * fence is needed between the slot and the look for waiters.
     *
     * Access modes. tail, head: volatile.
     */

    static final long CLOSED = 1L;
    static final long FROZEN = 2L;
    static final int TAIL_BITS = 2;
    static final long HEAD_FROZEN = 1L;
    static final int HEAD_BITS = 1;

    /** Looks at another thread's half-done step before its processor is yielded to it. */
    private static final int SPINS = 64;

    /** Looks until this thread sleeps between them, as the step may be that of a snapshot of millions. */
    private static final int YIELDS = 1_024;

    private static final long NAP_NANOS = 50_000L;

    /** More than there can be elements, and far from overflow. */
    private static final long ALL = 1L << 61;

    private static final Object[] NONE = {};

    final PaddedLong tail = new PaddedLong();
    final PaddedLong head = new PaddedLong();

    /** Ends of an empty queue whose first element gets the given number. */
    FifoEnds(QueueOptions<E> options, long first) {
        super(options);
        tail.value = first << TAIL_BITS;
        head.value = first << HEAD_BITS;
    }

    // ---- the end ----

    @Override
    final void shut() {
        for (int waits = 0; ; ) {
            long t = tail.value;
            if ((t & FROZEN) != 0L) {
                waits = relax(waits);
            } else if ((t & CLOSED) != 0L || tail.compareAndSet(t, t | CLOSED)) {
                return;
            }
        }
    }

    @Override
    public final boolean isShutdown() {
        return (thawedTail() & CLOSED) != 0L;
    }

    // ---- figures ----

    @Override
    final long puts() {
        return tail.value >>> TAIL_BITS;
    }

    @Override
    final Moment moment() {
        for (; ; ) {
            long t = thawedTail();
            long h = head.value;
            if (t == tail.value) {
                return new Moment(t >>> TAIL_BITS, size(t, h), (t & CLOSED) != 0L);
            }
        }
    }

    /** Without elements if, and at the moment when, the tail read is the head that was read before. */
    @Override
    public final boolean isEmpty() {
        long h = head.value;
        return thawedTail() >>> TAIL_BITS == h >>> HEAD_BITS;
    }

    @Override
    final boolean isFull() {
        long t = thawedTail();
        return (t >>> TAIL_BITS) - (head.value >>> HEAD_BITS) >= capacity();
    }

    @Override
    public final int size() {
        for (; ; ) {
            long t = thawedTail();
            long h = head.value;
            if (t == tail.value) {
                return size(t, h);
            }
        }
    }

    private static int size(long t, long h) {
        return (int) Math.min((t >>> TAIL_BITS) - (h >>> HEAD_BITS), Integer.MAX_VALUE);
    }

    private long thawedTail() {
        for (int waits = 0; ; ) {
            long t = tail.value;
            if ((t & FROZEN) == 0L) {
                return t;
            }
            waits = relax(waits);
        }
    }

    // ---- freezing ----

    /**
     * Whether all elements from one number to before the other are in their slots. Waits for one that is not, but only
     * for a moment, and does not give up the processor: the queue is frozen.
     */
    abstract boolean isSettled(long from, long to);

    /**
     * Lets nobody else claim a slot, once the puts of the first elements, at most so many, are done. If they are not,
     * lets others go on meanwhile. Returns the closed bit.
     */
    final long freeze(long most) {
        for (int waits = 0; ; ) {
            long t = tail.value;
            if ((t & FROZEN) != 0L) {
                waits = relax(waits);
            } else if (tail.compareAndSet(t, t | FROZEN)) {
                long h = head.value;
                while (!head.compareAndSet(h, h | HEAD_FROZEN)) {
                    h = head.value;
                }
                VarHandle.fullFence(); // who peeks and sees what is changed from here on sees the frozen head, too
                long from = h >>> HEAD_BITS;
                if (isSettled(from, Math.min(t >>> TAIL_BITS, from + most))) {
                    return t & CLOSED;
                }
                thaw(from, t & CLOSED);
                waits = relax(waits);
            }
        }
    }

    /** Lets others go on, with the given number as that of the next take. */
    final void thaw(long first, long closed) {
        head.value = first << HEAD_BITS;
        tail.value = (tail.value & ~(FROZEN | CLOSED)) | closed;
    }

    /** The number of the next take, for the one who froze the queue. */
    final long first() {
        return head.value >>> HEAD_BITS;
    }

    // ---- rare operations ----

    /** The elements from one number to before the other, which are in their slots. */
    abstract Object[] copy(long from, long to);

    /** Fills the last slots with the given elements, and empties those before them. */
    abstract void moveUp(Object[] rest);

    @Override
    final Object[] snapshot() {
        long closed = freeze(ALL);
        long h = first();
        try {
            return copy(h, puts());
        } finally {
            thaw(h, closed);
        }
    }

    @Override
    final Object[] takeAll(boolean shut) {
        long closed = freeze(ALL);
        long first = first();
        try {
            Object[] all = copy(first, puts());
            moveUp(NONE);
            first = puts();
            closed |= shut ? CLOSED : 0L;
            return all;
        } finally {
            thaw(first, closed);
        }
    }

    @Override
    final long discardAll() {
        long closed = freeze(ALL);
        long first = first();
        try {
            long dropped = puts() - first;
            moveUp(NONE);
            first = puts();
            return dropped;
        } finally {
            thaw(first, closed);
        }
    }

    @Override
    final int removeChosen(Chosen chosen) {
        long closed = freeze(ALL);
        long first = first();
        try {
            Object[] all = copy(first, puts());
            Object[] rest = without(all, chosen);
            int removed = all.length - rest.length;
            if (removed > 0) {
                moveUp(rest);
                first += removed;
            }
            return removed;
        } finally {
            thaw(first, closed);
        }
    }

    /** All but the chosen ones. */
    @SuppressWarnings("nullness:return") // what remains of the array is filled
    static Object[] without(Object[] all, Chosen chosen) {
        Object[] rest = new Object[all.length];
        int kept = 0;
        for (Object o : all) {
            if (!chosen.goes(o)) {
                rest[kept] = o;
                kept++;
            }
        }
        return Arrays.copyOf(rest, kept);
    }

    /** Looks again for a moment whether another thread has done its step, without giving up the processor. */
    static boolean soon(BooleanSupplier done) {
        for (int looks = 0; looks < SPINS; looks++) {
            if (done.getAsBoolean()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Lets time pass until another thread has done its step. Returns how often this was needed. */
    final int relax(int waits) {
        if (waits < SPINS && parker.spins()) {
            Thread.onSpinWait();
            return waits + 1;
        }
        Thread.yield(); // even before a nap, which a pending interrupt cuts to nothing
        if (waits < YIELDS) {
            return waits + 1;
        }
        LockSupport.parkNanos(this, NAP_NANOS);
        return waits;
    }
}
