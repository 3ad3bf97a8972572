// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.function.Consumer;

/** Takes an output apart into lines, and hands them to a listener. */
final class LineSink extends Sink {

    /** The most characters of a line that are handed over at once. */
    static final int LONGEST = 1 << 20;

    private static final int BYTES = 16 << 10;

    private final Consumer<? super String> listener;
    private final CharsetDecoder decoder;

    /** What was not decoded yet, ready to be written to. */
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES);

    private final CharBuffer chars = CharBuffer.allocate(BYTES);
    private final StringBuilder line = new StringBuilder();

    /** Whether a piece of this line was handed over. */
    private boolean continued;

    /** Whether the last character was a carriage return, so that a line feed belongs to it. */
    private boolean returned;

    LineSink(Consumer<? super String> listener, Charset charset) {
        this.listener = listener;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    @Override
    int fill(InputStream pipe) throws IOException {
        return pipe.read(bytes.array(), bytes.position(), bytes.remaining());
    }

    @Override
    void deliver(int length) {
        bytes.position(bytes.position() + length);
        decode(false);
    }

    @Override
    void end() {
        decode(true);
        while (decoder.flush(chars) == CoderResult.OVERFLOW) {
            split();
        }
        split();
        if (line.length() > 0) {
            handOver();
        }
    }

    private void decode(boolean last) {
        bytes.flip();
        while (decoder.decode(bytes, chars, last) == CoderResult.OVERFLOW) {
            split();
        }
        bytes.compact();
        split();
    }

    private void split() {
        chars.flip();
        while (chars.hasRemaining()) {
            char next = chars.get();
            if (next == '\n' && returned) {
                returned = false;
            } else if (next == '\n' || next == '\r') {
                returned = next == '\r';
                if (line.length() > 0 || !continued) {
                    handOver();
                }
                continued = false;
            } else {
                returned = false;
                line.append(next);
                if (line.length() >= LONGEST && !Character.isHighSurrogate(next)) {
                    handOver();
                    continued = true;
                }
            }
        }
        chars.clear();
    }

    private void handOver() {
        String text = line.toString();
        line.setLength(0);
        if (line.capacity() > BYTES) {
            line.trimToSize();
        }
        listener.accept(text);
    }
}
