// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.nio.charset.Charset;
import java.util.List;

/** What was kept of one output at one moment. Immutable. */
final class Captured {

    private final List<Capture.Piece> pieces;
    private final int length;
    private final boolean truncated;
    private final Charset charset;

    Captured(List<Capture.Piece> pieces, int length, boolean truncated, Charset charset) {
        this.pieces = pieces;
        this.length = length;
        this.truncated = truncated;
        this.charset = charset;
    }

    static Captured nothing(Charset charset) {
        return new Captured(List.of(), 0, false, charset);
    }

    int length() {
        return length;
    }

    boolean isTruncated() {
        return truncated;
    }

    int pieceCount() {
        return pieces.size();
    }

    byte[] bytes() {
        byte[] bytes = new byte[length];
        int at = 0;
        for (Capture.Piece piece : pieces) {
            System.arraycopy(piece.bytes, piece.start, bytes, at, piece.length);
            at += piece.length;
        }
        return bytes;
    }

    String text() {
        if (pieces.size() == 1) {
            Capture.Piece only = pieces.get(0);
            return new String(only.bytes, only.start, only.length, charset);
        }
        return new String(bytes(), charset);
    }
}
