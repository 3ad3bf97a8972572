// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.testing.Await;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Whether an object can still be reached. */
final class Retention {

    private Retention() {}

    static void awaitCleared(WeakReference<?> reference) {
        Await.until("an element that left to be collected", () -> {
            System.gc();
            return reference.get() == null;
        });
    }

    /** Waits until all are cleared, and names the ones that are not. */
    static <T> void awaitCleared(Map<String, List<WeakReference<T>>> references) {
        List<String> held = new ArrayList<>();
        try {
            Await.until("elements that left to be collected", () -> {
                System.gc();
                held.clear();
                references.forEach((name, some) -> some.stream()
                        .filter(reference -> reference.get() != null)
                        .forEach(reference -> held.add(name)));
                return held.isEmpty();
            });
        } catch (AssertionError e) {
            throw new AssertionError("still held: " + new TreeSet<>(held), e);
        }
    }
}
