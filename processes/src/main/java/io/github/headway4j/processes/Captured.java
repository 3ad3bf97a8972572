// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.nio.charset.Charset;

/** What was kept of one output at one moment. Immutable. */
final class Captured {

    private final byte[][] chunks;
    private final int length;
    private final boolean truncated;
    private final Charset charset;

    /** Chunks whose bytes do not change any more. */
    Captured(byte[][] chunks, int length, boolean truncated, Charset charset) {
        this.chunks = chunks;
        this.length = length;
        this.truncated = truncated;
        this.charset = charset;
    }

    static Captured nothing(Charset charset) {
        return new Captured(new byte[0][], 0, false, charset);
    }

    int length() {
        return length;
    }

    boolean isTruncated() {
        return truncated;
    }

    byte[] bytes() {
        byte[] bytes = new byte[length];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, bytes, at, chunk.length);
            at += chunk.length;
        }
        return bytes;
    }

    String text() {
        return chunks.length == 1 ? new String(chunks[0], charset) : new String(bytes(), charset);
    }
}
