// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a thread has to do once it has left the pool's lock: system calls, and whatever runs code of others. Filled
 * under the lock, for one thread.
 */
final class Afterwards {

    private final Delivery delivery;
    private @Nullable List<Runnable> actions;
    private @Nullable List<RemoteTask> tasks;
    private @Nullable List<RemoteOutcome> outcomes;

    Afterwards(Delivery delivery) {
        this.delivery = delivery;
    }

    void add(Runnable action) {
        List<Runnable> all = actions;
        if (all == null) {
            all = new ArrayList<>();
            actions = all;
        }
        all.add(action);
    }

    /** The task, which is DONE from now on, has ended so. */
    void settle(RemoteTask task, RemoteOutcome outcome) {
        List<RemoteTask> all = tasks;
        List<RemoteOutcome> ends = outcomes;
        if (all == null || ends == null) {
            all = new ArrayList<>();
            tasks = all;
            ends = new ArrayList<>();
            outcomes = ends;
            delivery.expectSome();
        }
        task.place = RemoteTask.DONE;
        task.worker = null;
        task.payload = NONE;
        all.add(task);
        ends.add(outcome);
    }

    private static final byte[] NONE = {};

    /** Without the lock; also after a step that has thrown something, for what it had done until then. */
    void run() {
        List<Runnable> all = actions;
        if (all != null) {
            for (Runnable action : all) {
                runSafely(action);
            }
        }
        List<RemoteTask> ended = tasks;
        List<RemoteOutcome> ends = outcomes;
        if (ended != null && ends != null) {
            for (int i = 0; i < ends.size(); i++) {
                RemoteTask task = ended.get(i);
                RemoteOutcome outcome = ends.get(i);
                runSafely(() -> task.settled(outcome));
            }
            delivery.haveSome();
        }
    }

    private static void runSafely(Runnable action) {
        try {
            action.run();
        } catch (Throwable failure) { // what is left to do is somebody else's
            Uncaught.report(failure);
        }
    }
}
