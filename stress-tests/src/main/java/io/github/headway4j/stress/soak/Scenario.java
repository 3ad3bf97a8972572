// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.util.List;
import java.util.SplittableRandom;

/** Something that many threads do at once, and whose books can be checked when nobody does it. */
interface Scenario {

    /** What it is about, in a word or two. */
    String name();

    /**
     * One random operation. Called by any number of threads at once. Leaves nothing held, however it ends.
     *
     * @param random the calling thread's own
     * @throws InterruptedException if the thread was interrupted, which leaves no trace
     */
    void step(SplittableRandom random) throws InterruptedException;

    /** Threads that wait for each other meanwhile; none unless a scenario says otherwise. */
    default List<Ring> rings() {
        return List.of();
    }

    /** Checks the books, when no step is under way. Throws {@link AssertionError} if they do not balance. */
    void check();

    /** Fails unless the two are equal. */
    static void expect(String what, long expected, long actual) {
        if (expected != actual) {
            throw new AssertionError(what + ": expected " + expected + ", found " + actual);
        }
    }
}
