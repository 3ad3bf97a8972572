// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

/** A watcher's dealings with the word by which processes ask to go first. */
final class LockCourtesy {

    /** A watcher asks when its wait has lasted so long. */
    private static final long ASKS_AFTER = 10_000_000L;

    /** One that asks is let go first for so long. */
    private static final long LETS_GO_FIRST = 10_000_000L;

    private final LockWords words;
    private final long own;
    private long other;
    private long since;

    LockCourtesy(LockWords words, long own) {
        this.words = words;
        this.own = own;
    }

    /** Asks, after so long a wait; or ends the precedence of one that asked and does not come. */
    void look(long waited) {
        long asking = words.asking();
        if (asking == ProcessIdentity.NONE) {
            if (waited >= ASKS_AFTER) {
                words.casAsking(ProcessIdentity.NONE, own);
            }
        } else if (asking != own) {
            if (asking != other || words.holder() != ProcessIdentity.NONE) {
                other = asking;
                since = waited;
            } else if (waited - since >= LETS_GO_FIRST) {
                words.casAsking(asking, ProcessIdentity.NONE);
            }
        }
    }
}
