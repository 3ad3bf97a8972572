// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import io.github.headway4j.primitives.Guarded;
import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.queues.TaskQueue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** What the one subscriber of a queue has asked for, and the loop that gives it. */
final class QueueSubscription<T extends Object> implements Flow.Subscription {
    private final TaskQueue<T> queue;
    private final Flow.Subscriber<? super T> subscriber;
    private final Guarded<Demand> demand = Guarded.of(new Demand());

    QueueSubscription(TaskQueue<T> queue, Flow.Subscriber<? super T> subscriber) {
        this.queue = queue;
        this.subscriber = subscriber;
    }

    private static final class Demand {
        long wanted;
        boolean cancelled;

        /** Not null when something was asked for that nobody can give. */
        @Nullable
        IllegalArgumentException refused;

        boolean isOver() {
            return cancelled || refused != null;
        }

        void add(long more) {
            wanted = wanted + more < 0 ? Long.MAX_VALUE : wanted + more;
        }

        /** {@return whether there is one more to deliver} */
        boolean takeOne() {
            if (isOver()) {
                return false;
            }
            wanted -= wanted == Long.MAX_VALUE ? 0 : 1;
            return true;
        }
    }

    @Override
    public void request(long n) {
        if (n > 0) {
            demand.use(state -> state.add(n));
        } else {
            demand.use(
                    state -> state.refused = new IllegalArgumentException("requested: " + n + "; expected at least 1"));
            queue.shutdownNow();
        }
    }

    @Override
    public void cancel() {
        demand.use(state -> state.cancelled = true);
        queue.shutdownNow();
    }

    /** Delivers until the end, whatever it is. */
    void deliver() {
        try {
            for (T next = nextIfWanted(); next != null; next = nextIfWanted()) {
                hand(next);
            }
            tellTheEnd();
        } catch (InterruptedException interrupted) {
            boolean cancelled = demand.with(state -> state.cancelled);
            cancel();
            if (!cancelled) {
                subscriber.onError(interrupted);
            }
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until an element is wanted, then until there is one; null at the end. */
    private @Nullable T nextIfWanted() throws InterruptedException {
        if (!demand.awaitThen(state -> state.wanted > 0 || state.isOver(), Demand::takeOne)) {
            return null;
        }
        try {
            return queue.take();
        } catch (QueueShutdownException end) {
            return null;
        }
    }

    private void hand(T element) {
        boolean done = false;
        try {
            if (!demand.with(Demand::isOver)) {
                subscriber.onNext(element);
            }
            done = true;
        } finally {
            queue.taskDone();
            if (!done) {
                cancel();
            }
        }
    }

    private void tellTheEnd() {
        IllegalArgumentException refused = demand.with(state -> state.cancelled ? null : state.refused);
        if (refused != null) {
            cancel();
            subscriber.onError(refused);
        } else if (!demand.with(state -> state.cancelled)) {
            cancel();
            subscriber.onComplete();
        }
    }
}
