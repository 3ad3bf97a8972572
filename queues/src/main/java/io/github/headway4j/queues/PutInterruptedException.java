// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.List;

/**
 * A thread was interrupted in {@link TaskQueue#putAll} or {@link RingDeque#putAllFirst}, perhaps after some of its
 * elements had been put.
 *
 * @since 0.1
 */
public final class PutInterruptedException extends InterruptedException {

    private static final long serialVersionUID = 1L;

    private final transient List<?> undelivered;

    PutInterruptedException(String message, List<?> undelivered) {
        super(message);
        this.undelivered = undelivered;
    }

    /**
     * What the call was to put and has not put.
     *
     * @return the elements in their order, those after the last that was put. The list cannot be changed and is not
     *     serialized: it is empty in an exception that was
     */
    public List<?> undelivered() {
        return undelivered == null ? List.of() : undelivered;
    }
}
