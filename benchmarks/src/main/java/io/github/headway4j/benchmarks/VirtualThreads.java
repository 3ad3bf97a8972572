// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Virtual threads, where the JDK has them. */
final class VirtualThreads {
    /** The first JDK that has them. */
    static final int SINCE = 21;

    private static final @Nullable MethodHandle START =
            lookup(Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
    private static final @Nullable MethodHandle NEW_EXECUTOR =
            lookup(Executors.class, "newVirtualThreadPerTaskExecutor", MethodType.methodType(ExecutorService.class));

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

    /** An executor that starts one for each task. */
    static ExecutorService newExecutor() {
        MethodHandle newExecutor = NEW_EXECUTOR;
        if (newExecutor == null) {
            throw new UnsupportedOperationException("this JDK has no virtual threads");
        }
        try {
            return (ExecutorService) newExecutor.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("an executor of virtual threads can be made on this JDK", e);
        }
    }

    private static @Nullable MethodHandle lookup(Class<?> owner, String name, MethodType type) {
        try {
            return MethodHandles.publicLookup().findStatic(owner, name, type);
        } catch (ReflectiveOperationException olderThan21) {
            return null;
        }
    }
}
