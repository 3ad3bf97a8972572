// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.actors;

/**
 * How long an actor has been looking at something again and again. Time in which the process was stopped is left out.
 */
public final class Patience {

    /** Two looks are not further apart unless somebody else has the processor. */
    private static final long LONGEST_STEP = 1_000_000;

    private final long nanos;
    private long last = System.nanoTime();
    private long looked;

    /** Begins. */
    public Patience(long nanos) {
        this.nanos = nanos;
    }

    /** To be called at each look: whether it has been enough. */
    public boolean isOver() {
        long now = System.nanoTime();
        looked += Math.min(now - last, LONGEST_STEP);
        last = now;
        return looked > nanos;
    }
}
