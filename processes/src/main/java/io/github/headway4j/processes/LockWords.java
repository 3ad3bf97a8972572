// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

/** The words of a {@link SharedLock} that all processes see. Tests have them in memory of their own. */
abstract class LockWords {

    /** Keeps the words where they are until {@link #end}; throws IllegalStateException if they are gone. */
    void begin() {
        // memory of a test stays
    }

    /** Ends what {@link #begin} began. */
    void end() {
        // memory of a test stays
    }

    /** The identity of the process that holds the lock, or NONE. */
    abstract long holder();

    /** Replaces the holder if it is the expected one. Volatile. */
    abstract boolean casHolder(long expected, long next);

    /** Writes NONE, volatile, into the word of the calling process. */
    abstract void clearHolder();

    /** The identity of a process that asks the others to let it go first, or NONE. A hint. */
    abstract long asking();

    /** Replaces the process that asks if it is the expected one. */
    abstract boolean casAsking(long expected, long next);

    /** Where the words are, for people. */
    abstract String place();
}
