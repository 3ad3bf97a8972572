// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * The store of events under {@link EventScheduler}, without the lock, the clock and the actions around it. Here, in the
 * package of the store, because the module shows it to nobody; the benchmarks run on the class path, where packages may
 * be divided.
 */
public final class BareStore {
    private final BucketQueue<Entry> store = new BucketQueue<>();

    /** Puts in a new entry. */
    public void insert(long time) {
        store.insert(new Entry(time));
    }

    /** Removes the first entry unless it is after the limit; null if it is, or if there is none. */
    public @Nullable Entry pollFirst(long limit) {
        return store.pollFirst(limit);
    }

    /** Puts an entry in again that is not there, for another time. */
    public void insertAgain(Entry entry, long time) {
        entry.time = time;
        store.insert(entry);
    }

    /** A moment. */
    public static final class Entry extends TimedEntry {
        Entry(long time) {
            super(time, 0);
        }

        public long time() {
            return time;
        }
    }
}
