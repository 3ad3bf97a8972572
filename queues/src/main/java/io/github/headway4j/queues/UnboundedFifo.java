// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A chain of segments that any number of threads fill at one end and empty at the other without a lock. */
final class UnboundedFifo<E extends Object> extends FifoTaskQueue<E> {
    /*
     * Model. FifoEnds has the two ends and what they are good for. Segments have the same size, a power of two. Element
     * i lives in segment i / size, slot i modulo size. A slot is null until its element comes and after it has gone,
     * once in a segment's life.
     *
     *   put:   t = tail; tailSegment has t's number; t's slot is not the last: tail = t + 1 by compareAndSet, fill slot
     *          t's slot is the last: likewise, but have a new segment first, and link it before the slot is filled
     *   take:  h = head; headSegment has h's number; slot is filled: head = h + 1 by compareAndSet, clear slot
     *          h's slot was the last: move headSegment to the next one, unlink
     *          slot is not filled or headSegment lags: empty if tail == h
     *
     * Why not simpler. A linked list of single elements allocates 24 bytes for each, and each is a cache miss. A ring
     * that doubles stops everybody for as long as copying takes.
     *
     * Invariants.
     *   I1  Only the thread that has claimed a segment's last number for a put writes its next and tailSegment; only the
     *       one that has claimed it for a take reads its next, writes headSegment and clears next. So neither races. Who
     *       has frozen the queue does the latter, too, when all that was claimed is settled.
     *   I2  A segment is used again, by spare, only after all of its slots were seen cleared, with its last take
     *       claimed: all takes from it are over then, since clearing its slot is the last thing a take does.
     *   I3  Who has read the right number in a segment and then succeeds in its compareAndSet works on the right
     *       segment: it is not passed, hence not used again, before the number claimed is.
     *
     * References kept. A passed segment has no next and no elements: it keeps nothing alive, in whatever generation of
     * the heap it lies. One spare segment, empty, is kept for the next need; the others are left to the collector.
     *
     * Access modes. tailSegment, headSegment, next, spare: volatile. Slots: acquire and release. A segment's number:
     * opaque, ordered by the volatile access that leads to the segment.
     */

    /** Bits of an element's number that tell its slot; the rest tells its segment. 256 slots, 1 KB. */
    static final int SEGMENT_BITS = 8;

    private static final VarHandle SPARE;

    static {
        try {
            SPARE = MethodHandles.lookup().findVarHandle(UnboundedFifo.class, "spare", Segment.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int bits;

    /** The slot of a segment's last element. */
    private final int lastSlot;

    private volatile Segment tailSegment;
    private volatile Segment headSegment;
    private volatile @Nullable Segment spare;

    UnboundedFifo(QueueOptions<E> options) {
        this(options, 0L, SEGMENT_BITS);
    }

    /** For tests: the first element gets the given number, and a segment's number begins above so many bits. */
    UnboundedFifo(QueueOptions<E> options, long first, int bits) {
        super(options, first);
        this.bits = bits;
        lastSlot = (1 << bits) - 1;
        headSegment = new Segment(first >>> bits, 1 << bits);
        tailSegment = headSegment;
    }

    // ---- put ----

    @Override
    int tryPut(E element) {
        for (int waits = 0; ; ) {
            long t = tail.value;
            if ((t & (CLOSED | FROZEN)) != 0L) {
                if ((t & CLOSED) != 0L) {
                    return SHUT;
                }
                waits = relax(waits);
                continue;
            }
            long i = t >>> TAIL_BITS;
            Segment segment = tailSegment;
            int slot = (int) i & lastSlot;
            if (segment.number() != i >>> bits) {
                waits = relax(waits); // somebody else was faster, or has not linked the next segment yet
            } else if (slot == lastSlot) {
                if (putLast(t, segment, 1, element)) {
                    return PUT;
                }
            } else if (tail.compareAndSet(t, t + (1L << TAIL_BITS))) {
                segment.set(slot, element);
                return PUT;
            }
        }
    }

    @Override
    int tryPutSome(Object[] some, int from) {
        for (int waits = 0; ; ) {
            long t = tail.value;
            if ((t & (CLOSED | FROZEN)) != 0L) {
                if ((t & CLOSED) != 0L) {
                    return 0;
                }
                waits = relax(waits);
                continue;
            }
            long i = t >>> TAIL_BITS;
            Segment segment = tailSegment;
            int slot = (int) i & lastSlot;
            int n = Math.min(some.length - from, lastSlot + 1 - slot);
            if (n == 0) {
                return 0;
            }
            if (segment.number() != i >>> bits) {
                waits = relax(waits);
                continue;
            }
            boolean last = slot + n > lastSlot;
            if (last
                    ? putLast(t, segment, n, some[from + n - 1])
                    : tail.compareAndSet(t, t + ((long) n << TAIL_BITS))) {
                for (int k = last ? n - 2 : n - 1; k >= 0; k--) {
                    segment.set(slot + k, some[from + k]);
                }
                return n;
            }
        }
    }

    /**
     * Claims the last numbers of a segment, adds the next segment, and fills the last slot. False if the claim fails.
     */
    private boolean putLast(long t, Segment segment, int claimed, Object element) {
        Segment next = (Segment) SPARE.getAndSet(this, null);
        if (next == null) {
            next = new Segment(0L, lastSlot + 1); // before the claim: memory may run out
        }
        if (!tail.compareAndSet(t, t + ((long) claimed << TAIL_BITS))) {
            spare = next;
            return false;
        }
        next.setNumber(segment.number() + 1L);
        segment.next = next;
        tailSegment = next;
        segment.set(lastSlot, element); // after next, which the take from this slot needs
        return true;
    }

    // ---- take ----

    @Override
    @Nullable
    E tryTake() {
        for (int waits = 0; ; ) {
            long h = head.value;
            long i = h >>> HEAD_BITS;
            if ((h & HEAD_FROZEN) == 0L) {
                Segment segment = headSegment;
                int slot = (int) i & lastSlot;
                Object element = segment.number() == i >>> bits ? segment.get(slot) : null;
                if (element != null) {
                    if (head.compareAndSet(h, h + (1L << HEAD_BITS))) {
                        clear(segment, slot, 1);
                        return cast(element);
                    }
                    continue;
                }
                if (tail.value >>> TAIL_BITS == i) {
                    return null;
                }
            }
            waits = relax(waits); // frozen, or somebody else was faster or is half-way
        }
    }

    @Override
    int tryTakeSome(Object[] sink, int max) {
        for (int waits = 0; ; ) {
            long h = head.value;
            long i = h >>> HEAD_BITS;
            if ((h & HEAD_FROZEN) == 0L) {
                Segment segment = headSegment;
                int slot = (int) i & lastSlot;
                int n = 0;
                if (segment.number() == i >>> bits) {
                    n = look(segment, slot, sink, Math.min(max, lastSlot + 1 - slot));
                }
                if (n > 0) {
                    if (head.compareAndSet(h, h + ((long) n << HEAD_BITS))) {
                        clear(segment, slot, n);
                        return n;
                    }
                    continue;
                }
                if (max <= 0 || tail.value >>> TAIL_BITS == i) {
                    return 0;
                }
            }
            waits = relax(waits);
        }
    }

    /** Copies filled slots into the sink, from the given one on, up to one that is not filled: how many. */
    private static int look(Segment segment, int slot, Object[] sink, int max) {
        for (int n = 0; n < max; n++) {
            Object element = segment.get(slot + n);
            if (element == null) {
                return n;
            }
            sink[n] = element;
        }
        return Math.max(max, 0);
    }

    /** Empties slots that were claimed; leaves the segment if that was all of it. */
    private void clear(Segment segment, int slot, int count) {
        int last = slot + count - 1;
        if (last == lastSlot) {
            Segment next = segment.next;
            if (next == null) {
                throw new AssertionError("a segment with a last element has a next");
            }
            segment.next = null; // a passed segment must not keep later ones reachable
            headSegment = next;
        }
        for (int s = slot; s <= last; s++) {
            segment.set(s, null);
        }
        if (last == lastSlot && segment.isEmpty()) {
            spare = segment;
        }
    }

    @Override
    public @Nullable E peek() {
        for (int waits = 0; ; ) {
            long h = head.value;
            long i = h >>> HEAD_BITS;
            if ((h & HEAD_FROZEN) == 0L) {
                Segment segment = headSegment;
                Object element = segment.number() == i >>> bits ? segment.get((int) i & lastSlot) : null;
                if (element != null) {
                    if (head.value == h) { // read after the element: pairs with the claim before it is cleared
                        return cast(element);
                    }
                    continue;
                }
                if (tail.value >>> TAIL_BITS == i) {
                    return null;
                }
            }
            waits = relax(waits);
        }
    }

    @Override
    int capacity() {
        return Integer.MAX_VALUE;
    }

    /** Segments that the queue keeps in memory, the spare one included. For tests; exact when nobody puts or takes. */
    int segments() {
        return length(spare) + length(headSegment);
    }

    private static int length(@Nullable Segment first) {
        int count = 0;
        for (Segment s = first; s != null; s = s.next) {
            count++;
        }
        return count;
    }

    // ---- rare operations ----

    /** Fills the last slots with the given elements, empties the others and drops segments that became empty. */
    @Override
    void moveUp(Object[] rest) {
        long from = first();
        long to = puts();
        long first = to - rest.length;
        Segment segment = headSegment;
        for (long i = from; i < to; i++) {
            int slot = (int) i & lastSlot;
            segment.set(slot, i < first ? null : rest[(int) (i - first)]);
            if (slot == lastSlot) {
                Segment next = next(segment);
                if (i < first) {
                    segment.next = null;
                    headSegment = next;
                }
                segment = next;
            }
        }
    }

    @Override
    Object[] copy(long from, long to) {
        if (to - from > Integer.MAX_VALUE - 8) {
            throw new OutOfMemoryError("no array has room for " + (to - from) + " elements");
        }
        Object[] all = new Object[(int) (to - from)];
        Segment segment = headSegment;
        for (int k = 0; k < all.length; k++) {
            int slot = (int) (from + k) & lastSlot;
            all[k] = element(segment, slot);
            if (slot == lastSlot) {
                segment = next(segment);
            }
        }
        return all;
    }

    @SuppressWarnings("nullness:return") // a slot between head and tail of a settled queue holds an element
    private static Object element(Segment segment, int slot) {
        return segment.get(slot);
    }

    @SuppressWarnings("nullness:return") // a segment with a last element has a next
    private static Segment next(Segment segment) {
        return segment.next;
    }

    @Override
    boolean isSettled(long from, long to) {
        if (!soon(() -> headSegment.number() == from >>> bits) || !soon(() -> tailSegment.number() == to >>> bits)) {
            return false;
        }
        Segment segment = headSegment;
        for (long i = from; i < to; i++) {
            int slot = (int) i & lastSlot;
            Segment s = segment;
            if (s.get(slot) == null && !soon(() -> s.get(slot) != null)) {
                return false;
            }
            if (slot == lastSlot) {
                segment = next(s);
            }
        }
        return true;
    }
}
