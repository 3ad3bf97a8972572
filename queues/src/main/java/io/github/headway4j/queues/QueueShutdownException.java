// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.List;

/**
 * The queue has been shut down: nothing can be put any more or, for methods that take, nothing is left.
 *
 * @since 0.1
 */
public final class QueueShutdownException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient List<?> undelivered;

    /**
     * For queues of this module and for those between processes.
     *
     * @param message what was tried
     * @param undelivered what was to be put and has not been, empty for methods that take
     */
    public QueueShutdownException(String message, List<?> undelivered) {
        super(message);
        this.undelivered = undelivered;
    }

    /**
     * What the call that failed was to put and has not put.
     *
     * @return the elements in their order: for {@code putAll} and {@code addAll} those after the last that was put;
     *     empty for methods that take. The list cannot be changed and is not serialized: it is empty in an exception
     *     that was
     */
    public List<?> undelivered() {
        return undelivered == null ? List.of() : undelivered;
    }
}
