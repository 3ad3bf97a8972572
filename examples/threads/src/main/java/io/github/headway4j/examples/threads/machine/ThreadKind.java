// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.machine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;

/**
 * The two kinds of thread. Virtual ones came with JDK 21; they are looked up, so that the programs compile and run
 * without them too.
 */
public enum ThreadKind {
    /** A thread of the operating system. */
    PLATFORM {
        @Override
        public boolean isThere() {
            return true;
        }

        @Override
        Thread start(Runnable work) {
            Thread thread = new Thread(work);
            thread.start();
            return thread;
        }
    },

    /** A thread of the JVM, which runs on one of the system's threads while it has something to do. */
    VIRTUAL {
        @Override
        public boolean isThere() {
            return START_VIRTUAL != null;
        }

        @Override
        Thread start(Runnable work) {
            try {
                return (Thread) START_VIRTUAL.invokeExact(work);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("expected no checked exception", e);
            }
        }
    };

    private static final int FIRST_JDK_WITH_VIRTUAL_THREADS = 21;

    private static final MethodHandle START_VIRTUAL = lookup();

    /**
     * Tells whether the running JDK has threads of this kind.
     *
     * @return true if it has
     */
    public abstract boolean isThere();

    /** Starts a thread of this kind, which must be there. */
    abstract Thread start(Runnable work);

    /**
     * Lists the kinds.
     *
     * @return those that the running JDK has
     */
    public static List<ThreadKind> available() {
        return Arrays.stream(values()).filter(ThreadKind::isThere).toList();
    }

    @Override
    public String toString() {
        return this == PLATFORM ? "platform threads" : "virtual threads";
    }

    /** Finds what starts a virtual thread; null if the running JDK has none, or only as a preview. */
    private static MethodHandle lookup() {
        if (Runtime.version().feature() < FIRST_JDK_WITH_VIRTUAL_THREADS) {
            return null;
        }
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
