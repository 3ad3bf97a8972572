// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A semaphore that knows how many permits there are: Python's {@code threading.BoundedSemaphore}. Use it to let at most
 * so many threads into something at once. A release of more permits than are out is an {@link IllegalStateException}
 * and changes nothing, where {@link java.util.concurrent.Semaphore} silently makes new permits. For one permit that one
 * thread holds at a time, {@link Mutex} tells who that is.
 *
 * <p><b>Threads.</b> Any thread may acquire, and any thread may release what another has acquired. A {@link Held} is the
 * safer way: it gives back once.
 *
 * <p><b>Ordering and fairness.</b> By default barging: a newcomer may take permits before threads that wait. A
 * {@linkplain #fair fair} semaphore serves waiters strictly in the order of arrival, in every form but those with
 * {@code Barging} in their name: a request for many permits is not overtaken by later small ones, and {@code tryAcquire}
 * fails while somebody waits. In both, a request at the head of the queue that cannot be met holds up those behind it.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says: {@code acquire} and {@code holdInterruptibly} end by success or interrupt, the timed forms also by
 * time-out, {@code acquireUninterruptibly} and {@code hold} by success only, and {@code try} forms without a time never
 * wait. A request for more than {@link #bound()} permits waits until the bound is raised that far.
 *
 * <p><b>Progress.</b> {@code release}, {@code setBound} and the untimed {@code try} forms are lock-free and never wait.
 *
 * <p><b>Memory consistency.</b> Actions before a release happen-before actions after an acquire that succeeds later.
 *
 * <p><b>Observability.</b> {@link #toString()} and {@link #stats()}; waiting threads show this object in thread dumps; a
 * wait that parks emits the JFR event {@code headway.SemaphoreWait}.
 *
 * <p><b>Bounds.</b> Up to {@code Integer.MAX_VALUE} permits; numbers of permits are at least 1, bounds at least 0.
 *
 * <p><b>Complexity and footprint.</b> 48 bytes; a {@link WaitQueue} once a thread had to wait, and one waiter per
 * thread that waits; one small object per {@code Held}.
 *
 * @since 0.1
 */
public final class BoundedSemaphore implements Holdable {
    /*
     * State. One long: the bound in the upper half, the permits that are out in the lower half, both non-negative. What
     * is available is their difference, or nothing while more permits are out than a lowered bound allows.
     *
     * Invariants. out >= 0: a release subtracts no more than is out. An acquire leaves out <= bound.
     *
     * Linearization points. The successful compareAndSet of take, release and setBound; a failing tryAcquire: the
     * volatile read of the state that shows too few permits, or of the queue that shows a waiter.
     *
     * Hand-over. A fair release of as many permits as the first waiter wants changes no state: what was out for one is
     * out for the other. Both linearize, release before acquire, at the read of the state in accepts, which comes while
     * the waiter is the first one and allows both; nobody can tell that the waiter learns of it a moment later.
     *
     * Lost wake-ups. See WaitQueue: release and setBound write the state, then signal; attempt and more read it. A
     * thread that finds no queue to signal does so before the first waiter has made it, hence before that waiter's
     * attempt. A release that frees several permits signals once: whoever leaves the queue wakes the next while permits are left.
     */

    /** Under contention a wrong guess costs a write to a busy cache line; so many reads make that rare. */
    private static final int READS_AFTER_A_MISS = 128;

    private static final VarHandle STATE;
    private static final VarHandle QUEUE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(BoundedSemaphore.class, "state", long.class);
            QUEUE = MethodHandles.lookup().findVarHandle(BoundedSemaphore.class, "queue", WaitQueue.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final boolean fair;
    private final Parker parker;

    private volatile long state;

    /**
     * A guess at the state: plain, written after each change, possibly stale or torn. Comparing with a guess instead of
     * reading the state first saves the wait for a word that was just written, a sixth of an uncontended acquire and
     * release. Every decision is taken on a value that compareAndSet, or a read, has found to be the state.
     */
    private long guess;

    /** How often to read the state before guessing again, because threads contend. Plain, approximate. */
    private int readsFirst;

    /** Made by the first thread that has to wait, so that a semaphore which nobody waits for stays small and fast. */
    private volatile @Nullable WaitQueue queue;

    /**
     * A barging semaphore, with all permits available.
     *
     * @param bound the number of permits
     * @throws IllegalArgumentException if the bound is negative
     */
    public BoundedSemaphore(int bound) {
        this(bound, false, Parker.system());
    }

    /**
     * A semaphore whose threads sleep in the given way, with all permits available.
     *
     * @param bound the number of permits
     * @param fair whether waiters are served strictly in the order of arrival
     * @param parker how threads sleep
     * @throws IllegalArgumentException if the bound is negative
     */
    public BoundedSemaphore(int bound, boolean fair, Parker parker) {
        this.fair = fair;
        this.parker = Objects.requireNonNull(parker, "parker");
        this.state = packed(checkBound(bound), 0);
    }

    /**
     * A semaphore that serves waiters strictly in the order of arrival, with all permits available.
     *
     * @param bound the number of permits
     * @return a new semaphore
     * @throws IllegalArgumentException if the bound is negative
     */
    public static BoundedSemaphore fair(int bound) {
        return new BoundedSemaphore(bound, true, Parker.system());
    }

    // ---- try ----

    /**
     * Takes a permit if that is possible without waiting. Does not look at the interrupt status.
     *
     * @return true if taken; false if none is available or, in a fair semaphore, somebody waits
     */
    public boolean tryAcquire() {
        return mayPass() && take(1);
    }

    /**
     * Takes the given number of permits, or none, without waiting. Does not look at the interrupt status.
     *
     * @param permits how many
     * @return true if taken; false if fewer are available or, in a fair semaphore, somebody waits
     * @throws IllegalArgumentException unless the number is positive
     */
    public boolean tryAcquire(int permits) {
        checkPermits(permits);
        return mayPass() && take(permits);
    }

    /**
     * Takes a permit if one is available, also from a fair semaphore for which others wait.
     *
     * @return true if taken
     */
    public boolean tryAcquireBarging() {
        return take(1);
    }

    /**
     * Takes the given number of permits, or none, if they are available, also from a fair semaphore for which others
     * wait.
     *
     * @param permits how many
     * @return true if taken
     * @throws IllegalArgumentException unless the number is positive
     */
    public boolean tryAcquireBarging(int permits) {
        return take(checkPermits(permits));
    }

    // ---- blocking ----

    /**
     * Waits until a permit is available or the thread is interrupted, and takes it.
     *
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     */
    public void acquire() throws InterruptedException {
        acquireNow(1);
    }

    /**
     * Waits until the given number of permits is available or the thread is interrupted, and takes them all at once.
     *
     * @param permits how many
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws IllegalArgumentException unless the number is positive
     */
    public void acquire(int permits) throws InterruptedException {
        acquireNow(checkPermits(permits));
    }

    private void acquireNow(int permits) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!(mayPass() && take(permits))) {
            queue().await(new Acquisition(this, permits));
        }
    }

    /** Waits, however long it takes, until a permit is available, and takes it. An interrupt stays pending. */
    public void acquireUninterruptibly() {
        acquireUninterruptibly(1);
    }

    /**
     * Waits, however long it takes, until the given number of permits is available, and takes them all at once. An
     * interrupt stays pending.
     *
     * @param permits how many
     * @throws IllegalArgumentException unless the number is positive
     */
    public void acquireUninterruptibly(int permits) {
        checkPermits(permits);
        if (!(mayPass() && take(permits))) {
            queue().awaitUninterruptibly(new Acquisition(this, permits));
        }
    }

    // ---- timed ----

    /**
     * Waits at most the given time until a permit is available, and takes it.
     *
     * @param timeout the longest wait; zero or negative means to try once
     * @return true if taken, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     */
    public boolean tryAcquire(Duration timeout) throws InterruptedException {
        return tryAcquire(1, timeout);
    }

    /**
     * Waits at most the given time until the given number of permits is available, and takes them all at once.
     *
     * @param permits how many
     * @param timeout the longest wait; zero or negative means to try once
     * @return true if taken, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is taken
     * @throws IllegalArgumentException unless the number is positive
     */
    public boolean tryAcquire(int permits, Duration timeout) throws InterruptedException {
        checkPermits(permits);
        long nanos = WaitQueue.saturatedNanos(timeout);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return (mayPass() && take(permits)) || (nanos > 0L && queue().await(new Acquisition(this, permits), nanos));
    }

    // ---- giving back ----

    /**
     * Gives one permit back.
     *
     * @throws IllegalStateException if all permits are in already; nothing changes
     */
    public void release() {
        release(1);
    }

    /**
     * Gives the given number of permits back, or none.
     *
     * @param permits how many
     * @throws IllegalStateException if fewer permits are out; nothing changes
     * @throws IllegalArgumentException unless the number is positive
     */
    public void release(int permits) {
        checkPermits(permits);
        WaitQueue q = fair ? queue : null;
        if (q != null && q.handOver(permits)) {
            return;
        }
        for (long s = guess(); ; s = state) {
            if (out(s) >= permits) {
                if (STATE.compareAndSet(this, s, s - permits)) {
                    guess = s - permits;
                    signal();
                    return;
                }
                readsFirst = READS_AFTER_A_MISS;
            } else if (s == state) {
                throw new IllegalStateException("release of " + permits + " permit(s) while " + out(s) + " of "
                        + bound(s) + " are out; expected at most as many as are out");
            }
        }
    }

    /**
     * Changes the number of permits. A larger bound makes permits available at once. A smaller one takes effect as
     * permits return: those that are out stay valid, and nobody gets a permit until fewer are out than the new bound.
     *
     * @param bound the new number of permits
     * @throws IllegalArgumentException if the bound is negative
     */
    public void setBound(int bound) {
        checkBound(bound);
        for (; ; ) {
            long s = state;
            if (STATE.compareAndSet(this, s, packed(bound, out(s)))) {
                signal();
                return;
            }
        }
    }

    // ---- holds ----

    @Override
    public Held hold() {
        return hold(1);
    }

    /**
     * {@link #acquireUninterruptibly(int)} as a hold.
     *
     * @param permits how many
     * @return the hold on them
     * @throws IllegalArgumentException unless the number is positive
     */
    public Held hold(int permits) {
        Hold hold = new Hold(this, permits); // first: running out of memory must not cost permits
        acquireUninterruptibly(permits);
        return hold;
    }

    @Override
    public Held holdInterruptibly() throws InterruptedException {
        return holdInterruptibly(1);
    }

    /**
     * {@link #acquire(int)} as a hold.
     *
     * @param permits how many
     * @return the hold on them
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is held
     * @throws IllegalArgumentException unless the number is positive
     */
    public Held holdInterruptibly(int permits) throws InterruptedException {
        Hold hold = new Hold(this, permits);
        acquire(permits);
        return hold;
    }

    @Override
    public @Nullable Held tryHold() {
        return tryHold(1);
    }

    /**
     * {@link #tryAcquire(int)} as a hold.
     *
     * @param permits how many
     * @return the hold on them, or null if not taken
     * @throws IllegalArgumentException unless the number is positive
     */
    public @Nullable Held tryHold(int permits) {
        Hold hold = new Hold(this, permits);
        return tryAcquire(permits) ? hold : null;
    }

    @Override
    public @Nullable Held tryHold(Duration timeout) throws InterruptedException {
        return tryHold(1, timeout);
    }

    /**
     * {@link #tryAcquire(int, Duration)} as a hold.
     *
     * @param permits how many
     * @param timeout the longest wait; zero or negative means to try once
     * @return the hold on them, or null if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is held
     * @throws IllegalArgumentException unless the number is positive
     */
    public @Nullable Held tryHold(int permits, Duration timeout) throws InterruptedException {
        Hold hold = new Hold(this, permits);
        return tryAcquire(permits, timeout) ? hold : null;
    }

    // ---- queries ----

    /**
     * The number of permits that can be taken now.
     *
     * @return the number at some moment during the call, never negative
     */
    public int availablePermits() {
        return available(state);
    }

    /**
     * The number of permits that there are.
     *
     * @return the bound
     */
    public int bound() {
        return bound(state);
    }

    /**
     * The number of threads that wait for permits.
     *
     * @return the number at some moment during the call
     */
    public int waiting() {
        WaitQueue q = queue;
        return q == null ? 0 : q.waiting();
    }

    /**
     * Whether waiters are served strictly in the order of arrival.
     *
     * @return true for a fair semaphore
     */
    public boolean isFair() {
        return fair;
    }

    /**
     * Everything at once. Bound, available and held are of one moment; the waiters are counted right after it.
     *
     * @return the figures
     */
    public Stats stats() {
        long s = state;
        return new Stats(bound(s), available(s), out(s), waiting());
    }

    /**
     * The figures of {@link #stats()}.
     *
     * @param bound the number of permits that there are
     * @param available the number that can be taken: {@code max(0, bound - held)}
     * @param held the number that are out, more than the bound for a while after the bound was lowered
     * @param waiting the number of threads that wait
     */
    public record Stats(int bound, int available, int held, int waiting) {}

    /** Permits, bound, fairness and number of waiters, in one line. */
    @Override
    public String toString() {
        Stats now = stats();
        return "BoundedSemaphore@" + Integer.toHexString(System.identityHashCode(this)) + "[" + now.available() + " of "
                + now.bound() + " available" + (fair ? ", fair, " : ", ") + now.waiting() + " waiting]";
    }

    // ---- the state word ----

    /** Whether a newcomer may try at all. */
    private boolean mayPass() {
        if (!fair) {
            return true;
        }
        WaitQueue q = queue;
        return q == null || !q.hasWaiters();
    }

    private void signal() {
        WaitQueue q = queue;
        if (q != null) {
            q.signal();
        }
    }

    private WaitQueue queue() {
        WaitQueue q = queue;
        if (q == null) {
            q = fair ? WaitQueue.fifo(this, parker) : WaitQueue.barging(this, parker);
            if (!QUEUE.compareAndSet(this, null, q)) {
                q = Objects.requireNonNull(queue);
            }
        }
        return q;
    }

    private boolean take(int permits) {
        for (long s = guess(); ; s = state) {
            if (bound(s) - out(s) >= permits) {
                if (STATE.compareAndSet(this, s, s + permits)) {
                    guess = s + permits;
                    return true;
                }
                readsFirst = READS_AFTER_A_MISS;
            } else if (s == state) {
                return false;
            }
        }
    }

    /** What the state probably is: the guess, or the state itself for a while after a guess was wrong. */
    private long guess() {
        if (fair) {
            return state; // a hand-over reads the state without changing it: keep the cache line clean for it
        }
        int reads = readsFirst;
        if (reads > 0) {
            readsFirst = reads - 1;
            return state;
        }
        return guess;
    }

    private static long packed(int bound, int out) {
        return ((long) bound << 32) | out;
    }

    private static int bound(long s) {
        return (int) (s >>> 32);
    }

    private static int out(long s) {
        return (int) s;
    }

    private static int available(long s) {
        return Math.max(0, bound(s) - out(s));
    }

    private static int checkBound(int bound) {
        if (bound < 0) {
            throw new IllegalArgumentException("bound is " + bound + "; expected at least 0");
        }
        return bound;
    }

    private static int checkPermits(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("permits is " + permits + "; expected at least 1");
        }
        return permits;
    }

    /** Some permits, given back once. */
    private static final class Hold implements Held {
        private static final VarHandle SEMAPHORE;

        static {
            try {
                SEMAPHORE = MethodHandles.lookup().findVarHandle(Hold.class, "semaphore", BoundedSemaphore.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private final int permits;

        /** Null once given back. */
        private volatile @Nullable BoundedSemaphore semaphore;

        Hold(BoundedSemaphore semaphore, int permits) {
            this.permits = permits;
            this.semaphore = semaphore;
        }

        @Override
        public void close() {
            BoundedSemaphore s = semaphore;
            if (s != null && SEMAPHORE.compareAndSet(this, s, null)) {
                s.release(permits);
            }
        }

        @Override
        public String toString() {
            BoundedSemaphore s = semaphore;
            return s == null ? "closed hold" : "hold on " + permits + " permit(s) of " + s;
        }
    }

    /** A thread that waits for permits. */
    private static final class Acquisition extends WaitQueue.Waiter {
        private final BoundedSemaphore semaphore;
        private final int permits;
        private @Nullable Object event;

        Acquisition(BoundedSemaphore semaphore, int permits) {
            this.semaphore = semaphore;
            this.permits = permits;
        }

        @Override
        protected boolean attempt() {
            // A barging waiter mostly finds nothing, so it looks before it writes; a fair one was sent for.
            return (semaphore.fair || semaphore.availablePermits() >= permits) && semaphore.take(permits);
        }

        @Override
        protected boolean more() {
            return semaphore.availablePermits() > 0;
        }

        @Override
        protected boolean accepts(int amount) {
            long s = semaphore.state;
            return amount == permits && amount <= out(s) && out(s) <= bound(s);
        }

        @Override
        protected void parking() {
            event = WaitEvents.beginSemaphoreWait(semaphore, permits);
        }

        @Override
        protected void parked(boolean success) {
            WaitEvents.endSemaphoreWait(event, success);
        }
    }
}
