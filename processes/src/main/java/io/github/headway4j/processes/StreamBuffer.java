// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Holds some of an output until the user reads it. */
final class StreamBuffer extends Sink {
    /*
     * A ring between the thread that reads the pipe, which waits while the ring is full, and the user, who waits while
     * it is empty: on a condition, which an interrupt ends, and not in the operating system. Everything below is guarded
     * by the lock but for room, which is of the reading thread.
     *
     * Lost wake-ups: each change to what a wait looks at, count, ended, closed and rest, signals the condition of that
     * wait under the lock.
     */

    private static final int CAPACITY = 1 << 17;

    private final Charset charset;
    private final byte[] room = new byte[CAPACITY / 2];
    private final byte[] ring = new byte[CAPACITY];
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition emptied = lock.newCondition();

    /** Where the oldest byte is. */
    private int first;

    private int count;
    private boolean ended;
    private boolean closed;

    /** Why there will be no more, if that is not the end of the pipe. */
    private @Nullable Throwable failure;

    /** Gets what comes from now on, if somebody waits for the whole. */
    private @Nullable Capture rest;

    final InputStream stream = new Reader();

    StreamBuffer(Charset charset) {
        this.charset = charset;
    }

    // ---- the thread that reads the pipe ----

    @Override
    int fill(InputStream pipe) throws IOException {
        return pipe.read(room, 0, room.length);
    }

    @Override
    void deliver(int length) {
        int start = 0;
        lock.lock();
        try {
            while (start < length && !closed) {
                Capture capture = rest;
                if (capture != null) {
                    capture.append(room, start, length - start);
                    return;
                }
                if (count == CAPACITY) {
                    emptied.awaitUninterruptibly();
                } else {
                    start += store(start, length - start);
                    filled.signalAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stores as much as there is room for in one piece. */
    private int store(int start, int length) {
        int at = first + count;
        at = at < CAPACITY ? at : at - CAPACITY;
        int stored = Math.min(length, Math.min(CAPACITY - count, CAPACITY - at));
        System.arraycopy(room, start, ring, at, stored);
        count += stored;
        return stored;
    }

    @Override
    void end() {
        lock.lock();
        try {
            ended = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The user gets what there is, and then an exception. */
    @Override
    void fail(Throwable thrown) {
        lock.lock();
        try {
            failure = thrown;
            ended = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    // ---- any thread ----

    /** Nobody reads any more: what is in the ring, and what is still to come, is dropped. */
    @Override
    void abandon() {
        lock.lock();
        try {
            closed = true;
            count = 0;
            filled.signalAll();
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What was not read yet, and all that is to come, is captured. The stream is at its end. */
    Capture captureRest() {
        lock.lock();
        try {
            Capture capture = rest;
            if (capture == null) {
                capture = Capture.usual(charset);
                while (count > 0) {
                    int length = Math.min(count, CAPACITY - first);
                    capture.append(ring, first, length);
                    consume(length);
                }
                rest = capture;
                filled.signalAll();
                emptied.signalAll();
            }
            return capture;
        } finally {
            lock.unlock();
        }
    }

    /** What {@link #captureRest} has captured so far. */
    Captured captured() {
        lock.lock();
        try {
            Capture capture = rest;
            return capture == null ? Captured.nothing(charset) : capture.snapshot();
        } finally {
            lock.unlock();
        }
    }

    private void consume(int length) {
        first += length;
        first = first < CAPACITY ? first : first - CAPACITY;
        count -= length;
    }

    /** What the user reads. */
    private final class Reader extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int start, int length) throws IOException {
            Objects.checkFromIndexSize(start, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            try {
                lock.lockInterruptibly();
                try {
                    return readHeld(bytes, start, length);
                } finally {
                    lock.unlock();
                }
            } catch (InterruptedException e) {
                InterruptedIOException interrupted = new InterruptedIOException("interrupted while reading");
                interrupted.initCause(e);
                throw interrupted;
            }
        }

        private int readHeld(byte[] bytes, int start, int length) throws IOException, InterruptedException {
            while (count == 0 && !ended && !closed && rest == null) {
                filled.await();
            }
            if (closed) {
                throw new IOException("Stream closed");
            }
            if (count == 0) {
                Throwable thrown = failure;
                if (thrown != null && rest == null) {
                    throw new IOException("the output could not be read", thrown);
                }
                return -1;
            }
            int read = 0;
            while (read < length && count > 0) {
                int piece = Math.min(Math.min(length - read, count), CAPACITY - first);
                System.arraycopy(ring, first, bytes, start + read, piece);
                consume(piece);
                read += piece;
            }
            emptied.signalAll();
            return read;
        }

        @Override
        public int available() throws IOException {
            lock.lock();
            try {
                if (closed) {
                    throw new IOException("Stream closed");
                }
                return count;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            abandon();
        }
    }
}
