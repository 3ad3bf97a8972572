// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/**
 * What becomes of a run that is due while another one of the same series has not ended, and that another thread could
 * begin. Where one thread looks for what is due and makes the runs too, nobody can begin it in time; that is another
 * matter, see {@link MissedRuns}. Immutable.
 *
 * @since 0.1
 */
public final class Overlap {

    /** It does not take place, and is counted as skipped. The default. */
    public static final Overlap SKIP = new Overlap(1, false);

    /** It begins when the other one has ended. As many wait as have become due. */
    public static final Overlap QUEUE = new Overlap(1, true);

    private final int most;
    private final boolean queues;

    private Overlap(int most, boolean queues) {
        this.most = most;
        this.queues = queues;
    }

    /**
     * It takes place at the same time, on another thread; it is skipped while so many are under way.
     *
     * @param most the number of runs that may be under way at the same time
     * @return the choice
     * @throws IllegalArgumentException if it is not positive
     */
    public static Overlap parallel(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("parallel(" + most + "): expected at least 1, for example parallel(2)");
        }
        return new Overlap(most, false);
    }

    /** How many runs may be under way at the same time. */
    int most() {
        return most;
    }

    /** Whether those that may not begin wait; else they are skipped. */
    boolean queues() {
        return queues;
    }

    /** As it was made. */
    @Override
    public String toString() {
        return queues ? "QUEUE" : most == 1 ? "SKIP" : "parallel(" + most + ")";
    }
}
