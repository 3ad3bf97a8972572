// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The seam to what JDK 22 added: files that are mapped into memory until one says so. Looked up once. */
final class Arenas {

    private static final int FIRST_RELEASE = 22;

    /** {@code Arena.ofShared()}, as an AutoCloseable; null on older JDKs. */
    private static final @Nullable MethodHandle OF_SHARED;

    /** {@code channel.map(READ_WRITE, 0, size, arena).asByteBuffer()}; null on older JDKs. */
    private static final @Nullable MethodHandle MAP;

    static {
        MethodHandle ofShared = null;
        MethodHandle map = null;
        if (Runtime.version().feature() >= FIRST_RELEASE) {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            try {
                Class<?> arena = Class.forName("java.lang.foreign.Arena");
                Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
                ofShared = lookup.findStatic(arena, "ofShared", MethodType.methodType(arena))
                        .asType(MethodType.methodType(AutoCloseable.class));
                MethodHandle mapSegment = lookup.findVirtual(
                        FileChannel.class,
                        "map",
                        MethodType.methodType(segment, FileChannel.MapMode.class, long.class, long.class, arena));
                MethodHandle asBuffer =
                        lookup.findVirtual(segment, "asByteBuffer", MethodType.methodType(ByteBuffer.class));
                map = MethodHandles.filterReturnValue(
                                MethodHandles.insertArguments(mapSegment, 1, FileChannel.MapMode.READ_WRITE, 0L),
                                asBuffer)
                        .asType(MethodType.methodType(
                                ByteBuffer.class, FileChannel.class, long.class, AutoCloseable.class));
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
        OF_SHARED = ofShared;
        MAP = map;
    }

    /** Arenas that could not be closed, since a channel was reading or writing by way of a buffer of theirs. */
    private static final Queue<AutoCloseable> BUSY = new ConcurrentLinkedQueue<>();

    private Arenas() {}

    /** A new arena, which unmaps when it is closed; null on JDKs that unmap what nobody refers to any more. */
    static @Nullable AutoCloseable open() {
        closeBusy();
        MethodHandle ofShared = OF_SHARED;
        if (ofShared == null) {
            return null;
        }
        try {
            return (AutoCloseable) ofShared.invokeExact();
        } catch (Throwable e) {
            throw Failures.unchecked(e);
        }
    }

    /** Maps the beginning of a file, for reading and writing. */
    static ByteBuffer map(FileChannel file, long size, @Nullable AutoCloseable arena) throws IOException {
        MethodHandle map = MAP;
        if (arena == null || map == null) {
            return file.map(FileChannel.MapMode.READ_WRITE, 0L, size);
        }
        try {
            return (ByteBuffer) map.invokeExact(file, size, arena);
        } catch (Throwable e) {
            throw Failures.unchecked(e);
        }
    }

    /**
     * Unmaps; later accesses throw IllegalStateException. As long as a channel uses a buffer, that is not possible; it
     * is tried again whenever another arena is opened or closed.
     */
    static void close(@Nullable AutoCloseable arena) {
        closeBusy();
        if (arena != null) {
            closeOrKeep(arena);
        }
    }

    private static void closeBusy() {
        for (int i = BUSY.size(); i > 0; i--) {
            AutoCloseable arena = BUSY.poll();
            if (arena != null) {
                closeOrKeep(arena);
            }
        }
    }

    private static void closeOrKeep(AutoCloseable arena) {
        try {
            arena.close();
        } catch (IllegalStateException busy) {
            BUSY.add(arena);
        } catch (Exception e) {
            throw Failures.unchecked(e);
        }
    }
}
