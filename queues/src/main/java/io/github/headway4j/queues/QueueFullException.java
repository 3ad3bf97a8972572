// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.List;

/**
 * There is no room in the queue, and the method or the queue's {@link OverflowPolicy} does not wait for it.
 *
 * @since 0.1
 */
public final class QueueFullException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient List<?> undelivered;

    QueueFullException(String message, List<?> undelivered) {
        super(message);
        this.undelivered = undelivered;
    }

    /**
     * What the call that failed was to put and has not put.
     *
     * @return the elements in their order: for {@code putAll} and {@code addAll} those after the last that was put. The
     *     list cannot be changed and is not serialized: it is empty in an exception that was
     */
    public List<?> undelivered() {
        return undelivered == null ? List.of() : undelivered;
    }
}
