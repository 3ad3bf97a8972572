// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** The seam to what JDK 21 added: looked up once. */
final class VirtualThreads {

    /** The release from which on virtual threads need no preview. */
    private static final int FIRST_RELEASE = 21;

    /** {@code Thread.startVirtualThread(Runnable)}, or null on older JDKs. */
    private static final @Nullable MethodHandle START;

    /** {@code Thread.isVirtual()}, or always false on older JDKs; a constant for the compiler. */
    private static final MethodHandle IS_VIRTUAL;

    static {
        MethodHandle start = null;
        MethodHandle isVirtual =
                MethodHandles.dropArguments(MethodHandles.constant(boolean.class, false), 0, Thread.class);
        if (Runtime.version().feature() >= FIRST_RELEASE) {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            try {
                start = lookup.findStatic(
                        Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
                isVirtual = lookup.findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
        START = start;
        IS_VIRTUAL = isVirtual;
    }

    private VirtualThreads() {}

    /** Whether this JDK has virtual threads. */
    static boolean areSupported() {
        return START != null;
    }

    /** Starts a virtual thread. */
    static Thread start(Runnable body) {
        MethodHandle start = START;
        if (start == null) {
            throw new UnsupportedOperationException("virtual threads: not on this JDK");
        }
        try {
            return (Thread) start.invokeExact(body);
        } catch (Throwable e) {
            throw Failures.unchecked(e);
        }
    }

    /** Whether the thread is virtual. */
    static boolean isVirtual(Thread thread) {
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable e) {
            throw Failures.unchecked(e);
        }
    }
}
