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
    private @Nullable ArrayList<RemoteTask> tasks;
    private @Nullable ArrayList<RemoteOutcome> outcomes;

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

    /** Makes room for so many tasks more: if there is no memory for it, nothing has happened to them yet. */
    void makeRoom(int count) {
        ArrayList<RemoteTask> all = tasks;
        ArrayList<RemoteOutcome> ends = outcomes;
        if (all == null || ends == null) {
            all = new ArrayList<>(count);
            ends = new ArrayList<>(count);
            tasks = all;
            outcomes = ends;
            delivery.expectSome();
        } else {
            all.ensureCapacity(all.size() + count);
            ends.ensureCapacity(ends.size() + count);
        }
    }

    /** The task, which is DONE from now on, has ended so. */
    void settle(RemoteTask task, RemoteOutcome outcome) {
        ArrayList<RemoteTask> all = tasks;
        ArrayList<RemoteOutcome> ends = outcomes;
        if (all == null || ends == null) {
            makeRoom(1);
            settle(task, outcome);
            return;
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
                try {
                    action.run();
                } catch (Throwable failure) { // what is left to do is somebody else's
                    Uncaught.report(failure);
                }
            }
        }
        List<RemoteTask> ended = tasks;
        List<RemoteOutcome> ends = outcomes;
        if (ended != null && ends != null) {
            for (int i = 0; i < ends.size(); i++) {
                try {
                    ended.get(i).settled(ends.get(i));
                } catch (Throwable failure) { // what is left is somebody else's
                    Uncaught.report(failure);
                }
            }
            delivery.haveSome();
        }
    }
}
