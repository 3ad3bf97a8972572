// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

/** Planted bug: tasks of a batch, numbered from 1, of which the next one is claimed in two steps. */
final class TwoStepBatch {

    private final int count;
    private volatile int next;

    TwoStepBatch(int count) {
        this.count = count;
    }

    /** The next task, or 0 if there is none. */
    int poll() {
        int i = next;
        if (i >= count) {
            return 0;
        }
        next = i + 1;
        return i + 1;
    }

    /** All that are left, one digit each; 0 if there are none. */
    int drain() {
        int i = next;
        next = count;
        int digits = 0;
        while (i < count) {
            i++;
            digits = 10 * digits + i;
        }
        return digits;
    }
}
