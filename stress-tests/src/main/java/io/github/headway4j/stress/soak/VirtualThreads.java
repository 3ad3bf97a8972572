// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Virtual threads, where the JDK has them. */
final class VirtualThreads {

    private static final @Nullable MethodHandle UNSTARTED = lookup();

    private VirtualThreads() {}

    static boolean available() {
        return UNSTARTED != null;
    }

    /** A virtual thread, not started yet. */
    static Thread unstarted(Runnable task) {
        MethodHandle unstarted = UNSTARTED;
        if (unstarted == null) {
            throw new UnsupportedOperationException("this JDK has no virtual threads");
        }
        try {
            return (Thread) unstarted.invoke(task);
        } catch (Throwable e) {
            throw new AssertionError("a virtual thread can be made on this JDK", e);
        }
    }

    private static @Nullable MethodHandle lookup() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual));
            MethodHandle unstarted = lookup.findVirtual(
                            builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class))
                    .asType(MethodType.methodType(Thread.class, virtual, Runnable.class));
            return MethodHandles.foldArguments(unstarted, ofVirtual);
        } catch (ReflectiveOperationException olderThan21) {
            return null;
        }
    }
}
