// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An action that an {@link EventScheduler} is to run, to be remembered by whoever may want to
 * {@linkplain EventScheduler#cancel cancel} it. Once the action runs or has been cancelled, the event does not hold it
 * any more.
 *
 * <p>Two events are equal only if they are the same object.
 *
 * @since 0.1
 */
public final class ScheduledEvent extends TimedEntry {

    final EventScheduler scheduler;

    /** Guarded by the scheduler's lock; null once it runs or has been cancelled. */
    @Nullable
    Runnable action;

    ScheduledEvent(EventScheduler scheduler, long time, int priority, Runnable action) {
        super(time, priority);
        this.scheduler = scheduler;
        this.action = Objects.requireNonNull(action, "action");
    }

    /**
     * The moment for which the event is planned.
     *
     * @return the moment, in terms of {@link TimeSource#nanoTime()} of the scheduler's time source
     */
    public long nanoTime() {
        return scheduler.nanoTimeOf(this);
    }

    /**
     * Which of several events at the same moment comes first.
     *
     * @return the priority; the smallest comes first
     */
    public int priority() {
        return priority;
    }

    /**
     * Whether the action has neither begun nor been cancelled.
     *
     * @return true at some moment during the call
     */
    public boolean isPending() {
        return scheduler.isPending(this);
    }

    /** Moment, priority and whether it is pending, in one line. */
    @Override
    public String toString() {
        return "ScheduledEvent[at " + nanoTime() + ", priority " + priority + (isPending() ? ", pending]" : ", over]");
    }
}
