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
public final class BoundedSemaphore extends Permits implements Holdable {
    /*
     * Parts. Permits: the word with the numbers. PermitWaiter: when a wait is over. This class: who may take at once,
     * who waits, and whom to tell.
     *
     * Linearization points. Those of Permits; for a failing tryAcquire also the read of the queue that shows a waiter.
     *
     * Hand-over. A fair release of as many permits as the first waiter wants changes no state: what was out for one is
     * out for the other. Both linearize, release before acquire, at the read of the state in PermitWaiter.accepts, which
     * comes while the waiter is the first one and allows both; nobody can tell that the waiter learns of it a moment
     * later.
     *
     * Lost wake-ups. See WaitQueue: release and setBound write the state, then signal; attempt and more read it. A
     * thread that finds no queue to signal does so before the first waiter has made it, hence before that waiter's
     * attempt. A release that frees several permits signals once: whoever leaves the queue wakes the next while permits
     * are left.
     */

    private static final VarHandle QUEUE;

    static {
        try {
            QUEUE = MethodHandles.lookup().findVarHandle(BoundedSemaphore.class, "queue", WaitQueue.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Parker parker;

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
        super(bound, fair);
        this.parker = Objects.requireNonNull(parker, "parker");
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
            queue().await(new PermitWaiter(this, permits));
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
            queue().awaitUninterruptibly(new PermitWaiter(this, permits));
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
        return (mayPass() && take(permits)) || (nanos > 0L && queue().await(new PermitWaiter(this, permits), nanos));
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
        giveBack(permits);
        signal();
    }

    /**
     * Changes the number of permits. A larger bound makes permits available at once. A smaller one takes effect as
     * permits return: those that are out stay valid, and nobody gets a permit until fewer are out than the new bound.
     *
     * @param bound the new number of permits
     * @throws IllegalArgumentException if the bound is negative
     */
    public void setBound(int bound) {
        changeBound(bound);
        signal();
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
        Held hold = new PermitHold(this, permits); // first: running out of memory must not cost permits
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
        Held hold = new PermitHold(this, permits);
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
        Held hold = new PermitHold(this, permits);
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
        Held hold = new PermitHold(this, permits);
        return tryAcquire(permits, timeout) ? hold : null;
    }

    // ---- queries ----

    /**
     * The number of permits that can be taken now.
     *
     * @return the number at some moment during the call, never negative
     */
    public int availablePermits() {
        return available(state());
    }

    /**
     * The number of permits that there are.
     *
     * @return the bound
     */
    public int bound() {
        return bound(state());
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
        long s = state();
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

    // ---- the queue ----

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
}
