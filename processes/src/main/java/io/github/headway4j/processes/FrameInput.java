// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames that a {@link FrameOutput} wrote: four bytes with the length, then the content. For one thread at a
 * time.
 *
 * <p>A length is believed only as far as content follows: room grows with what has come, not with what was announced.
 */
final class FrameInput {

    /** The longest frame: what fits into an array, with room for the length. */
    static final int MAX_FRAME = Integer.MAX_VALUE - 64;

    static final int HEADER = Integer.BYTES;

    /** A pipe of Linux holds as much. */
    private static final int INITIAL = 1 << 16;

    /** Room beyond it is let go of after the frame that needed it. */
    private static final int KEPT = 1 << 20;

    /** Where the bytes come from. */
    @FunctionalInterface
    interface Source {
        /** Reads at least one byte into the buffer, which has an array, or tells the end by a negative number. */
        int read(ByteBuffer into) throws IOException;
    }

    private final Source source;

    /** From position to limit: what was read and not yet taken. */
    private ByteBuffer buffer = ByteBuffer.allocate(INITIAL).limit(0);

    FrameInput(Source source) {
        this.source = source;
    }

    static FrameInput of(InputStream stream) {
        return new FrameInput(into -> {
            int count = stream.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
            if (count > 0) {
                into.position(into.position() + count);
            }
            return count;
        });
    }

    /** Of a channel in blocking mode. */
    static FrameInput of(ReadableByteChannel channel) {
        return new FrameInput(channel::read);
    }

    /**
     * The next frame, or null when the other side has ended after a whole one. The buffer has an array and is good
     * until the next call.
     *
     * @throws EOFException if the other side has ended in the middle of a frame
     * @throws StreamCorruptedException if the length is none
     */
    @Nullable
    ByteBuffer read() throws IOException {
        if (buffer.capacity() > KEPT && buffer.remaining() <= INITIAL) {
            buffer = ByteBuffer.allocate(INITIAL).put(buffer).flip();
        }
        if (!fill(HEADER)) {
            if (buffer.hasRemaining()) {
                throw new EOFException("the other process ended in the middle of a message");
            }
            return null;
        }
        int length = buffer.getInt();
        if (length < 0 || length > MAX_FRAME) {
            throw new StreamCorruptedException("length of a message: " + length);
        }
        if (!fill(length)) {
            throw new EOFException("the other process ended after " + buffer.remaining() + " of " + length + " bytes");
        }
        ByteBuffer frame = ByteBuffer.wrap(buffer.array(), buffer.position(), length);
        buffer.position(buffer.position() + length);
        return frame;
    }

    /** Whether a whole frame is there already, so that {@link #read} would not wait. */
    boolean isReady() {
        return buffer.remaining() >= HEADER && buffer.remaining() - HEADER >= buffer.getInt(buffer.position());
    }

    /** Reads until so many bytes are there; false if the end comes before. */
    private boolean fill(int count) throws IOException {
        while (buffer.remaining() < count) {
            makeRoom(count);
            int end = buffer.limit();
            int start = buffer.position();
            buffer.limit(Math.min(buffer.capacity(), end + KEPT)).position(end);
            int read;
            try {
                read = source.read(buffer);
            } finally {
                end = buffer.position();
                buffer.limit(end).position(start);
            }
            if (read < 0) {
                return false;
            }
        }
        return true;
    }

    /** Room for at least one more byte behind what is there, and never more than twice of what is there or needed. */
    private void makeRoom(int count) {
        if (buffer.limit() < buffer.capacity() && buffer.position() + count <= buffer.capacity()) {
            return;
        }
        if (buffer.remaining() < buffer.capacity()) {
            buffer.compact().flip();
            return;
        }
        long grown = Math.min(2L * buffer.capacity(), Math.max(count, INITIAL));
        buffer = ByteBuffer.allocate((int) grown).put(buffer).flip();
    }
}
