// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.testing.Await;
import java.lang.ref.WeakReference;

/** Whether an object can still be reached. */
final class Retention {

    private Retention() {}

    static void awaitCleared(WeakReference<?> reference) {
        Await.until("an element that left to be collected", () -> {
            System.gc();
            return reference.get() == null;
        });
    }
}
