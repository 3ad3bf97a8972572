// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.scheduler;

/** Planted bug: an event of which one looks whether it is pending, and then says that it is over. */
final class CheckThenActEvent {

    private volatile boolean over;

    /** 1 for the one who ends it by running it or by cancelling it, 0 for others. */
    int end() {
        if (over) {
            return 0;
        }
        over = true;
        return 1;
    }
}
