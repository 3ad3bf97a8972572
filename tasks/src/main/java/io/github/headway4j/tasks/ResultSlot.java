// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import org.jspecify.annotations.Nullable;

/** The place of one item and its result in the list of a {@link Mapping}. */
final class ResultSlot {

    /** In place of a result that is not there yet. */
    private static final Object PENDING = new Object();

    /** How many items were taken before. */
    final long index;

    /** Of the worker that has taken it; null from then on. */
    @Nullable
    Object item;

    /** Written once by the worker; made null by the owner when it is delivered. */
    volatile @Nullable Object result = PENDING;

    /** Written once, by whoever appends the next one. */
    volatile @Nullable ResultSlot next;

    ResultSlot(long index, @Nullable Object item) {
        this.index = index;
        this.item = item;
    }

    boolean isDone() {
        return result != PENDING;
    }
}
