// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A task queue that gives out first what is <em>roughly</em> most urgent, so that threads seldom meet. Take it where
 * many threads share a queue and it does no harm if an element is taken a little too early, as in a search; where the
 * order counts, take {@link PriorityTaskQueue}.
 *
 * <p><b>Ordering.</b> Each element goes into one of several heaps, chosen at random, and is taken from the one of two
 * heaps, chosen at random, whose first element is more urgent. How many more urgent elements are in the queue when one
 * is taken has no bound, but is in expectation of the order of the number of heaps, which is twice the number of
 * processors, rounded up to a power of two. Equal elements come in any order. Iterators, {@code toArray} and
 * {@code shutdownNow} give the strict order. {@code remove(Object)} removes any of several equal elements, and an
 * iterator any occurrence of one object. All else that a {@link TaskQueue} promises holds strictly: a queue is said to
 * be empty only if it was, and shutting down takes effect in one moment. Only {@code size} is an estimate while others
 * put and take; it is 0 only if the queue was empty. {@code drainTo} takes at most as many as it says.
 *
 * <p><b>User code.</b> The key function is called once for each element that a method is to put, by the calling thread,
 * outside all locks; by {@code putAll} for all elements before the first of them enters. What it throws reaches the
 * caller, and the queue is as before.
 *
 * <p><b>Progress.</b> Blocking: one lock for each heap; {@code size}, {@code isEmpty}, and {@code poll} on an empty
 * queue do without it.
 *
 * <p><b>Complexity and footprint.</b> Each put and take is O(log n); iterators, {@code toArray}, {@code clear} and
 * {@code remove(Object)} hold all locks at once. A put into a heap with 2<sup>29</sup> elements, or for which there is
 * no memory, is an {@code OutOfMemoryError} and changes nothing.
 *
 * @param <E> the type of the elements
 * @since 0.1
 */
public final class RelaxedPriorityTaskQueue<E extends Object> extends BlockingTaskQueue<E> {
    /*
     * Model. Lanes, each a heap behind a QueueLock. Elements never move from lane to lane.
     *
     * Empty. No lane has an element, and the words of the lanes, read twice, tell of no put in between: then each lane
     * was empty from its first read to its second, hence all were at the moment between the two rounds. The counts of
     * puts in the words wrap around after 2^31 puts, which would have to happen between the two rounds. A sum of sizes
     * that is 0 tells less, as an element may have come to a lane behind and another gone from one ahead.
     *
     * Shut down. Whoever closes does so lane by lane, in order, so the last one being closed tells that all are. A put
     * that meets a closed lane closes the others itself before it says so; so when a put has been refused, all later
     * ones are.
     *
     * Linearization points. put, take: the write of the lane's word. Empty: between the two rounds. Shutting down: the
     * write of the last lane's word that closes it. Rare operations: any moment at which all locks are held.
     *
     * Lost wake-ups. The words are volatile and are what waiters look at; the base class signals afterwards.
     *
     * References. Hamza Rihani, Peter Sanders, Roman Dementiev, "MultiQueues" (2015); Dan Alistarh and others, "The
     * power of choice in priority scheduling" (2017), for the expected rank. Differences: exact emptiness, closing.
     */

    private static final int LANES_PER_PROCESSOR = 2;

    /** Pairs of lanes to try before all are looked at. */
    private static final int TRIES = 4;

    private final ToLongFunction<? super E> key;
    private final Lane[] lanes;

    private RelaxedPriorityTaskQueue(ToLongFunction<? super E> key, QueueOptions<E> options) {
        super(options);
        this.key = Objects.requireNonNull(key, "key");
        int least = LANES_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
        lanes = new Lane[Integer.highestOneBit(least - 1) << 1];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = newLane(options);
        }
    }

    @SuppressWarnings("nullness:argument") // only kept, to be shown in thread dumps
    private Lane newLane(QueueOptions<E> options) {
        return new Lane(new QueueLock(this, options.parker()));
    }

    /**
     * A queue that grows as far as memory goes, ordered roughly by a number that each element has; puts never wait.
     *
     * @param key tells an element's number; small ones come early
     * @param <E> the type of the elements
     * @return a new queue
     */
    public static <E extends Object> RelaxedPriorityTaskQueue<E> bySmallestKey(ToLongFunction<? super E> key) {
        return bySmallestKey(key, QueueOptions.defaults());
    }

    /**
     * A queue that grows as far as memory goes, ordered roughly by a number that each element has; puts never wait.
     *
     * @param key tells an element's number; small ones come early
     * @param options what else to choose
     * @param <E> the type of the elements
     * @return a new queue
     */
    public static <E extends Object> RelaxedPriorityTaskQueue<E> bySmallestKey(
            ToLongFunction<? super E> key, QueueOptions<E> options) {
        return new RelaxedPriorityTaskQueue<>(key, options);
    }

    // ---- putting ----

    @Override
    long keyOf(E element) {
        return key.applyAsLong(element);
    }

    @Override
    long[] keysOf(Object[] elements) {
        return Arrays.stream(elements).mapToLong(e -> keyOf(cast(e))).toArray();
    }

    @Override
    int tryPut(E element, long number) {
        Lane lane = anyLane();
        for (int i = 0; i < TRIES && (lane.lock.word & QueueLock.LOCKED) != 0L; i++) {
            lane = anyLane();
        }
        long w = lane.lock.lock();
        try {
            if (!QueueLock.isClosed(w)) {
                w = lane.insert(number, element, w);
                return PUT;
            }
        } finally {
            lane.lock.unlock(w);
        }
        shut();
        return SHUT;
    }

    @Override
    int tryPutSome(Object[] elements, long[] keys, int from) {
        return tryPut(cast(elements[from]), keyAt(keys, from)) == PUT ? 1 : 0;
    }

    // ---- taking ----

    @Override
    @Nullable
    E tryTake() {
        for (int i = 0; i < TRIES; i++) {
            Lane lane = better(anyLane(), anyLane());
            long w = lane.lock.word;
            if (QueueLock.size(w) > 0 && lane.lock.tryLock(w)) {
                return cast(lane.extractAndUnlock(w));
            }
        }
        for (; ; ) {
            long before = putsIfEmpty();
            if (before >= 0L && before == putsIfEmpty()) {
                return null;
            }
            int start = ThreadLocalRandom.current().nextInt();
            for (int i = 0; i < lanes.length; i++) {
                Lane lane = lanes[(start + i) & (lanes.length - 1)];
                if (QueueLock.size(lane.lock.word) > 0) {
                    long w = lane.lock.lock();
                    if (QueueLock.size(w) > 0) {
                        return cast(lane.extractAndUnlock(w));
                    }
                    lane.lock.unlock(w);
                }
            }
        }
    }

    @Override
    int tryTakeSome(Object[] sink, int max) {
        int taken = 0;
        for (; taken < max; taken++) {
            E element = tryTake();
            if (element == null) {
                break;
            }
            sink[taken] = element;
        }
        return taken;
    }

    @Override
    public @Nullable E peek() {
        while (!isEmpty()) {
            Lane best = lanes[0];
            for (Lane lane : lanes) {
                best = better(best, lane);
            }
            long w = best.lock.lock();
            try {
                if (QueueLock.size(w) > 0) {
                    return cast(best.heap.first());
                }
            } finally {
                best.lock.unlock(w);
            }
        }
        return null;
    }

    private Lane anyLane() {
        return lanes[ThreadLocalRandom.current().nextInt() & (lanes.length - 1)];
    }

    /** The lane whose first element was more urgent a moment ago. */
    private static Lane better(Lane a, Lane b) {
        if (QueueLock.size(a.lock.word) == 0) {
            return b;
        }
        return QueueLock.size(b.lock.word) == 0 || a.lock.hint() <= b.lock.hint() ? a : b;
    }

    /** A number that changes with each put, or a negative one if some lane has an element. */
    private long putsIfEmpty() {
        long puts = 0L;
        for (Lane lane : lanes) {
            long w = lane.lock.word;
            if (QueueLock.size(w) > 0) {
                return -1L;
            }
            puts += w >>> QueueLock.PUTS_SHIFT;
        }
        return puts;
    }

    // ---- the end ----

    @Override
    void shut() {
        for (Lane lane : lanes) {
            if (!QueueLock.isClosed(lane.lock.word)) {
                lane.lock.unlock(lane.lock.lock() | QueueLock.CLOSED);
            }
        }
    }

    @Override
    public boolean isShutdown() {
        return QueueLock.isClosed(lanes[lanes.length - 1].lock.word); // all close the lanes in order
    }

    // ---- figures ----

    @Override
    public int size() {
        for (; ; ) {
            long size = 0L;
            for (Lane lane : lanes) {
                size += QueueLock.size(lane.lock.word);
            }
            if (size > 0L || isEmpty()) {
                return (int) Math.min(size, Integer.MAX_VALUE);
            }
        }
    }

    @Override
    public boolean isEmpty() {
        for (; ; ) {
            long before = putsIfEmpty();
            if (before < 0L) {
                return false;
            }
            if (before == putsIfEmpty()) {
                return true;
            }
        }
    }

    @Override
    int capacity() {
        return Integer.MAX_VALUE;
    }

    @Override
    long puts() {
        long puts = 0L;
        for (Lane lane : lanes) {
            puts += lane.lock.puts();
        }
        return puts;
    }

    @Override
    Moment moment() {
        long[] words = lockAll();
        try {
            return new Moment(puts(), size(), QueueLock.isClosed(words[lanes.length - 1]));
        } finally {
            unlockAll(words);
        }
    }

    // ---- rare operations ----

    @Override
    Object[] snapshot() {
        KeyHeap[] copies = new KeyHeap[lanes.length];
        int[] sizes = new int[lanes.length];
        Object[] all;
        long[] words = lockAll();
        try {
            all = arrayFor(words, sizes);
            Arrays.setAll(copies, i -> lanes[i].heap.copy());
        } finally {
            unlockAll(words);
        }
        return inOrder(copies, sizes, all);
    }

    @Override
    Object[] elements() {
        List<Object> all = new ArrayList<>();
        long[] words = lockAll();
        try {
            for (int i = 0; i < lanes.length; i++) {
                all.addAll(Arrays.asList(lanes[i].heap.toArray(QueueLock.size(words[i]))));
            }
        } finally {
            unlockAll(words);
        }
        return all.toArray();
    }

    @Override
    Object[] takeAll(boolean shut) {
        KeyHeap[] heaps = emptyHeaps();
        int[] sizes = new int[lanes.length];
        Object[] all;
        long[] words = lockAll();
        try {
            all = arrayFor(words, sizes);
            exchange(heaps, words);
            for (int i = 0; i < lanes.length; i++) {
                words[i] |= shut ? QueueLock.CLOSED : 0L;
            }
        } finally {
            unlockAll(words);
        }
        return inOrder(heaps, sizes, all);
    }

    @Override
    long discardAll() {
        KeyHeap[] heaps = emptyHeaps();
        long[] words = lockAll();
        try {
            long size = Arrays.stream(words).map(QueueLock::size).sum();
            exchange(heaps, words);
            return size;
        } finally {
            unlockAll(words);
        }
    }

    private KeyHeap[] emptyHeaps() {
        KeyHeap[] heaps = new KeyHeap[lanes.length];
        Arrays.setAll(heaps, i -> new KeyHeap());
        return heaps;
    }

    /** With all locks, before anything changes: an array for all elements. Notes how many each lane has. */
    private Object[] arrayFor(long[] words, int[] sizes) {
        long size = 0L;
        for (int i = 0; i < lanes.length; i++) {
            sizes[i] = QueueLock.size(words[i]);
            size += sizes[i];
        }
        if (size > Integer.MAX_VALUE - 8) {
            throw new OutOfMemoryError("no array has room for " + size + " elements");
        }
        return new Object[(int) size];
    }

    /** With all locks: gives the lanes the given heaps, and takes theirs. */
    private void exchange(KeyHeap[] heaps, long[] words) {
        for (int i = 0; i < lanes.length; i++) {
            KeyHeap full = lanes[i].heap;
            lanes[i].heap = heaps[i];
            heaps[i] = full;
            words[i] -= QueueLock.size(words[i]) * QueueLock.ONE;
        }
    }

    @Override
    int removeChosen(Chosen chosen) {
        long[] words = lockAll();
        int removed = 0;
        try {
            for (int i = 0; i < lanes.length; i++) {
                int some = lanes[i].removeChosen(chosen, QueueLock.size(words[i]));
                words[i] -= some * QueueLock.ONE;
                removed += some;
            }
        } finally {
            unlockAll(words);
        }
        return removed;
    }

    /** Moves all elements of the heaps, whose sizes are given, to the array, in order. Needs no memory. */
    private static Object[] inOrder(KeyHeap[] heaps, int[] sizes, Object[] all) {
        for (int at = 0; at < all.length; at++) {
            int first = -1;
            for (int i = 0; i < heaps.length; i++) {
                if (sizes[i] > 0 && (first < 0 || heaps[i].firstKey() < heaps[first].firstKey())) {
                    first = i;
                }
            }
            all[at] = heaps[first].removeFirst(sizes[first]);
            sizes[first]--;
        }
        return all;
    }

    /** Takes all locks, in the order of the lanes; others hold one at most. */
    private long[] lockAll() {
        long[] words = new long[lanes.length];
        int locked = 0;
        try {
            for (; locked < lanes.length; locked++) {
                words[locked] = lanes[locked].lock.lock();
            }
        } catch (Throwable e) { // there was no memory to wait
            unlock(words, locked);
            throw e;
        }
        return words;
    }

    private void unlockAll(long[] words) {
        unlock(words, lanes.length);
    }

    private void unlock(long[] words, int first) {
        for (int i = 0; i < first; i++) {
            lanes[i].lock.unlock(words[i]);
        }
    }

    /** A heap and its lock, whose hint is the key of the first element. */
    private static final class Lane {
        private final QueueLock lock;
        private KeyHeap heap = new KeyHeap();

        Lane(QueueLock lock) {
            this.lock = lock;
        }

        /** Under the lock: adds an element. Returns the word of afterwards. */
        long insert(long number, Object element, long w) {
            heap.insert(number, element, QueueLock.size(w));
            lock.hint(heap.firstKey());
            lock.addPuts(1L);
            return w + QueueLock.ONE_PUT;
        }

        /** Under the lock: removes the first element, of at least one, and unlocks. */
        Object extractAndUnlock(long w) {
            Object element = heap.removeFirst(QueueLock.size(w));
            lock.hint(heap.firstKey());
            lock.unlock(w - QueueLock.ONE);
            return element;
        }

        /** Under the lock. */
        int removeChosen(Chosen chosen, int size) {
            int removed = heap.removeChosen(chosen, size);
            lock.hint(heap.firstKey());
            return removed;
        }
    }
}
