// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.primitives.Parker;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen when a queue is made, beyond order and capacity. Immutable: each method returns a changed copy,
 * and one object may serve for several queues.
 *
 * <pre>{@code
 * var queue = FifoTaskQueue.bounded(100, QueueOptions.<Image>defaults()
 *         .overflow(OverflowPolicy.DROP_OLDEST)
 *         .onUndelivered(Image::release));
 * }</pre>
 *
 * @param <E> the type of the elements
 * @since 0.1
 */
public final class QueueOptions<E extends Object> {

    private static final QueueOptions<Object> DEFAULTS =
            new QueueOptions<>(OverflowPolicy.BLOCK, null, Parker.system());

    private final OverflowPolicy overflow;
    private final @Nullable Consumer<? super E> onUndelivered;
    private final Parker parker;

    private QueueOptions(OverflowPolicy overflow, @Nullable Consumer<? super E> onUndelivered, Parker parker) {
        this.overflow = overflow;
        this.onUndelivered = onUndelivered;
        this.parker = parker;
    }

    /**
     * Puts wait for room, nobody is told of dropped elements, and threads sleep in the system's way.
     *
     * @param <E> the type of the elements
     * @return the defaults
     */
    @SuppressWarnings("unchecked") // no element goes in or out
    public static <E extends Object> QueueOptions<E> defaults() {
        return (QueueOptions<E>) DEFAULTS;
    }

    /**
     * Chooses what happens when there is no room. Without effect on a queue that grows.
     *
     * @param policy what to do
     * @return these options but for the policy
     */
    public QueueOptions<E> overflow(OverflowPolicy policy) {
        return new QueueOptions<>(Objects.requireNonNull(policy, "policy"), onUndelivered, parker);
    }

    /**
     * Chooses who gets the elements that the queue has accepted and can neither deliver nor hand back: those dropped by
     * an {@link OverflowPolicy}, and those that the collection of a {@code drainTo} refuses. It is called once for each
     * such element, by the thread whose call dropped it, outside all locks, after the rest of that call's work: what is
     * to be put has been put. What it throws reaches that thread's caller, after it has been called for each element.
     *
     * <p>It is not told of elements that somebody takes out on purpose: by {@code remove}, {@code removeIf} and the
     * like, {@code clear}, an iterator, {@link RingDeque#set}, or {@code shutdownNow}, which returns them. Nor of those
     * that an exception hands back.
     *
     * @param handler what to do with such an element
     * @return these options but for the handler
     */
    public QueueOptions<E> onUndelivered(Consumer<? super E> handler) {
        return new QueueOptions<>(overflow, Objects.requireNonNull(handler, "handler"), parker);
    }

    /**
     * Chooses how waiting threads sleep.
     *
     * @param parker how threads sleep
     * @return these options but for the parker
     */
    public QueueOptions<E> parker(Parker parker) {
        return new QueueOptions<>(overflow, onUndelivered, Objects.requireNonNull(parker, "parker"));
    }

    OverflowPolicy overflow() {
        return overflow;
    }

    @Nullable
    Consumer<? super E> onUndelivered() {
        return onUndelivered;
    }

    Parker parker() {
        return parker;
    }
}
