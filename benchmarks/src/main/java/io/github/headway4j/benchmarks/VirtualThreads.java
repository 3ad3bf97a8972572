// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Virtual threads, where the JDK has them. */
final class VirtualThreads {
    /** The first JDK that has them. */
    static final int SINCE = 21;

    private static final @Nullable MethodHandle START = lookup();

    private VirtualThreads() {}

    static boolean available() {
        return START != null;
    }

    static void start(Runnable task) {
        MethodHandle start = START;
        if (start == null) {
            throw new UnsupportedOperationException("this JDK has no virtual threads");
        }
        try {
            Thread started = (Thread) start.invokeExact(task);
            assert started.isDaemon();
        } catch (Throwable e) {
            throw new IllegalStateException("a virtual thread can be started on this JDK", e);
        }
    }

    private static @Nullable MethodHandle lookup() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException olderThan21) {
            return null;
        }
    }
}
