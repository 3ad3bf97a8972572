// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** A process and all its descendants. */
final class ProcessTree {

    /** The variable by which the members of a tree are found. */
    static final String VARIABLE = "HEADWAY_TREE";

    private ProcessTree() {}

    /** A tree for a process that is to be started. */
    static ProcessTree create() {
        throw new UnsupportedOperationException();
    }

    /** Puts the mark of this tree, and those of the trees that it is in, into the environment of its root to be. */
    void mark(Map<String, String> environment) {
        throw new UnsupportedOperationException();
    }

    /** All members that are alive, the root first if it is. */
    List<ProcessHandle> members(ProcessHandle root) {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks all members to end, kills those that are left after the grace, and returns when none is left, after a
     * limited time in any case. An interrupt means no grace, and stays pending.
     *
     * @param root may have ended
     * @param sent gets each signal before it is sent to the root
     */
    void end(Process root, Duration grace, IntConsumer sent) {
        throw new UnsupportedOperationException();
    }

    /** As {@link #end(Process, Duration, IntConsumer)}, without telling of signals. */
    void end(Process root, Duration grace) {
        end(root, grace, signal -> {});
    }
}
