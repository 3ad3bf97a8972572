// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The processes of commands that are to end with the virtual machine. */
final class LiveCommands {
    /*
     * A process is entered after its start, and taken out by whoever notices its end first. Of those whose end nobody
     * notices, the set is swept when it has doubled since the last time.
     *
     * One hook for all. It looks again after it has ended what it found, as other hooks may still start commands; what
     * is started after its last look outlives the virtual machine.
     */

    private static final int LOOKS = 3;
    private static final int SMALL = 64;

    /** The longest that the end of the virtual machine is delayed by those that are asked to end. */
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(5);

    private static final Map<RootProcess, Duration> LIVE = new ConcurrentHashMap<>();
    private static volatile int sweepAt = SMALL;

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(LiveCommands::endAll, "headway-commands-end"));
        } catch (IllegalStateException ending) {
            // the virtual machine is about to end, so that there can be no hook any more
        }
    }

    private LiveCommands() {}

    static void add(RootProcess root, Duration grace) {
        LIVE.put(root, grace);
        if (LIVE.size() > sweepAt) {
            LIVE.keySet().removeIf(found -> !found.isAlive());
            sweepAt = Math.max(SMALL, 2 * LIVE.size());
        }
    }

    static void remove(RootProcess root) {
        LIVE.remove(root);
    }

    static int size() {
        return LIVE.size();
    }

    private static void endAll() {
        for (int look = 0; look < LOOKS; look++) {
            List<ProcessTree.Target> targets = new ArrayList<>();
            Duration grace = Duration.ZERO;
            for (Map.Entry<RootProcess, Duration> live : LIVE.entrySet()) {
                LIVE.remove(live.getKey());
                if (live.getKey().isAlive()) {
                    targets.add(live.getKey().target());
                    grace = live.getValue().compareTo(grace) > 0 ? live.getValue() : grace;
                }
            }
            if (targets.isEmpty()) {
                return;
            }
            ProcessTree.endAll(targets, grace.compareTo(LONGEST_GRACE) < 0 ? grace : LONGEST_GRACE);
        }
    }
}
