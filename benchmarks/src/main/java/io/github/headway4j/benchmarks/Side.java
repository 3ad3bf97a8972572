// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import org.openjdk.jmh.infra.Control;

/** What one thread of a benchmark does between others who put and others who take, and how it ends. */
final class Side {
    /*
     * The end. JMH stops a thread between two calls, so a thread that waits for another one which has been stopped would
     * wait for ever. But threads that have seen the end go on calling until all have seen it; from then on they neither
     * wait nor count, and put or take one element at a time. Those who still wait are on one side only, since a queue is
     * not full and empty at once, and the other side, which does not wait, lets them go.
     */

    private final Channel channel;
    private final boolean puts;
    private final Backlog backlog;
    private final boolean bounded;
    private final int thread;
    private int untold;

    Side(Channel channel, boolean puts, Backlog backlog, boolean bounded, int thread) {
        this.channel = channel;
        this.puts = puts;
        this.backlog = backlog;
        this.bounded = bounded;
        this.thread = thread;
    }

    boolean puts() {
        return puts;
    }

    /** Whether the end has come; then this call has done what is left to do. */
    boolean hasEnded(Control control, Object element) {
        if (!control.stopMeasurement) {
            return false;
        }
        if (puts) {
            if (channel.offer(element)) {
                tell(1, control);
            }
        } else if (channel.poll() != null) {
            tell(1, control);
        }
        Thread.yield();
        return true;
    }

    /** After elements have been put or taken: where there is no bound, waits until the backlog is short enough. */
    void tell(int elements, Control control) {
        if (bounded) {
            return;
        }
        untold += elements;
        if (untold >= Backlog.STEP) {
            backlog.add(thread, puts ? untold : -untold);
            untold = 0;
            while (puts && backlog.isTooLong() && !control.stopMeasurement) {
                Thread.yield();
            }
        }
    }
}
