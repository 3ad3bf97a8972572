// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.Mutex;
import io.github.headway4j.primitives.Parker;
import io.github.headway4j.primitives.WaitQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs actions at given moments, one after the other in the threads that call {@link #run()}: Python's {@code sched}.
 * It has no thread of its own. Use it where one thread does what is due, and for simulations with a {@link
 * VirtualTime}; where things are to happen in the background, take {@link Timers}.
 *
 * <pre>{@code
 * var scheduler = new EventScheduler();
 * scheduler.enter(Duration.ofSeconds(3), 1, () -> System.out.println("later"));
 * scheduler.enter(Duration.ofSeconds(1), 1, () -> System.out.println("first"));
 * scheduler.run(); // returns after 3 seconds, when nothing is left
 * }</pre>
 *
 * <p><b>Threads.</b> Any thread may call any method at any time, actions too, while others run. If several threads run,
 * each event is run by one of them.
 *
 * <p><b>Ordering and fairness.</b> By moment, to the nanosecond; then by priority, smallest first; then in the order in
 * which they were entered. An event that is entered too late for its turn is next. The order is that in which a thread
 * takes events to run them; a second thread may take the next one while the action of the first is under way.
 *
 * <p><b>Blocking and interruption.</b> {@code run} blocks, as the {@linkplain io.github.headway4j.primitives contract
 * of everything that blocks} says; it looks at the interrupt status before each event. It notices what is entered while
 * it waits, and when nothing is left to wait for, if its time source can be woken, as those of this library can;
 * otherwise it notices when its sleep is over. Under a {@link VirtualTime} it does not wait: it moves the clock to each
 * event. Nothing else blocks, but for a lock that is held for moments and never while user code runs.
 *
 * <p><b>Actions.</b> An event is over before its action begins: from then on it cannot be cancelled, and {@link #queue}
 * does not show it. What the action throws reaches the caller of {@code run} or {@code runPending}; the other events
 * stay, and may be run on. An action may call any method, {@code run} included.
 *
 * <p><b>Clocks.</b> Moments are those of {@link TimeSource#nanoTime()}. An instant is translated when the event is
 * entered; if the date or the time of day is set later, the event does not notice.
 *
 * <p><b>Progress.</b> Blocking: one lock.
 *
 * <p><b>Memory consistency.</b> Actions before entering an event happen-before its action, and what a thread does
 * before it takes an event from the scheduler happens-before what another one does after it has taken a later one; so
 * actions that are run by one thread at a time see what those before them did.
 *
 * <p><b>Observability.</b> {@link #toString()}; waiting threads show this object in thread dumps; an action that begins
 * 10 ms or more after its moment leaves the JFR event {@code headway.LateRun}, except in virtual time.
 *
 * <p><b>Nulls and bounds.</b> Null arguments are refused with {@code NullPointerException}, events of other schedulers
 * with {@code IllegalArgumentException}. Moments more than about 292 years away from the making of the scheduler are
 * taken to be just so far away. More than 2<sup>30</sup> events, or than memory holds, are an {@code OutOfMemoryError}
 * of entering one, which changes nothing.
 *
 * <p><b>Complexity and footprint.</b> Entering and taking an event are O(1) amortised, cancelling is O(1); among events
 * that are due at the same nanosecond with different priorities, and those that are entered late, O(log n) of these.
 * After the first event has been cancelled, {@code runPending} may put others in order to find the next one, which is
 * part of what entering them is said to take; what is entered before these later on is among those that are entered
 * late. {@code queue} is O(n log n), of which the lock is held for O(n). 34 kilobytes for the scheduler
 * and about 60 bytes for each event besides its action; memory of events is given back when most of it is unused. An
 * event that has been cancelled holds nothing and is held by nothing.
 *
 * @since 0.1
 */
public final class EventScheduler {
    /*
     * Model. A store of events in order under a lock. Times are kept as nanoseconds since the scheduler was made, so
     * that they can be compared although nanoTime may overflow.
     *
     *   enter:  insert; if it is before what somebody waits for: change, wake all
     *   cancel: remove; if nothing is left: change, wake all
     *   run:    loop { take the first event if it is due, and run it; none left: return; else wait until it is due or
     *           something has changed }
     *
     * What sleepers wait for. waitedFor is at least the moment that any sleeper which has not been woken waits for. It
     * is raised when somebody decides to wait, to the moment of the first event, or to one before it if that is not
     * known; an event before it changes it and wakes all. A sleeper whose event has been cancelled or taken wakes in
     * vain at that event's moment, and waits for the next one.
     *
     * Lost wake-ups. A sleeper reads changes under the lock when it decides to wait. Who changes something writes
     * changes under the lock, then reads the queue and signals all. See WaitQueue: the sleeper looks at changes once it
     * is in the queue. Who finds no queue to signal does so before the first sleeper has made it, hence before that
     * one's look.
     *
     * Linearization points. Of every method: under the lock. An event is over when it is taken out of the store.
     *
     * Access modes. changes: volatile, written under the lock, so reading it there and writing it is one step. The
     * queue of sleepers: volatile and compareAndSet. All else that changes is guarded by the lock, a user's clock is
     * asked outside.
     */

    /** What waitedFor is as long as nobody waits. */
    private static final long NOTHING = Long.MIN_VALUE;

    private static final VarHandle SLEEPERS;

    static {
        try {
            SLEEPERS = MethodHandles.lookup().findVarHandle(EventScheduler.class, "sleepers", WaitQueue.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TimeSource time;

    /** The nanoTime that times in the store are counted from. */
    private final long origin;

    /** If the time is virtual, it knows when there is something to do. */
    private final @Nullable VirtualAgenda agenda;

    private final Parker parker;
    private final Mutex lock;

    /** Guarded by the lock. */
    private final BucketQueue<ScheduledEvent> store = new BucketQueue<>();

    /** Guarded by the lock. */
    private long waitedFor = NOTHING;

    /** How often sleepers had to look again. */
    private volatile long changes;

    /** Made by the first thread that has to wait. */
    private volatile @Nullable WaitQueue sleepers;

    /** A scheduler on the clock of the system. */
    public EventScheduler() {
        this(TimeSource.system());
    }

    /**
     * A scheduler on the given clock.
     *
     * @param time the clock
     */
    public EventScheduler(TimeSource time) {
        this(time, Parker.system());
    }

    /** Threads sleep in the given way. */
    EventScheduler(TimeSource time, Parker parker) {
        this.time = Objects.requireNonNull(time, "time");
        this.parker = parker;
        lock = new Mutex(parker);
        if (time instanceof VirtualTime virtual) {
            origin = 0L;
            agenda = new VirtualAgenda(virtual);
        } else {
            origin = time.nanoTime();
            agenda = null;
        }
    }

    // ---- entering ----

    /**
     * Plans an action for a moment that is the given time from now.
     *
     * @param delay how long from now; zero or negative means that it is due already
     * @param priority tells which of several events at the same moment comes first: the smallest
     * @param action what to do
     * @return the event, of use to cancel it
     */
    public ScheduledEvent enter(Duration delay, int priority, Runnable action) {
        return insert(Moments.plus(now(), WaitQueue.saturatedNanos(delay)), priority, action);
    }

    /**
     * Plans an action for an instant, as far from now as it is when this method is called.
     *
     * @param instant when
     * @param priority tells which of several events at the same moment comes first: the smallest
     * @param action what to do
     * @return the event, of use to cancel it
     */
    public ScheduledEvent enterAt(Instant instant, int priority, Runnable action) {
        return enter(Duration.between(time.instant(), instant), priority, action);
    }

    /**
     * Plans an action for a moment of the monotonic clock.
     *
     * @param nanoTime when, in terms of {@link TimeSource#nanoTime()} of the time source
     * @param priority tells which of several events at the same moment comes first: the smallest
     * @param action what to do
     * @return the event, of use to cancel it
     */
    public ScheduledEvent enterAtNanos(long nanoTime, int priority, Runnable action) {
        return insert(Moments.between(origin, nanoTime), priority, action);
    }

    private ScheduledEvent insert(long at, int priority, Runnable action) {
        ScheduledEvent event = new ScheduledEvent(this, Math.min(at, Agenda.NEVER - 1L), priority, action);
        boolean wake;
        lock.lock();
        try {
            if (agenda != null && store.size() == 0) {
                agenda.time.attach(agenda);
            }
            store.insert(event);
            wake = event.time < waitedFor;
            if (wake) {
                change(event.time);
            }
        } finally {
            lock.unlock();
        }
        if (wake) {
            wakeSleepers();
        }
        return event;
    }

    /**
     * Cancels an event if its action has not begun.
     *
     * @param event an event that this scheduler has returned
     * @return true if the action will not run; false if it has run, runs, or was cancelled before
     * @throws IllegalArgumentException if it is an event of another scheduler
     */
    public boolean cancel(ScheduledEvent event) {
        if (event.scheduler != this) {
            throw new IllegalArgumentException(event + " of another scheduler; expected one that was entered here");
        }
        boolean wake;
        lock.lock();
        try {
            if (event.place == TimedEntry.NOWHERE) {
                return false;
            }
            store.remove(event);
            event.action = null;
            wake = noteIfEmpty();
        } finally {
            lock.unlock();
        }
        if (wake) {
            wakeSleepers();
        }
        return true;
    }

    // ---- running ----

    /**
     * Runs the events in their order, each when it is due, until none is left.
     *
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; the events that are
     *     left stay
     */
    public void run() throws InterruptedException {
        for (; ; ) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long limit = agenda == null ? now() : Agenda.NEVER - 1L;
            Runnable action = take(limit);
            if (action != null) {
                action.run();
            } else if (!awaitNext(limit)) {
                return;
            }
        }
    }

    /**
     * Runs the events that are due, in their order, including those that become due meanwhile, and waits for none.
     *
     * @return how long it is until the next event is due, empty if there is none
     */
    public Optional<Duration> runPending() {
        for (; ; ) {
            long now = now();
            Runnable action = take(now);
            if (action != null) {
                action.run();
                continue;
            }
            lock.lock();
            try {
                if (store.size() == 0) {
                    return Optional.empty();
                }
                long next = store.firstTime(now);
                if (next > now) {
                    return Optional.of(Duration.ofNanos(next - now));
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Takes the first event if it is not after the limit: its action, or null. Virtual time moves to the event. */
    private @Nullable Runnable take(long limit) {
        ScheduledEvent event;
        Runnable action;
        boolean wake;
        lock.lock();
        try {
            if (agenda != null && store.size() > 0) {
                long first = store.firstTime(limit);
                if (first <= limit) {
                    agenda.time.moveTo(first); // if it throws, nothing has been taken
                }
            }
            event = store.pollFirst(limit);
            if (event == null) {
                return null;
            }
            action = event.action;
            event.action = null;
            wake = noteIfEmpty();
        } finally {
            lock.unlock();
        }
        if (wake) {
            wakeSleepers();
        }
        long late = Moments.minus(limit, event.time);
        if (agenda == null && late >= RunEvents.LATE_NANOS) {
            reportLate(late);
        }
        return action;
    }

    /** Throws nothing: the event is over, so its action would never run. A user's clock is asked for its name here. */
    private void reportLate(long nanos) {
        try {
            RunEvents.late(this, nanos);
        } catch (Throwable trouble) {
            TimerReports.uncaught(trouble);
        }
    }

    /** The one place where threads wait: until the next event may be due. False if there is none. */
    private boolean awaitNext(long now) throws InterruptedException {
        long next;
        long seen;
        lock.lock();
        try {
            if (store.size() == 0) {
                return false;
            }
            next = store.waitTime(now);
            if (next <= now) {
                return true;
            }
            waitedFor = Math.max(waitedFor, next); // others may know of a later first moment than can be told now
            seen = changes;
        } finally {
            lock.unlock();
        }
        time.awaitUntil(sleepers(), origin + next, () -> changes != seen);
        return true;
    }

    /** The time since the origin. */
    private long now() {
        return time.nanoTime() - origin;
    }

    // ---- waking ----

    /** Under the lock: if nothing is left, nobody waits for anything. Whether sleepers must be woken. */
    private boolean noteIfEmpty() {
        if (store.size() > 0) {
            return false;
        }
        if (agenda != null) {
            agenda.time.detach(agenda);
        }
        boolean wake = waitedFor != NOTHING;
        if (wake) {
            change(NOTHING);
        }
        return wake;
    }

    /** Under the lock: sleepers have to look again. */
    private void change(long newWaitedFor) {
        waitedFor = newWaitedFor;
        long count = changes;
        changes = count + 1L;
    }

    private void wakeSleepers() {
        WaitQueue q = sleepers;
        if (q != null) {
            q.signalAll();
        }
    }

    private WaitQueue sleepers() {
        WaitQueue q = sleepers;
        if (q == null) {
            q = WaitQueue.broadcast(this, parker);
            if (!SLEEPERS.compareAndSet(this, null, q)) {
                q = Objects.requireNonNull(sleepers);
            }
        }
        return q;
    }

    // ---- queries ----

    /**
     * Whether no event is left.
     *
     * @return true if none is left at some moment during the call
     */
    public boolean isEmpty() {
        return size() == 0;
    }

    /**
     * The number of events that are left.
     *
     * @return the number at some moment during the call
     */
    public int size() {
        lock.lock();
        try {
            return store.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The events that are left, in the order in which they would run.
     *
     * @return a list of one moment, which does not change
     */
    public List<ScheduledEvent> queue() {
        ScheduledEvent[] events;
        lock.lock();
        try {
            events = store.toArray(new ScheduledEvent[store.size()]);
        } finally {
            lock.unlock();
        }
        Arrays.sort(events, TimedEntry::compare); // keeps the order of insertion
        return List.of(events);
    }

    boolean isPending(ScheduledEvent event) {
        lock.lock();
        try {
            return event.place != TimedEntry.NOWHERE;
        } finally {
            lock.unlock();
        }
    }

    long nanoTimeOf(ScheduledEvent event) {
        return origin + event.time;
    }

    /** The number of events that are left, in one line. */
    @Override
    public String toString() {
        return "EventScheduler@" + Integer.toHexString(System.identityHashCode(this)) + "[" + size() + " pending, "
                + time + "]";
    }

    /** What virtual time knows of this scheduler, as long as there is something to do. */
    private final class VirtualAgenda extends Agenda {
        private final VirtualTime time;

        VirtualAgenda(VirtualTime time) {
            super(time.nextNumber());
            this.time = time;
        }

        @Override
        long next(long limit) {
            lock.lock();
            try {
                return store.size() == 0 ? NEVER : store.firstTime(limit);
            } finally {
                lock.unlock();
            }
        }

        @Override
        boolean runFirst(long limit) {
            Runnable action = take(limit);
            if (action == null) {
                return false;
            }
            action.run();
            return true;
        }
    }
}
