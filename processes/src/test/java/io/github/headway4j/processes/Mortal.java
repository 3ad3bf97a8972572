// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * The processes of a test that has but one: each has an identity, writes to shared memory a given number of times, and
 * is killed before the next write. What a killed process does not do any more is all that its killing does to memory.
 */
final class Mortal {

    private final Set<Long> dead = new HashSet<>();
    private int steps;

    /** Whether a process lives. */
    LongPredicate alive() {
        return identity -> !dead.contains(identity);
    }

    /** From now on the process counts as dead. */
    void kill(long identity) {
        dead.add(identity);
    }

    /** To be called by a mortal process before each write. */
    void step() {
        if (steps-- == 0) {
            throw new Killed();
        }
    }

    /** Lets the process do something until it has written so many times. True if it got through before. */
    boolean lives(int writes, Runnable action) {
        steps = writes;
        try {
            action.run();
            return true;
        } catch (Killed end) {
            return false;
        }
    }

    /** Thrown where a process is killed. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
