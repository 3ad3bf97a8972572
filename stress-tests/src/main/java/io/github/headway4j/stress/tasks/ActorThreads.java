// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A factory of threads that run nothing by themselves: what such a thread was to run when it was started, an actor
 * runs. So a race against a subtask or a worker needs no third thread, and comes a hundred times as often.
 */
final class ActorThreads implements ThreadFactory {

    private static final int MOST = 2;

    private final AtomicInteger started = new AtomicInteger();
    private final AtomicReferenceArray<@Nullable Runnable> bodies = new AtomicReferenceArray<>(MOST);

    @Override
    public Thread newThread(Runnable body) {
        return new Thread(body) {
            @Override
            public synchronized void start() {
                bodies.set(started.getAndIncrement(), body);
            }
        };
    }

    /** Runs what the thread with this number was started for; waits until it is. */
    void run(int number) {
        Runnable body;
        while ((body = bodies.get(number)) == null) {
            Thread.onSpinWait();
        }
        body.run();
    }

    /** Runs what the thread with this number was started for, if it was. Whether it was. */
    boolean runIfStarted(int number) {
        Runnable body = bodies.get(number);
        if (body != null) {
            body.run();
        }
        return body != null;
    }
}
