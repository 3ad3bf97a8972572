// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Tells the handler of a {@link WorkerPool} what would be lost otherwise. Whatever it throws, these methods return. */
final class PoolReports {

    private final @Nullable BiConsumer<? super Runnable, ? super Throwable> handler;

    PoolReports(PoolOptions options) {
        handler = options.onFailure;
    }

    void failed(Runnable task, Throwable failure) {
        BiConsumer<? super Runnable, ? super Throwable> to = handler;
        if (to == null) {
            uncaught(failure);
            return;
        }
        try {
            to.accept(task, failure);
        } catch (Throwable second) {
            try {
                if (second != failure) {
                    second.addSuppressed(failure);
                }
            } catch (OutOfMemoryError e) {
                uncaught(failure);
            }
            uncaught(second);
        }
    }

    /** The last resort. What even this handler throws is lost, as it is where the virtual machine calls it. */
    static void uncaught(Throwable failure) {
        try {
            Thread thread = Thread.currentThread();
            Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
            if (handler != null) {
                handler.uncaughtException(thread, failure);
            }
        } catch (Throwable lost) {
            return;
        }
    }
}
