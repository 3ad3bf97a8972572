// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import org.jspecify.annotations.Nullable;

/** What the queue benchmarks pass elements through. */
interface Channel {
    /** Waits for room. */
    void put(Object element) throws InterruptedException;

    /** Waits for an element. */
    Object take() throws InterruptedException;

    /** Puts the element if that needs no waiting. */
    boolean offer(Object element);

    /** Takes an element if that needs no waiting, or returns null. */
    @Nullable
    Object poll();
}
