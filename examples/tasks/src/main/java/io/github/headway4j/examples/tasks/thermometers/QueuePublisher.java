// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import io.github.headway4j.queues.TaskQueue;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is put into a queue, published to one subscriber: it gets as many elements as it asks for, one after the other,
 * and if the queue is bounded, who puts more waits. That is back-pressure all the way from the subscriber to the
 * source.
 *
 * <p><b>End.</b> When the queue is shut down and everything has been delivered, the subscriber is told on its next
 * request that it is complete. When it cancels or asks for less than one element, the queue is shut down, and what was
 * in it is dropped: nobody would take it, so nobody may wait to put more.
 *
 * <p><b>Threads.</b> The executor delivers, in one task until the end. What {@code onNext} throws cancels the
 * subscription, and is thrown to the executor.
 *
 * @param <T> the type of the elements
 */
public final class QueuePublisher<T extends Object> implements Flow.Publisher<T> {
    private final TaskQueue<T> queue;
    private final Executor executor;
    private final AtomicBoolean taken = new AtomicBoolean();

    /**
     * Makes a publisher of a queue.
     *
     * @param queue whence the elements come; nobody else takes from it
     * @param executor where a subscriber is told
     */
    public QueuePublisher(TaskQueue<T> queue, Executor executor) {
        this.queue = Objects.requireNonNull(queue, "queue");
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    /**
     * {@inheritDoc} A second subscriber is told an {@code IllegalStateException}.
     *
     * @param subscriber who gets the elements
     */
    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        if (!taken.compareAndSet(false, true)) {
            subscriber.onSubscribe(new Nothing());
            subscriber.onError(new IllegalStateException("there is a subscriber already"));
            return;
        }
        QueueSubscription<T> subscription = new QueueSubscription<>(queue, subscriber);
        try {
            subscriber.onSubscribe(subscription);
            executor.execute(subscription::deliver);
        } catch (RuntimeException | Error failure) {
            subscription.cancel();
            throw failure;
        }
    }

    /** What a subscriber gets that gets nothing. */
    private static final class Nothing implements Flow.Subscription {
        @Override
        public void request(long n) {
            // There is nothing to request.
        }

        @Override
        public void cancel() {
            // There is nothing to cancel.
        }
    }
}
