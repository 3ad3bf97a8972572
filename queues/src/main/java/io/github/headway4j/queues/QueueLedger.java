// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
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
     * that comes in between is ordered after it. Read after the compareAndSet, a later put would hide the moment.
     *
     * Figures. An element that leaves without being taken for work has left the store before it is in the books. So the
     * removal is announced before and concluded after (begun, ended), and stats waits until none is half-way.
     *
     * Access modes. All counters and selectors: volatile. finished has cache lines of its own: each task changes it, and
     * beside it lies what each put and take reads.
     */

    /** Looks at figures that others change before their processors are yielded to them. */
    private static final int LOOKS = 64;

    private static final VarHandle IDLE_AT = field("idleAt", long.class);
    private static final VarHandle DROPPED_COUNT = field("dropped", long.class);
    private static final VarHandle REMOVED = field("removed", long.class);
    private static final VarHandle BEGUN = field("begun", long.class);
    private static final VarHandle ENDED = field("ended", long.class);
    private static final VarHandle SELECTORS = field("selectors", Selector[].class);

    final Parker parker;
    final WaitQueue takers;
    final WaitQueue putters;
    private final WaitQueue joiners;

    /** Tasks that are done or left without being taken for work. */
    private final PaddedLong finished = new PaddedLong();

    private volatile long idleAt;
    private volatile long dropped;
    private volatile long removed;
    private volatile long begun;
    private volatile long ended;

    /** Those that wait for this queue and others, or null. Never changed, always replaced. */
    private volatile Selector @Nullable [] selectors;

    @SuppressWarnings("nullness:argument") // only kept, to be shown in thread dumps
    QueueLedger(QueueOptions<E> options) {
        parker = options.parker();
        takers = WaitQueue.barging(this, parker);
        putters = WaitQueue.barging(this, parker);
        joiners = WaitQueue.barging(this, parker);
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
            Selector[] more = now == null
                    ? new Selector[] {selector}
                    : Stream.concat(Arrays.stream(now), Stream.of(selector)).toArray(Selector[]::new);
            if (SELECTORS.compareAndSet(this, now, more)) {
                return;
            }
        }
    }

    /** Undoes every {@link #enlist} of the selector. */
    final void delist(Selector selector) {
        for (; ; ) {
            Selector[] now = selectors;
            if (now == null) {
                return;
            }
            Selector[] less = Arrays.stream(now).filter(s -> s != selector).toArray(Selector[]::new);
            if (SELECTORS.compareAndSet(this, now, less.length == 0 ? null : less)) {
                return;
            }
        }
    }

    // ---- tasks ----

    @Override
    public final void taskDone() {
        for (; ; ) {
            long f = finished.value;
            long puts = puts();
            if (f >= puts) {
                throw new IllegalStateException("taskDone after all " + puts
                        + " tasks were done; expected one call for each element that was taken");
            }
            if (finished.compareAndSet(f, f + 1L)) {
                tellJoiners(f + 1L, puts);
                return;
            }
        }
    }

    /** So many elements that entered need no taskDone any more. */
    final void finish(int elements) {
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
            for (long at = idleAt; at < done && !IDLE_AT.compareAndSet(this, at, done); ) {
                at = idleAt;
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
        return idleAt >= puts || unfinishedTasks() == 0L;
    }

    @Override
    public final long unfinishedTasks() {
        long f = finished.value; // first, so that the difference is never negative
        return puts() - f;
    }

    // ---- leaving without being taken for work ----

    @Override
    final void beginRemoval() {
        BEGUN.getAndAdd(this, 1L);
    }

    @Override
    final void endRemoval(int elements) {
        if (elements > 0) {
            REMOVED.getAndAdd(this, (long) elements);
            finish(elements);
        }
        ENDED.getAndAdd(this, 1L);
        if (elements > 0) {
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
        for (int looks = 0; ; looks++) {
            long over = ended; // before begun: if they are the same, no removal was under way
            long under = begun;
            long f = finished.value;
            Moment now = moment();
            long gone = removed;
            long lost = dropped;
            if (over == under && under == begun && f == finished.value) {
                long taken = now.puts() - gone - now.size();
                return new QueueStats(
                        now.size(),
                        capacity(),
                        now.puts() - f,
                        now.puts(),
                        taken,
                        gone,
                        lost,
                        putters.waiting(),
                        waitingTakers(),
                        now.shut());
            }
            if (looks < LOOKS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
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
