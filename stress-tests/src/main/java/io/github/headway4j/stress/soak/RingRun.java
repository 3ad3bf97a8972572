// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/** One round of a ring: its threads, and how far they are. */
final class RingRun {

    private final Ring ring;

    /** Per party: turns that have ended. */
    private final AtomicLongArray turns;

    private volatile boolean stopping;

    /** The number of the last turn: the first party says so before that turn, hence before the others have ended it. */
    private volatile long last = Long.MAX_VALUE;

    RingRun(Ring ring) {
        this.ring = ring;
        this.turns = new AtomicLongArray(ring.parties());
    }

    /** Takes turns until the first party has said which is the last. */
    void work(int who, SplittableRandom random) throws InterruptedException {
        for (long turn = 1; turn <= last; turn++) {
            if (who == 0 && stopping) {
                last = turn;
            }
            ring.turn(who, random);
            turns.incrementAndGet(who);
        }
    }

    /** Lets all parties end after the same turn. */
    void stop() {
        stopping = true;
    }

    String name() {
        return ring.name();
    }

    int parties() {
        return ring.parties();
    }

    /** The turns of all parties. */
    long turns() {
        long sum = 0;
        for (int i = 0; i < turns.length(); i++) {
            sum += turns.get(i);
        }
        return sum;
    }

    /** Fails unless all have taken the same number of turns, one at least. */
    void check() {
        for (int i = 0; i < turns.length(); i++) {
            Scenario.expect(name() + ", turns of party " + i, turns.get(0), turns.get(i));
        }
        if (turns.get(0) == 0) {
            throw new AssertionError(name() + ": no turn at all");
        }
    }
}
