// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/** What a {@link BucketQueue} keeps, and knows again by the place that it writes here. */
abstract class TimedEntry {

    /** Not in a queue. */
    static final int NOWHERE = 0;

    /** In nanoseconds since a moment that all entries of one queue share. Does not change while in a queue. */
    long time;

    /** Among equal times the smallest comes first. */
    final int priority;

    /** Belongs to the queue and is guarded with it: the number of a node, negative for an early one, or NOWHERE. */
    int place;

    TimedEntry(long time, int priority) {
        this.time = time;
        this.priority = priority;
    }

    /** The order of two entries, but for that of their insertion. */
    static int compare(TimedEntry a, TimedEntry b) {
        int order = Long.compare(a.time, b.time);
        return order == 0 ? Integer.compare(a.priority, b.priority) : order;
    }
}
