// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** The seam to virtual threads, which JDK 21 added: looked up once. */
final class VirtualThreads {

    private static final int FIRST_RELEASE = 21;

    /** {@code Thread.isVirtual()}, or always false on older JDKs; a constant for the compiler. */
    private static final MethodHandle IS_VIRTUAL;

    static {
        MethodHandle isVirtual =
                MethodHandles.dropArguments(MethodHandles.constant(boolean.class, false), 0, Thread.class);
        if (Runtime.version().feature() >= FIRST_RELEASE) {
            try {
                isVirtual = MethodHandles.publicLookup()
                        .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
        IS_VIRTUAL = isVirtual;
    }

    private VirtualThreads() {}

    /** Whether the thread is virtual. */
    static boolean isVirtual(Thread thread) {
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable e) {
            throw Failures.unchecked(e);
        }
    }
}
