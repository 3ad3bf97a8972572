// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The child's side of the connection. */
final class ChildSide implements ParentLink {

    /* Implementation note.
     *
     * The way up is a channel in non-blocking mode: in blocking mode an interrupt of the thread that writes, which may
     * be a user's, would close it for good. Where the parent does not read fast enough, the writer naps, for as long as
     * it has waited already divided by four, within bounds; the buffer of a socket holds some hundred kilobytes, so
     * that this is rare.
     *
     * The life line is minded by a thread that only reads. It ends the JVM by System.exit in another thread, since exit
     * does not return, and does not end while a hook hangs; after a second it halts, and at once if it can do nothing
     * else, as user code has left no memory.
     *
     * A JVM that ends waits up to 0.3 s for threads that are in a system call, as a read is. So the input is a channel,
     * whose reads end when it is closed, and a shutdown hook closes it. From then on the thread looks from time to time
     * whether the parent is still this process's parent: a JVM whose hooks hang does not outlive its parent either.
     */

    /** As after the signal that tells of a closed terminal, 128 + 1. Nobody is left to see it, in most cases. */
    static final int PARENT_GONE = 129;

    private static final long GRACE_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long SHORTEST_NAP_NANOS = 20_000L;
    private static final long LONGEST_NAP_NANOS = Duration.ofMillis(2).toNanos();

    /** What is given to the channel at a time: it copies as much to memory of its own, which it keeps. */
    private static final int PORTION = 1 << 16;

    /** How often the parent is looked at while this JVM ends. */
    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    private final FileChannel input;
    private final FrameInput down;
    private final SocketChannel channel;
    private final long parent;
    private final FrameOutput up;

    /** Made in time: there may be no memory for it when it is needed. */
    private final Thread exit = new Thread(() -> System.exit(PARENT_GONE), "headway-exit");

    /** Whether this JVM ends by itself. */
    private volatile boolean exiting;

    /**
     * The connection, once it stands.
     *
     * @param input what {@code down} reads from
     * @param channel the way up
     * @param parent the process id of the parent
     */
    ChildSide(FileChannel input, FrameInput down, SocketChannel channel, long parent) throws IOException {
        this.input = input;
        this.down = down;
        this.channel = channel;
        this.parent = parent;
        channel.configureBlocking(false);
        exit.setDaemon(true);
        up = new FrameOutput(bytes -> write(channel, bytes));
    }

    @Override
    public void listen(Handler handler) {
        Thread thread = new Thread(() -> read(handler), "headway-parent");
        thread.setDaemon(true);
        thread.start();
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(this::leave, "headway-leave"));
        } catch (IllegalStateException alreadyExiting) {
            leave();
        }
    }

    @Override
    public FrameOutput up() {
        return up;
    }

    @Override
    public void closeUp() {
        LaunchedChild.close(channel);
    }

    private void read(Handler handler) {
        try {
            take(handler);
            if (exiting) {
                awaitParent();
            }
        } finally {
            end();
        }
    }

    private void take(Handler handler) {
        try {
            ByteBuffer frame = next();
            while (frame != null) {
                handler.take(frame);
                frame = next();
            }
        } catch (Throwable e) {
            Uncaught.report(e);
        }
    }

    /** The hook. */
    private void leave() {
        exiting = true;
        LaunchedChild.close(input);
    }

    /** Returns when the parent has died. */
    private void awaitParent() {
        long pid = parent;
        while (pid == parent) {
            LockSupport.parkNanos(LOOK_NANOS);
            pid = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
        }
    }

    /** The next frame, or null at the end of the life line, wherever it was cut. */
    private @Nullable ByteBuffer next() {
        try {
            return down.read();
        } catch (IOException e) {
            return null;
        }
    }

    private void end() {
        try {
            exit.start();
            long end = System.nanoTime() + GRACE_NANOS;
            for (long left = GRACE_NANOS; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        } finally {
            Runtime.getRuntime().halt(PARENT_GONE);
        }
    }

    private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        boolean interrupted = false;
        try {
            while (bytes.position() < end) {
                bytes.limit(Math.min(end, bytes.position() + PORTION));
                if (channel.write(bytes) == 0) {
                    interrupted |= nap(channel, bytes);
                }
                bytes.limit(end);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until the channel takes something, and writes it; true if interrupted meanwhile. */
    private static boolean nap(SocketChannel channel, ByteBuffer bytes) throws IOException {
        long start = System.nanoTime();
        boolean interrupted = false;
        do {
            interrupted |= Thread.interrupted(); // or there would be no nap
            long waited = System.nanoTime() - start;
            LockSupport.parkNanos(channel, Math.max(SHORTEST_NAP_NANOS, Math.min(LONGEST_NAP_NANOS, waited >> 2)));
        } while (channel.write(bytes) == 0);
        return interrupted;
    }
}
