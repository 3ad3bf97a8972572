// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.processes;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Objects in shared memory that are lent to one state after the other: to make one takes a hundred times as long as the
 * race does. The arbiter brings it back as it was at first.
 *
 * @param <T> the type of the objects
 */
final class Lent<T> {

    private final Queue<T> free = new ConcurrentLinkedQueue<>();
    private final Callable<T> creation;

    Lent(Callable<T> creation) {
        this.creation = creation;
    }

    T take() {
        T object = free.poll();
        try {
            return object != null ? object : creation.call();
        } catch (Exception e) {
            throw new IllegalStateException("expected room in shared memory", e);
        }
    }

    void bringBack(T object) {
        free.add(object);
    }
}
