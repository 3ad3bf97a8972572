// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Timers} know, under one lock: what is pending, what is under way, who waits for what, and what has become
 * of the rest. How that changes is for the {@link TimerCore} to say.
 */
abstract class TimerStore {
    /*
     * Invariants, whenever the lock is free.
     *   (I1) figures.pending is the number of live timeouts. These are in the store, or taken from it by a run that has
     *        not begun, or series that wait in a list for memory to be placed.
     *   (I2) runs has each run from its taking to its end. figures.running is the number of those that have begun.
     *   (I3) Once closed, nothing is live, so nothing begins.
     *   (I4) ends has no timeout that is over.
     *
     * Nothing is lost for lack of memory. A section changes something only once it has what it needs: a timeout leaves
     * the store by a step that needs none or has changed nothing, and what follows needs none. Except that a series may
     * need some to be inserted again; without it, it goes to a list, and is placed by the next section that looks for
     * something to do.
     *
     * Access modes. closed: volatile, written under the lock. All else is guarded by it. A user's clock, executor,
     * handler and listener are called without it.
     */

    private static final Comparator<Planned> ORDER =
            Comparator.comparingLong(Planned::time).thenComparingInt(planned -> planned.timeout.priority);

    /** A timeout and its time under the lock; that of a series changes. */
    private record Planned(long time, Timeout timeout) {}

    final ShortLock lock;
    final TimerAlarm alarm;
    final TimerEnding ending;

    /** Null unless the time is virtual. */
    final @Nullable TimerAgenda agenda;

    private final TimeSource time;

    /** The nanoTime that times in the store are counted from. */
    private final long origin;

    // ---- guarded by the lock ----

    final TimerFigures figures = new TimerFigures();
    final TimerRunList runs = new TimerRunList();
    BucketQueue<Timeout> store = new BucketQueue<>();

    /** Series that are to be placed again. */
    @Nullable
    RepeatingTimeout misplaced;

    /** Null as long as nobody waits, so that the table of many waiters does not stay. */
    private @Nullable Map<Timeout, TimeoutEnd> ends;

    /** What is to be told when the lock is given back. */
    private boolean rings;

    private @Nullable TimeoutEnd released;

    volatile boolean closed;

    @SuppressWarnings({"nullness:argument", "nullness:assignment"}) // only kept by the agenda, which is asked later
    TimerStore(Timers timers, TimerOptions options) {
        lock = new ShortLock(timers);
        alarm = new TimerAlarm(timers);
        ending = new TimerEnding(timers);
        time = options.time;
        if (time instanceof VirtualTime virtual) {
            origin = 0L;
            agenda = new TimerAgenda(this, virtual);
        } else {
            origin = time.nanoTime();
            agenda = null;
        }
    }

    /** In virtual time: does the first thing to do, if it is not after the limit, and moves the clock there. */
    abstract boolean runFirst(long limit);

    /** Under the lock: whether the calling thread is that of the timers; in virtual time, whether it runs an action. */
    abstract boolean isWorker();

    // ---- time ----

    /** The time since the origin. */
    final long now() {
        return time.nanoTime() - origin;
    }

    /** The time since the origin, or the given one if the clock throws; for those who have something to end. */
    final long nowOr(long other) {
        try {
            return now();
        } catch (Throwable trouble) {
            TimerReports.uncaught(trouble);
            return other;
        }
    }

    /** A moment of the time source, counted from the origin. */
    final long sinceOrigin(long nanoTime) {
        return Moments.between(origin, nanoTime);
    }

    final TimeSource time() {
        return time;
    }

    final boolean isVirtual() {
        return agenda != null;
    }

    /** By the thread of the timers, after a turn that found nothing. */
    final void awaitNext() {
        alarm.await(time, origin);
    }

    // ---- the store, under the lock ----

    final void insert(Timeout timeout) {
        if (agenda != null) {
            agenda.attach();
        }
        store.insert(timeout);
        rings |= alarm.isBeforeWait(timeout.time);
    }

    /** Puts a live series where its next run belongs, unless it is there; or keeps it to do so later. */
    final void place(RepeatingTimeout series) {
        if (series.place != TimedEntry.NOWHERE && series.time == series.nextTime()) {
            return;
        }
        try {
            placeOrThrow(series);
        } catch (OutOfMemoryError noMatter) {
            if (!series.isMisplaced) {
                series.isMisplaced = true;
                series.nextMisplaced = misplaced;
                misplaced = series;
            }
            rings |= alarm.endsWait();
        }
    }

    private void placeOrThrow(RepeatingTimeout series) {
        if (series.place != TimedEntry.NOWHERE) {
            store.remove(series);
        }
        series.time = series.nextTime();
        insert(series);
    }

    /** Places the series that had to wait for memory. */
    final void placeMisplaced() {
        for (RepeatingTimeout series = misplaced; series != null; series = misplaced) {
            if (series.isLive()) {
                placeOrThrow(series);
            }
            misplaced = series.nextMisplaced;
            series.nextMisplaced = null;
            series.isMisplaced = false;
        }
    }

    /** No run of a live timeout will begin any more. */
    final void endLife(Timeout timeout, TimerPhase phase) {
        figures.pending--;
        boolean isUnderWay = timeout instanceof RepeatingTimeout series && series.hasRunUnderWay();
        become(timeout, isUnderWay ? TimerPhase.RUNNING : phase);
    }

    final void become(Timeout timeout, TimerPhase phase) {
        timeout.become(phase);
        Map<Timeout, TimeoutEnd> all = ends;
        if (phase != TimerPhase.RUNNING && all != null) {
            TimeoutEnd end = all.get(timeout);
            if (end != null) {
                forget(all, end);
                end.next = released;
                released = end;
            }
        }
    }

    private void forget(Map<Timeout, TimeoutEnd> all, TimeoutEnd end) {
        all.remove(end.timeout, end);
        if (all.isEmpty()) {
            ends = null;
        }
    }

    /** The thread of the timers is to look again. Whether it was waiting. */
    final boolean endWaitOfWorker() {
        boolean waits = alarm.endsWait();
        rings |= waits;
        return waits;
    }

    /** Gives back the lock, and wakes those who have to know what has changed. */
    final void unlock() {
        if (agenda != null && store.size() == 0 && misplaced == null) {
            agenda.detach();
        }
        if (rings || released != null || closed) {
            unlockAndWake();
        } else {
            lock.unlock();
        }
    }

    private void unlockAndWake() {
        boolean ring = rings;
        TimeoutEnd end = released;
        rings = false;
        released = null;
        lock.unlock();
        if (ring) {
            alarm.ring();
        }
        while (end != null) {
            TimeoutEnd next = end.next;
            end.release();
            end = next;
        }
        ending.signal();
    }

    // ---- waiting for an end ----

    /** What to wait at; null if the timeout is over. */
    final @Nullable TimeoutEnd joinEnd(Timeout timeout) {
        lock.lock();
        try {
            if (timeout.isDone()) {
                return null;
            }
            if (runs.hasOneOfThisThread(timeout) || isWorker()) {
                throw new IllegalStateException(
                        "wait for the end of an action in the thread that runs it; expected another thread");
            }
            Map<Timeout, TimeoutEnd> all = ends == null ? new IdentityHashMap<>() : ends;
            TimeoutEnd end = all.get(timeout);
            if (end == null) {
                end = new TimeoutEnd(timeout);
                all.put(timeout, end);
            }
            ends = all;
            end.waiters++;
            return end;
        } finally {
            unlock();
        }
    }

    final void leaveEnd(TimeoutEnd end) {
        lock.lock();
        try {
            end.waiters--;
            Map<Timeout, TimeoutEnd> all = ends;
            if (end.waiters == 0 && all != null) {
                forget(all, end);
            }
        } finally {
            unlock();
        }
    }

    /** How many timeouts somebody waits for. */
    final int endsWaitedFor() {
        lock.lock();
        try {
            return ends == null ? 0 : ends.size();
        } finally {
            unlock();
        }
    }

    // ---- queries ----

    final long readLong(LongSupplier value) {
        lock.lock();
        try {
            return value.getAsLong();
        } finally {
            unlock();
        }
    }

    final boolean readBoolean(BooleanSupplier value) {
        lock.lock();
        try {
            return value.getAsBoolean();
        } finally {
            unlock();
        }
    }

    final long nanoTimeOf(Timeout timeout) {
        return origin + readLong(() -> timeout instanceof RepeatingTimeout series ? series.nextTime() : timeout.time);
    }

    final int pending() {
        lock.lock();
        try {
            return figures.pending;
        } finally {
            unlock();
        }
    }

    final TimerStats stats() {
        lock.lock();
        try {
            return figures.stats();
        } finally {
            unlock();
        }
    }

    /** In virtual time: when there is something to do. */
    final long firstTime(long limit) {
        lock.lock();
        try {
            placeMisplaced();
            return store.size() == 0 ? Agenda.NEVER : store.firstTime(limit);
        } finally {
            unlock();
        }
    }

    final List<Timeout> queue() {
        Planned[] planned;
        lock.lock();
        try {
            Timeout[] all = store.toArray(new Timeout[store.size()]);
            planned = new Planned[all.length];
            for (int i = 0; i < all.length; i++) {
                planned[i] = new Planned(all[i].time, all[i]);
            }
        } finally {
            unlock();
        }
        Arrays.sort(planned, ORDER);
        return Arrays.stream(planned).map(Planned::timeout).toList();
    }
}
