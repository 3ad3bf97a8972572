// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** The seam to what JDK 21 added: looked up once, constant false on older JDKs. */
final class VirtualThreads {

    /** {@code Thread.isVirtual()}; a constant for the compiler, so that asking costs a class check. */
    private static final MethodHandle IS_VIRTUAL = lookup();

    private VirtualThreads() {}

    /** Whether the thread is virtual. */
    static boolean isVirtual(Thread thread) {
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable e) {
            throw new AssertionError("Thread.isVirtual() does not throw", e);
        }
    }

    private static MethodHandle lookup() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (NoSuchMethodException | IllegalAccessException olderThan21) {
            return MethodHandles.dropArguments(MethodHandles.constant(boolean.class, false), 0, Thread.class);
        }
    }
}
