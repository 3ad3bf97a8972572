// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Set;

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
     * Rare operations (removal from within, clear, snapshots, shutdownNow) freeze the queue: they set FROZEN in tail,
     * then in head, which makes every other compareAndSet fail, then wait until those that had claimed a slot are done
     * with it. Then they have the queue to themselves; elements behind a removed one stay, those before it move up, so
     * that tail remains the number of puts. They thaw head first, then tail.
     *
     * Linearization points. put and take: their compareAndSet. Empty: the read of tail, head having been read before.
     * Shut down: the read of tail. Rare operations: the write of head that thaws it, from which on takes see the result;
     * whoever could see anything else, by tail, waits until that is thawed as well. Size: the read of head, between
     * two reads of the same tail.
     *
     * Progress. A thread between its compareAndSet and the end of its work on the slot holds up those that need that
     * slot, and nobody else. They spin, then yield their processor. A rare operation holds up everybody. Nothing that
     * allocates or calls user code comes between, so only the end of a stack could leave a claimed slot as it is.
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

    /** Waits until all elements from one number to before the other are in their slots, and nobody works there. */
    abstract void settle(long from, long to);

    /** Lets nobody else claim a slot, and waits until all claimed ones are done with. Returns the closed bit. */
    final long freeze() {
        long t;
        for (int waits = 0; ; ) {
            t = tail.value;
            if ((t & FROZEN) != 0L) {
                waits = relax(waits);
            } else if (tail.compareAndSet(t, t | FROZEN)) {
                break;
            }
        }
        long h = head.value;
        while (!head.compareAndSet(h, h | HEAD_FROZEN)) {
            h = head.value;
        }
        VarHandle.fullFence(); // who peeks and sees what is changed from here on sees the frozen head, too
        settle(h >>> HEAD_BITS, t >>> TAIL_BITS);
        return t & CLOSED;
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

    /** All but the first ones, at most so many, that are among the chosen ones by identity. */
    @SuppressWarnings("nullness:return") // what remains of the array is filled
    static Object[] without(Object[] all, Set<Object> chosen, int limit) {
        Object[] rest = new Object[all.length];
        int removed = 0;
        for (int k = 0; k < all.length; k++) {
            if (removed < limit && chosen.contains(all[k])) {
                removed++;
            } else {
                rest[k - removed] = all[k];
            }
        }
        return Arrays.copyOf(rest, all.length - removed);
    }

    /** Lets time pass until another thread has done its step. Returns how often this was needed. */
    static int relax(int waits) {
        if (waits < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
        return waits + 1;
    }
}
