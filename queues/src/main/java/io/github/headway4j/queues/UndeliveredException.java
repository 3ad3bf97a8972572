// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.List;

/**
 * Elements that a {@code drainTo} had taken when its collection refused one: the refused one and those behind it.
 * Suppressed by what the collection threw, unless a handler of the {@link QueueOptions} has got them.
 *
 * @since 0.1
 */
public final class UndeliveredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<?> undelivered;

    UndeliveredException(List<?> undelivered) {
        super(undelivered.size() + " elements were taken and not delivered");
        this.undelivered = undelivered;
    }

    /**
     * The elements.
     *
     * @return those that are in neither the queue nor the collection, in their order
     */
    public List<?> undelivered() {
        return undelivered == null ? List.of() : undelivered;
    }
}
