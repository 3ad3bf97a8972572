// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.util.function.Function;

/** What a stop is given: the sizes to use and a place to show how far it is. */
public final class StopContext {
    private final boolean fast;
    private final Function<String, Progress> bars;
    private Progress open = Progress.SILENT;
    private boolean closed;

    /**
     * Makes a context.
     *
     * @param fast whether small sizes are wanted
     * @param bars makes a progress bar with a label
     */
    StopContext(boolean fast, Function<String, Progress> bars) {
        this.fast = fast;
        this.bars = bars;
    }

    /** {@return whether small sizes are wanted} */
    public boolean isFast() {
        return fast;
    }

    /**
     * Chooses between the two sizes of a stop.
     *
     * @param full the size of the whole tour
     * @param small the size of the fast tour
     * @return the one that is wanted
     */
    public int size(int full, int small) {
        return fast ? small : full;
    }

    /**
     * Shows a progress bar until it is closed. Only one is shown at a time: a new one takes the place of the last.
     *
     * @param label a few words that say what is being done
     * @return the bar, which takes percentages
     */
    public synchronized Progress progress(String label) {
        open.close();
        open = closed ? Progress.SILENT : bars.apply(label);
        return open;
    }

    /** Takes the last bar away, if the stop left it, and shows no other. */
    synchronized void close() {
        closed = true;
        open.close();
    }
}
