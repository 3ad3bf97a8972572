// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import org.jspecify.annotations.Nullable;

/**
 * What one actor makes and the other needs.
 *
 * @param <T> its type
 */
final class Shown<T> {

    private volatile @Nullable T thing;

    /** By the actor that has made it. */
    void show(T made) {
        thing = made;
    }

    /** Waits until the other actor has made it. */
    T await() {
        T found;
        while ((found = thing) == null) {
            Thread.onSpinWait();
        }
        return found;
    }
}
