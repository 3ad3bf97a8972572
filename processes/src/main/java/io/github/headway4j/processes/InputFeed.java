// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Writes the input of a process. */
final class InputFeed {
    /*
     * Whoever has something to write puts it into a queue; a thread of its own takes it out and writes it to the pipe,
     * where it may wait in the operating system. There is such a thread only while there is something in the queue. The
     * user waits on a condition, which an interrupt ends.
     *
     * State, guarded by the lock: queue and queued; closing, nobody may add; writing, there is a thread, or the pipe is
     * being closed; closed, so is the pipe. The thread ends, and writing becomes false, in the same hold of the lock in
     * which it finds the queue empty, and whoever adds starts one if there is none: nothing stays in the queue.
     *
     * Lost wake-ups: each change to what a wait looks at signals the one condition under the lock.
     *
     * A write that fails says that nobody reads any more. The queue is emptied then, and the pipe closed.
     */

    /** As much as a pipe of Linux holds. */
    private static final int CAPACITY = 1 << 16;

    private static final byte[] NOTHING = new byte[0];

    private final OutputStream pipe;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();

    /** The bytes in the queue and those that are being written. */
    private long queued;

    private boolean closing;
    private boolean writing;
    private boolean closed;
    private @Nullable IOException failure;

    final OutputStream stream = new Writer();

    InputFeed(OutputStream pipe) {
        this.pipe = pipe;
    }

    // ---- any thread ----

    /** Closes the input behind these bytes. False if it was closed before. Does not wait. */
    boolean finish(byte[] last) {
        lock.lock();
        try {
            if (closing) {
                return false;
            }
            closing = true;
            add(last);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody is interested any more: drops what was not written yet, and closes the input. Does not wait. */
    void abandon() {
        lock.lock();
        try {
            closing = true;
            for (byte[] dropped : queue) {
                queued -= dropped.length;
            }
            queue.clear();
            add(NOTHING);
        } finally {
            lock.unlock();
        }
    }

    /** Adds to the queue, and sees to it that somebody writes it. The lock is held. */
    private void add(byte[] bytes) {
        if (closed) {
            return;
        }
        if (bytes.length > 0) {
            queue.add(bytes);
            queued += bytes.length;
        }
        if (writing) {
            return;
        }
        if (queue.isEmpty()) {
            if (closing) {
                close();
            }
            return;
        }
        writing = true;
        try {
            PumpThreads.execute(this::write);
        } catch (Throwable noThread) {
            writing = false;
            queue.clear();
            queued = 0L;
            failure = new IOException("no thread that writes the input", noThread);
            close();
            throw noThread;
        }
    }

    /** Closing never waits, as nothing is left to be flushed. The lock is held. */
    private void close() {
        closing = true;
        closed = true;
        try {
            pipe.close();
        } catch (IOException e) {
            failed(e);
        }
        changed.signalAll();
    }

    private void failed(IOException e) {
        if (failure == null) {
            failure = e;
        }
    }

    // ---- the thread that writes ----

    private void write() {
        for (byte[][] batch = take(); batch.length > 0; batch = take()) {
            IOException thrown = null;
            long length = 0L;
            try {
                for (byte[] bytes : batch) {
                    length += bytes.length;
                }
                for (byte[] bytes : batch) {
                    pipe.write(bytes);
                }
                pipe.flush();
            } catch (IOException e) {
                thrown = e;
            } catch (Throwable e) { // no memory
                thrown = new IOException(e);
            }
            written(length, thrown);
        }
    }

    private byte[][] take() {
        lock.lock();
        try {
            byte[][] batch = queue.toArray(new byte[0][]);
            queue.clear();
            if (batch.length == 0) {
                writing = false;
                if (closing && !closed) {
                    close();
                }
                changed.signalAll();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void written(long length, @Nullable IOException thrown) {
        lock.lock();
        try {
            queued -= length;
            if (thrown != null) {
                failed(thrown);
                queue.clear();
                queued = 0L;
                closing = true;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What the user writes to. */
    private final class Writer extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            Objects.checkFromIndexSize(start, length, bytes.length);
            lockInterruptibly();
            try {
                int end = start + length;
                for (int at = start; at < end; ) {
                    while (queued >= CAPACITY && !closing) {
                        await();
                    }
                    refuseClosed();
                    int piece = (int) Math.min(end - at, CAPACITY - queued);
                    add(Arrays.copyOfRange(bytes, at, at + piece));
                    at += piece;
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void flush() throws IOException {
            lockInterruptibly();
            try {
                while (queued > 0) {
                    await();
                }
                if (failure != null) {
                    refuseClosed();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() throws IOException {
            lock.lock(); // an interrupt ends the wait below, but leaves no pipe open
            try {
                if (closing && failure == null) {
                    return;
                }
                closing = true;
                add(NOTHING);
                while (!closed) {
                    await();
                }
                IOException thrown = failure;
                failure = null; // told
                if (thrown != null) {
                    throw new IOException(thrown.getMessage(), thrown);
                }
            } finally {
                lock.unlock();
            }
        }

        private void refuseClosed() throws IOException {
            if (closing) {
                IOException cause = failure;
                throw cause == null ? new IOException("Stream closed") : new IOException(cause.getMessage(), cause);
            }
        }

        private void lockInterruptibly() throws InterruptedIOException {
            try {
                lock.lockInterruptibly();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

        /** Waits for a change; to be called in a loop. */
        @SuppressWarnings("WaitNotInLoop") // which is with the caller
        private void await() throws InterruptedIOException {
            try {
                changed.await();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

        private InterruptedIOException interrupted(InterruptedException cause) {
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while writing");
            interrupted.initCause(cause);
            return interrupted;
        }
    }
}
