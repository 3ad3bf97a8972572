// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler;

import io.github.headway4j.scheduler.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What a program did, and when by its clock. Any thread may write and read. */
public final class Diary {
    private static final double NANOS_OF_A_SECOND = 1e9;

    private final TimeSource time;
    private final long start;
    private final Consumer<? super Entry> out;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * Opens a diary. Its time begins now.
     *
     * @param time the clock of the program
     * @param out told of each entry, by who writes it
     */
    public Diary(TimeSource time, Consumer<? super Entry> out) {
        this.time = time;
        this.start = time.nanoTime();
        this.out = out;
    }

    /**
     * Something that was done.
     *
     * @param at the time since the beginning
     * @param what what was done
     */
    public record Entry(Duration at, String what) {
        /** {@return the time in seconds, and what was done} */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%4.1f s  %s", at.toNanos() / NANOS_OF_A_SECOND, what);
        }
    }

    /** {@return the moment of the clock at which the diary was opened} */
    public long start() {
        return start;
    }

    /**
     * Writes what is done now.
     *
     * @param what what is done
     */
    public synchronized void note(String what) {
        Entry entry = new Entry(Duration.ofNanos(time.nanoTime() - start), what);
        entries.add(entry);
        out.accept(entry);
    }

    /** {@return what has been written so far} */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }
}
