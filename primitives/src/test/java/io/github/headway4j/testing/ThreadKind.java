// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * The kinds of thread that a test runs its helpers on, as a dimension of tests: platform threads everywhere, virtual
 * threads where the running JDK has them (21 and later). Use it through {@link EachThreadKind}, or take
 * {@link #available()} where there are other dimensions.
 */
public enum ThreadKind {
    /** A thread of the operating system; made as a daemon, so that a stuck one does not keep the JVM alive. */
    PLATFORM {
        @Override
        public boolean isSupported() {
            return true;
        }

        @Override
        public Thread unstarted(String name, Runnable body) {
            Thread thread = new Thread(body, name);
            thread.setDaemon(true);
            return thread;
        }
    },

    /** A thread of the JDK's own scheduler. */
    VIRTUAL {
        @Override
        public boolean isSupported() {
            return Virtual.UNSTARTED != null;
        }

        @Override
        public Thread unstarted(String name, Runnable body) {
            if (!isSupported()) {
                throw new UnsupportedOperationException("virtual threads: not on this JDK");
            }
            try {
                return (Thread) Virtual.UNSTARTED.invokeExact(name, body);
            } catch (Throwable e) {
                throw new AssertionError("cannot make a virtual thread", e);
            }
        }
    };

    /**
     * Whether the running JDK has this kind.
     *
     * @return true for {@link #PLATFORM}; true for {@link #VIRTUAL} from JDK 21 on
     */
    public abstract boolean isSupported();

    /**
     * Makes a thread of this kind without starting it.
     *
     * @param name the name of the thread
     * @param body what it runs
     * @return the new thread
     * @throws UnsupportedOperationException if this kind is not {@linkplain #isSupported() supported}
     */
    public abstract Thread unstarted(String name, Runnable body);

    /**
     * Makes a thread of this kind and starts it.
     *
     * @param name the name of the thread
     * @param body what it runs
     * @return the started thread
     * @throws UnsupportedOperationException if this kind is not {@linkplain #isSupported() supported}
     */
    public final Thread start(String name, Runnable body) {
        Thread thread = unstarted(name, body);
        thread.start();
        return thread;
    }

    /**
     * The kinds that the running JDK has. The first use on a JDK without virtual threads says so, once, on standard
     * output.
     *
     * @return one or two kinds, platform first
     */
    public static List<ThreadKind> available() {
        return Available.KINDS;
    }

    private static final class Available {

        static final List<ThreadKind> KINDS = find();

        private static List<ThreadKind> find() {
            if (VIRTUAL.isSupported()) {
                return List.of(PLATFORM, VIRTUAL);
            }
            System.out.println("virtual threads: not on this JDK, platform only");
            return List.of(PLATFORM);
        }
    }

    private static final class Virtual {

        /** {@code (String, Runnable) -> Thread}, or null before JDK 21 (19 and 20 have it as a preview only). */
        static final MethodHandle UNSTARTED = Runtime.version().feature() < 21 ? null : lookup();

        private static MethodHandle lookup() {
            try {
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                Class<?> builder = Class.forName("java.lang.Thread$Builder");
                Class<?> virtualBuilder = Class.forName("java.lang.Thread$Builder$OfVirtual");
                MethodHandle create =
                        lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtualBuilder));
                MethodHandle name = lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class));
                MethodHandle unstarted =
                        lookup.findVirtual(builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
                MethodHandle named =
                        MethodHandles.collectArguments(name, 0, create.asType(MethodType.methodType(builder)));
                return MethodHandles.collectArguments(unstarted, 0, named);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError("a JDK from 21 on has virtual threads", e);
            }
        }
    }
}
