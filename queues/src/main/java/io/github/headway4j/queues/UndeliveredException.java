// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.List;

/**
 * Elements that a call had in hand when user code threw: those that the collection of a {@code drainTo} refused and
 * those behind them, unless a handler of the {@link QueueOptions} has got them; and, when a comparator or key function
 * threw, those that a {@code putAll} has not put. Suppressed by what the user code threw, which loses them if it is an
 * exception without suppression, and gathers those of several calls if it is one object that is thrown again and again.
 *
 * @since 0.1
 */
public final class UndeliveredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<?> undelivered;

    UndeliveredException(List<?> undelivered) {
        super(undelivered.size() + " elements are in neither the queue nor other hands");
        this.undelivered = undelivered;
    }

    /**
     * The elements.
     *
     * @return those that are in neither the queue nor other hands, in their order. The list cannot be changed and is
     *     not serialized: it is empty in an exception that was
     */
    public List<?> undelivered() {
        return undelivered == null ? List.of() : undelivered;
    }
}
