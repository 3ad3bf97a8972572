// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/** What virtual time knows of {@link Timers}, as long as there is something to do. */
final class TimerAgenda extends Agenda {

    private final TimerStore timers;
    private final VirtualTime time;

    /** Guarded by the lock of the timers. */
    private boolean attached;

    TimerAgenda(TimerStore timers, VirtualTime time) {
        super(time.nextNumber());
        this.timers = timers;
        this.time = time;
    }

    /** Under the lock: there is something to do from now on. */
    void attach() {
        if (!attached) {
            time.attach(this);
            attached = true;
        }
    }

    /** Under the lock: there is nothing to do. */
    void detach() {
        if (attached) {
            time.detach(this);
            attached = false;
        }
    }

    /**
     * Moves the clock to a moment unless it is there or past it, or the moment is after the limit. What it shows then.
     * Who takes what is due then does so afterwards: if this throws, nothing has been taken.
     */
    long moveTo(long moment, long limit) {
        if (moment <= limit) {
            time.moveTo(moment);
        }
        return time.nanoTime();
    }

    @Override
    long next(long limit) {
        return timers.firstTime(limit);
    }

    @Override
    boolean runFirst(long limit) {
        return timers.runFirst(limit);
    }
}
