// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.WaitQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that a task queue does beyond its store: waiting, counting tasks, overflow, the end.
 *
 * @param <E> the type of the elements
 */
abstract class BlockingTaskQueue<E extends Object> extends QueueCore<E> implements TaskQueue<E> {
    /*
     * Waiting. Takers, putters and joiners each have a WaitQueue, whose waiters attempt an operation of the store. Its
     * lost-wakeup argument asks for this: an operation that may let another succeed changes the store with volatile
     * semantics, then signals; tryPut, tryTake and isShutdown read it with volatile semantics.
     *
     * Tasks. Unfinished is the store's count of puts, less finished. Counting costs a put nothing: the store counts
     * anyway. finished never exceeds the puts: taskDone reads finished before the puts, which only grow. A task count of
     * zero that lasts only a moment is remembered in idle, for joiners that wake up later.
     *
     * Access modes. finished, idle, selectors: volatile. dropped, removed: volatile, since they are rare.
     */

    /** The most elements taken by one operation of the store. */
    private static final int BATCH = 64;

    private static final VarHandle FINISHED = field("finished", long.class);
    private static final VarHandle IDLE = field("idle", long.class);
    private static final VarHandle DROPPED = field("dropped", long.class);
    private static final VarHandle REMOVED = field("removed", long.class);
    private static final VarHandle SELECTORS = field("selectors", Selector[].class);

    private final OverflowPolicy overflow;
    private final @Nullable Consumer<? super E> onUndelivered;
    private final WaitQueue takers;
    private final WaitQueue putters;
    private final WaitQueue joiners;

    /** Tasks that are done or left without being taken for work. */
    private volatile long finished;

    /** How often no task was unfinished. */
    private volatile long idle;

    private volatile long dropped;
    private volatile long removed;

    /** Those that wait for this queue and others, or null. Never changed, always replaced. */
    private volatile Selector @Nullable [] selectors;

    @SuppressWarnings("nullness:argument") // only kept, to be shown in thread dumps
    BlockingTaskQueue(QueueOptions<E> options) {
        overflow = options.overflow();
        onUndelivered = options.onUndelivered();
        takers = WaitQueue.barging(this, options.parker());
        putters = WaitQueue.barging(this, options.parker());
        joiners = WaitQueue.barging(this, options.parker());
    }

    // ---- putting ----

    @Override
    public final void put(E element) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        throwIfInterrupted();
        putOne(element);
    }

    @Override
    public final boolean offer(E element, Duration timeout) throws InterruptedException {
        return offer(element, WaitQueue.saturatedNanos(timeout));
    }

    @Override
    public final boolean offer(E element, long timeout, TimeUnit unit) throws InterruptedException {
        return offer(element, unit.toNanos(timeout));
    }

    private boolean offer(E element, long nanos) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        throwIfInterrupted();
        int result = tryPut(element);
        if (result == PUT) {
            entered();
            return true;
        }
        return putSlowly(element, result, true, nanos);
    }

    @Override
    public final boolean offer(E element) {
        Objects.requireNonNull(element, "element");
        int result = tryPut(element);
        if (result == PUT) {
            entered();
            return true;
        }
        return result == FULL && drops() && dropFor(element) == PUT;
    }

    @Override
    public final boolean add(E element) {
        if (offer(element)) {
            return true;
        }
        throw isShutdown() ? refused(List.of(element)) : full(List.of(element));
    }

    @Override
    public final void putAll(Collection<? extends E> elements) throws InterruptedException {
        Object[] all = elements.toArray();
        for (Object e : all) {
            Objects.requireNonNull(e, "element");
        }
        int put = 0;
        try {
            throwIfInterrupted();
            while (put < all.length) {
                int some = tryPutSome(all, put);
                if (some > 0) {
                    entered();
                } else {
                    putOne(cast(all[put]));
                    some = 1;
                }
                put += some;
            }
        } catch (InterruptedException e) {
            throw new PutInterruptedException("interrupted after " + put + " of " + all.length + " elements", rest(all, put));
        } catch (QueueShutdownException e) {
            throw refused(rest(all, put));
        } catch (QueueFullException e) {
            throw full(rest(all, put));
        }
    }

    private void putOne(E element) throws InterruptedException {
        int result = tryPut(element);
        if (result == PUT) {
            entered();
        } else if (!putSlowly(element, result, false, 0L)) {
            throw full(List.of(element));
        }
    }

    /** Puts an element for which there was no room, as the policy says. False if it does not let it in. */
    private boolean putSlowly(E element, int result, boolean timed, long nanos) throws InterruptedException {
        int now = result;
        if (now == FULL) {
            switch (overflow) {
                case FAIL -> {
                    return false;
                }
                case DROP_NEWEST, DROP_OLDEST -> now = dropFor(element);
                case BLOCK -> {
                    if (timed && nanos <= 0L) {
                        return false;
                    }
                    Putting<E> putting = new Putting<>(this, element);
                    if (!timed) {
                        putters.await(putting);
                    } else if (!putters.await(putting, nanos)) {
                        return false;
                    }
                    now = putting.result;
                    if (now == PUT) {
                        entered();
                    }
                }
            }
        }
        if (now == SHUT) {
            throw refused(List.of(element));
        }
        return true;
    }

    private boolean drops() {
        return overflow == OverflowPolicy.DROP_NEWEST || overflow == OverflowPolicy.DROP_OLDEST;
    }

    /** Drops the newcomer, or others until it fits: PUT, or SHUT. */
    private int dropFor(E newcomer) {
        if (overflow == OverflowPolicy.DROP_OLDEST) {
            for (; ; ) {
                E victim = evictFor(newcomer);
                if (victim == newcomer) {
                    break;
                }
                if (victim != null) {
                    abandoned(1);
                    drop(victim);
                }
                int result = tryPut(newcomer);
                if (result == PUT) {
                    entered();
                }
                if (result != FULL) {
                    return result;
                }
            }
        }
        if (isShutdown()) {
            return SHUT;
        }
        drop(newcomer);
        return PUT;
    }

    private void drop(E element) {
        DROPPED.getAndAdd(this, 1L);
        if (onUndelivered != null) {
            onUndelivered.accept(element);
        }
    }

    // ---- taking ----

    @Override
    public final E take() throws InterruptedException {
        throwIfInterrupted();
        E element = tryTake();
        if (element != null) {
            left();
            return element;
        }
        Taking<E> taking = new Taking<>(this);
        takers.await(taking);
        return taken(taking);
    }

    @Override
    public final @Nullable E poll(Duration timeout) throws InterruptedException {
        return poll(WaitQueue.saturatedNanos(timeout));
    }

    @Override
    public final @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return poll(unit.toNanos(timeout));
    }

    private @Nullable E poll(long nanos) throws InterruptedException {
        throwIfInterrupted();
        E element = tryTake();
        if (element != null) {
            left();
            return element;
        }
        Taking<E> taking = new Taking<>(this);
        return takers.await(taking, nanos) ? taken(taking) : null;
    }

    private E taken(Taking<E> taking) {
        E element = taking.element;
        if (element == null) {
            throw new QueueShutdownException("take from " + name() + ", which is shut down and empty", List.of());
        }
        left();
        return element;
    }

    @Override
    public final @Nullable E poll() {
        E element = tryTake();
        if (element != null) {
            left();
        }
        return element;
    }

    @Override
    public final List<E> take(int min, int max, Duration timeout) throws InterruptedException {
        if (min < 1 || max < min) {
            throw new IllegalArgumentException(
                    "min is " + min + " and max is " + max + "; expected 1 <= min <= max");
        }
        long nanos = WaitQueue.saturatedNanos(timeout);
        throwIfInterrupted();
        long deadline = System.nanoTime() + nanos;
        List<E> batch = new ArrayList<>();
        for (; ; ) {
            takeSome(batch, max - batch.size());
            if (batch.size() >= min) {
                return batch;
            }
            try {
                E element = poll(nanos <= 0L ? 0L : deadline - System.nanoTime());
                if (element == null) {
                    return batch;
                }
                batch.add(element);
            } catch (InterruptedException | QueueShutdownException e) {
                if (batch.isEmpty()) {
                    throw e;
                }
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                return batch;
            }
        }
    }

    @Override
    public final int drainTo(Collection<? super E> sink) {
        return drainTo(sink, Integer.MAX_VALUE);
    }

    @Override
    public final int drainTo(Collection<? super E> sink, int max) {
        Objects.requireNonNull(sink, "sink");
        if (sink == this) {
            throw new IllegalArgumentException("drainTo of a queue into itself; expected another collection");
        }
        return takeSome(sink, Math.min(max, size())); // not those that come meanwhile: it must end
    }

    /** Takes at most so many of those that are there: how many. */
    private int takeSome(Collection<? super E> sink, int max) {
        int taken = 0;
        for (int some = 1; taken < max && some > 0; taken += some) {
            Object[] elements = new Object[Math.min(max - taken, BATCH)];
            some = tryTakeSome(elements, elements.length);
            if (some > 0) {
                left();
                handOut(elements, some, sink);
            }
        }
        return taken;
    }

    private void handOut(Object[] elements, int count, Collection<? super E> sink) {
        int added = 0;
        try {
            for (; added < count; added++) {
                sink.add(cast(elements[added]));
            }
        } catch (Throwable refusal) {
            for (int i = added; i < count; i++) {
                drop(cast(elements[i]));
            }
            if (onUndelivered == null) {
                refusal.addSuppressed(new UndeliveredException(rest(elements, added).subList(0, count - added)));
            }
            throw refusal;
        }
    }

    // ---- waking ----

    /** After one or several elements have entered. */
    private void entered() {
        takers.signal();
        Selector[] others = selectors;
        if (others != null) {
            for (Selector s : others) {
                s.signal();
            }
        }
    }

    /** After one or several elements have left. */
    private void left() {
        putters.signal();
    }

    @Override
    final void abandoned(int elements) {
        if (elements > 0) {
            REMOVED.getAndAdd(this, (long) elements);
            left();
            for (long f = finished; ; f = finished) {
                long done = Math.min(f + elements, puts()); // taskDone may have been called for them too early
                if (FINISHED.compareAndSet(this, f, done)) {
                    tellJoiners(done);
                    return;
                }
            }
        }
    }

    // ---- tasks ----

    @Override
    public final void taskDone() {
        for (; ; ) {
            long f = finished;
            long puts = puts();
            if (f >= puts) {
                throw new IllegalStateException("taskDone after all " + puts
                        + " tasks were done; expected one call for each element that was taken");
            }
            if (FINISHED.compareAndSet(this, f, f + 1L)) {
                tellJoiners(f + 1L);
                return;
            }
        }
    }

    /** After finished has become the given number. */
    private void tellJoiners(long done) {
        if (puts() == done) {
            IDLE.getAndAdd(this, 1L);
            joiners.signalAll();
        }
    }

    @Override
    public final void join() throws InterruptedException {
        throwIfInterrupted();
        Joining joining = new Joining(this, idle);
        if (unfinishedTasks() != 0L) {
            joiners.await(joining);
        }
    }

    @Override
    public final boolean join(Duration timeout) throws InterruptedException {
        long nanos = WaitQueue.saturatedNanos(timeout);
        throwIfInterrupted();
        Joining joining = new Joining(this, idle);
        return unfinishedTasks() == 0L || joiners.await(joining, nanos);
    }

    @Override
    public final long unfinishedTasks() {
        long f = finished; // first, so that the difference is never negative
        return puts() - f;
    }

    final boolean idleSince(long count) {
        return idle != count || unfinishedTasks() == 0L;
    }

    // ---- the end ----

    @Override
    public final void shutdown() {
        shut();
        wakeAll();
    }

    @Override
    public final List<E> shutdownNow() {
        Object[] rest = takeAll(true);
        abandoned(rest.length);
        wakeAll();
        return castAll(rest);
    }

    private void wakeAll() {
        takers.signalAll();
        putters.signalAll();
        Selector[] others = selectors;
        if (others != null) {
            for (Selector s : others) {
                s.signal();
            }
        }
    }

    @Override
    public final boolean isTerminated() {
        return isShutdown() && isEmpty();
    }

    // ---- queries ----

    @Override
    public final int remainingCapacity() {
        int capacity = capacity();
        return capacity == Integer.MAX_VALUE ? capacity : Math.max(0, capacity - size());
    }

    @Override
    public final QueueStats stats() {
        for (; ; ) {
            long f = finished;
            long gone = removed;
            Moment now = moment();
            if (f == finished && gone == removed) {
                return new QueueStats(
                        now.size(),
                        capacity(),
                        now.puts() - f,
                        now.puts(),
                        now.puts() - gone - now.size(),
                        gone,
                        dropped,
                        putters.waiting(),
                        takers.waiting(),
                        now.shut());
            }
        }
    }

    /** State, size and those who wait, in one line; the elements are in {@code toArray}. */
    @Override
    public final String toString() {
        QueueStats now = stats();
        return name() + "[" + now.size() + (now.capacity() == Integer.MAX_VALUE ? "" : " of " + now.capacity())
                + ", " + now.unfinished() + " unfinished, " + now.waitingPutters() + " waiting to put, "
                + now.waitingTakers() + " to take" + (now.shutdown() ? ", shut down]" : "]");
    }

    private String name() {
        return getClass().getSimpleName() + "@" + Integer.toHexString(System.identityHashCode(this));
    }

    // ---- several queues at once ----

    /** Has the selector told of each element that enters from now on, and of the end. */
    final void enlist(Selector selector) {
        for (; ; ) {
            Selector[] now = selectors;
            Selector[] more = now == null ? new Selector[1] : Arrays.copyOf(now, now.length + 1);
            more[more.length - 1] = selector;
            if (SELECTORS.compareAndSet(this, now, more)) {
                return;
            }
        }
    }

    final void delist(Selector selector) {
        for (; ; ) {
            Selector[] now = Objects.requireNonNull(selectors, "enlisted selectors");
            Selector[] less = Arrays.stream(now).filter(s -> s != selector).toArray(Selector[]::new);
            if (SELECTORS.compareAndSet(this, now, less.length == 0 ? null : less)) {
                return;
            }
        }
    }


    // ---- errors ----

    private QueueShutdownException refused(List<?> undelivered) {
        return new QueueShutdownException("put into " + name() + ", which is shut down", undelivered);
    }

    private QueueFullException full(List<?> undelivered) {
        return new QueueFullException(name() + " is full with " + capacity() + " elements", undelivered);
    }

    private static List<?> rest(Object[] elements, int from) {
        return List.of(Arrays.copyOfRange(elements, from, elements.length));
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(BlockingTaskQueue.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
