// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes frames for a {@link FrameInput}: four bytes with the length, then the content. For any number of threads; a
 * frame is never mixed with another.
 */
final class FrameOutput {

    private static final int BUFFER = 1 << 16;

    /** Where the bytes go to. */
    @FunctionalInterface
    interface Sink {
        /** Writes all of the buffer, which has an array. */
        void write(ByteBuffer bytes) throws IOException;
    }

    private final Sink sink;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock: what is not yet written, from 0 to position. */
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    FrameOutput(Sink sink) {
        this.sink = sink;
    }

    static FrameOutput of(OutputStream stream) {
        return new FrameOutput(bytes -> {
            stream.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            bytes.position(bytes.limit());
            stream.flush();
        });
    }

    /**
     * Adds a frame with what remains in the content, which has an array. It may stay here until the next
     * {@link #flush}.
     */
    void write(ByteBuffer content) throws IOException {
        lock.lock();
        try {
            if (buffer.remaining() < FrameInput.HEADER) {
                drain();
            }
            buffer.putInt(content.remaining());
            if (content.remaining() > buffer.remaining()) {
                drain();
                if (content.remaining() > buffer.capacity()) {
                    sink.write(content);
                    return;
                }
            }
            buffer.put(content);
        } finally {
            lock.unlock();
        }
    }

    /** Hands everything to the operating system. */
    void flush() throws IOException {
        lock.lock();
        try {
            drain();
        } finally {
            lock.unlock();
        }
    }

    /** Writes a frame and what was before it. */
    void send(ByteBuffer content) throws IOException {
        lock.lock();
        try {
            write(content);
            drain();
        } finally {
            lock.unlock();
        }
    }

    private void drain() throws IOException {
        if (buffer.position() > 0) {
            buffer.flip();
            try {
                sink.write(buffer);
            } finally {
                buffer.clear();
            }
        }
    }
}
