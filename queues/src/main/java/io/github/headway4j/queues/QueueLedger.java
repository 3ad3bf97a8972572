// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The books of a queue: what is unfinished, what has left how, who waits, and whom to tell when something changes.
 *
 * @param <E> the type of the elements
 */
abstract class QueueLedger<E extends Object> extends QueueCore<E> implements TaskQueue<E> {
    /*
     * Waiting. Takers, putters and joiners each have a WaitQueue, whose waiters attempt an operation of the store. Its
     * lost-wakeup argument asks for this: an operation that may let another succeed changes the store with volatile
     * semantics, then signals; tryPut, tryTake and isShutdown read it with volatile semantics.
     *
     * Tasks. Unfinished is the store's count of puts, less finished. Counting costs a put nothing: the store counts
     * anyway. finished never exceeds the puts: taskDone reads finished before the puts, which only grow.
     *
     * A moment without unfinished tasks is remembered for joiners that wake up later: idleAt is the largest number of
     * puts that were all finished. A joiner that finds idleAt at least as large as the puts at its own beginning may go:
     * if it is larger, the moment came later; if it is the same, there was nothing unfinished when the joiner began.
     * Remembering only that there was such a moment would not do: a thread may be stopped between finishing the last
     * task and saying so, and say so to a joiner that came after the next put. Whether finished = f + 1 is such a moment
     * is decided by the puts as read between reading f and the compareAndSet, that is, while finished was f; a put
     * that comes in between counts as if it came after it, which only figures taken meanwhile could tell. Read after the
     * compareAndSet, a later put would hide the moment.
     *
     * Figures. An element that leaves without being taken for work has left the store before it is in the books. So the
     * removal is announced before and concluded after (begun, ended), and stats waits until none is half-way and no task
     * is finished meanwhile. If that does not come about by itself, it asks: who finds a looker begins nothing new for a
     * while. What was begun before ends, so that a quiet moment comes; but nobody waits for a looker without end.
     *
     * Access modes. All counters and selectors: volatile. finished and idleAt have cache lines of their own: each task
     * may change them, and beside them lies what each put and take reads.
     */

    /** Looks at figures that others change before their processors are yielded to them. */
    private static final int LOOKS = 64;

    /** How often a thread yields to one that looks at the figures, at most. */
    private static final int COURTESIES = 1_000;

    private static final VarHandle DROPPED_COUNT = field("dropped", long.class);
    private static final VarHandle REMOVED = field("removed", long.class);
    private static final VarHandle BEGUN = field("begun", long.class);
    private static final VarHandle ENDED = field("ended", long.class);
    private static final VarHandle LOOKERS = field("lookers", int.class);
    private static final VarHandle SELECTORS = field("selectors", Selector[].class);

    final Parker parker;
    final WaitQueue takers;
    final WaitQueue putters;
    private final WaitQueue joiners;

    /** Tasks that are done or left without being taken for work. */
    private final PaddedLong finished = new PaddedLong();

    private final PaddedLong idleAt = new PaddedLong();
    private volatile long dropped;
    private volatile long removed;
    private volatile long begun;
    private volatile long ended;

    /** Calls of stats that have looked in vain for long. */
    private volatile int lookers;

    /** Those that wait for this queue and others, or null. Never changed, always replaced. */
    private volatile Selector @Nullable [] selectors;

    @SuppressWarnings("nullness:argument") // only kept, to be shown in thread dumps
    QueueLedger(QueueOptions<E> options) {
        parker = options.parker();
        takers = WaitQueue.barging(this, parker);
        putters = WaitQueue.barging(this, parker);
        joiners = WaitQueue.broadcast(this, parker);
    }

    // ---- waking ----

    /** After one or several elements have entered. */
    final void entered() {
        takers.signal();
        signalSelectors();
    }

    /** After one or several elements have left. */
    final void left() {
        putters.signal();
    }

    /** After the shutdown. */
    final void wakeAll() {
        takers.signalAll();
        putters.signalAll();
        signalSelectors();
    }

    private void signalSelectors() {
        Selector[] others = selectors;
        if (others != null) {
            for (Selector s : others) {
                s.signal();
            }
        }
    }

    /** Has the selector told of each element that enters from now on, and of the end. */
    final void enlist(Selector selector) {
        for (; ; ) {
            Selector[] now = selectors;
            Selector[] more = now == null ? new Selector[] {selector} : with(selector, now);
            if (SELECTORS.compareAndSet(this, now, more)) {
                return;
            }
        }
    }

    /** Undoes every {@link #enlist} of the selector. If there is no memory for that, it is told in vain from now on. */
    final void delist(Selector selector) {
        for (; ; ) {
            Selector[] now = selectors;
            if (now == null) {
                return;
            }
            Selector[] less;
            try {
                less = without(selector, now);
            } catch (OutOfMemoryError noMatter) { // it may have taken an element, which must not be lost
                return;
            }
            if (SELECTORS.compareAndSet(this, now, less)) {
                return;
            }
        }
    }

    @SuppressWarnings("nullness:return") // the last place is filled
    private static Selector[] with(Selector selector, Selector[] now) {
        @Nullable Selector[] more = Arrays.copyOf(now, now.length + 1);
        more[now.length] = selector;
        return more;
    }

    private static Selector @Nullable [] without(Selector selector, Selector[] now) {
        int left = 0;
        for (Selector s : now) {
            left += s == selector ? 0 : 1;
        }
        if (left == 0) {
            return null;
        }
        Selector[] less = new Selector[left];
        int to = 0;
        for (Selector s : now) {
            if (s != selector) {
                less[to] = s;
                to++;
            }
        }
        return less;
    }

    // ---- tasks ----

    @Override
    public final void taskDone() {
        taskDone(1);
    }

    @Override
    public final void taskDone(int tasks) {
        if (tasks < 0) {
            throw new IllegalArgumentException("tasks is " + tasks + "; expected 0 or more");
        }
        giveWay();
        for (; ; ) {
            long f = finished.value;
            long puts = puts();
            if (tasks > puts - f) {
                throw new IllegalStateException("taskDone of " + tasks + " when " + (puts - f) + " of " + puts
                        + " tasks were unfinished; expected one for each element that was taken");
            }
            if (tasks == 0) {
                return;
            }
            if (finished.compareAndSet(f, f + tasks)) {
                tellJoiners(f + tasks, puts);
                return;
            }
        }
    }

    /** So many elements that entered need no taskDone any more. */
    final void finish(long elements) {
        for (; ; ) {
            long f = finished.value;
            long puts = puts();
            long done = Math.min(f + elements, puts); // taskDone may have been called for them too early
            if (finished.compareAndSet(f, done)) {
                tellJoiners(done, puts);
                return;
            }
        }
    }

    /** After finished has become the given number. */
    private void tellJoiners(long done, long puts) {
        if (done == puts) {
            for (long at = idleAt.value; at < done && !idleAt.compareAndSet(at, done); ) {
                at = idleAt.value;
            }
            joiners.signalAll();
        }
    }

    @Override
    public final void join() throws InterruptedException {
        throwIfInterrupted();
        long since = puts();
        if (!idleSince(since)) {
            joiners.await(new Joining(this, since));
        }
    }

    @Override
    public final boolean join(Duration timeout) throws InterruptedException {
        long nanos = WaitQueue.saturatedNanos(timeout);
        throwIfInterrupted();
        long since = puts();
        return idleSince(since) || joiners.await(new Joining(this, since), nanos);
    }

    /** Whether no task was unfinished at some moment since there were so many puts. */
    final boolean idleSince(long puts) {
        return idleAt.value >= puts || unfinishedTasks() == 0L;
    }

    @Override
    public final long unfinishedTasks() {
        long f = finished.value; // first, so that the difference is never negative
        return puts() - f;
    }

    // ---- leaving without being taken for work ----

    @Override
    final void beginRemoval() {
        giveWay();
        BEGUN.getAndAdd(this, 1L);
    }

    @Override
    final void endRemoval(long elements) {
        if (elements > 0L) {
            REMOVED.getAndAdd(this, elements);
            finish(elements);
        }
        ENDED.getAndAdd(this, 1L);
        if (elements > 0L) {
            left();
        }
    }

    /** An overflow policy has dropped so many elements. */
    final void countDropped(int elements) {
        DROPPED_COUNT.getAndAdd(this, (long) elements);
    }

    // ---- figures ----

    @Override
    public final int remainingCapacity() {
        int capacity = capacity();
        return capacity == Integer.MAX_VALUE ? capacity : Math.max(0, capacity - size());
    }

    @Override
    public final QueueStats stats() {
        boolean asks = false;
        try {
            for (int looks = 0; ; looks++) {
                QueueStats figures = look();
                if (figures != null) {
                    return figures;
                }
                if (looks < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    if (!asks) {
                        LOOKERS.getAndAdd(this, 1);
                        asks = true;
                    }
                    Thread.yield();
                }
            }
        } finally {
            if (asks) {
                LOOKERS.getAndAdd(this, -1);
            }
        }
    }

    /** The figures of one moment, or null if others changed them meanwhile. */
    private @Nullable QueueStats look() {
        long over = ended; // before begun: if they are the same, no removal was under way
        long under = begun;
        long f = finished.value;
        Moment now = moment();
        long gone = removed;
        long lost = dropped;
        if (over != under || under != begun || f != finished.value) {
            return null;
        }
        return new QueueStats(
                now.size(),
                capacity(),
                now.puts() - f,
                now.puts(),
                now.puts() - gone - now.size(),
                gone,
                lost,
                putters.waiting(),
                waitingTakers(),
                now.shut());
    }

    /** Lets those who look at the figures see them, if they have to ask. */
    private void giveWay() {
        for (int i = 0; lookers != 0 && i < COURTESIES; i++) {
            Thread.yield();
        }
    }

    private int waitingTakers() {
        Selector[] others = selectors;
        return takers.waiting() + (others == null ? 0 : others.length);
    }

    static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(QueueLedger.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
