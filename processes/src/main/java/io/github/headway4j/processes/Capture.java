// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Keeps an output in memory, up to a limit. */
final class Capture extends Sink {
    /*
     * The pipe is read straight into pieces, which are never moved: keeping a byte costs no copy beyond the one out of
     * the pipe. Pieces grow from 8 KiB, which does for most commands, to READ bytes. One with less than 8 KiB left is
     * full, as the stream of the JDK would copy shorter reads through a buffer of its own.
     *
     * Bytes of a piece do not change once they are counted, so that a snapshot need not copy. Counts and lists are
     * guarded by the monitor of this object, which is held for a moment only; the room for the next bytes is of the
     * reading thread alone.
     *
     * Of the beginning, exactly so many bytes are read as are to be kept. The end is kept as whole pieces: the first of
     * them goes when the others hold enough; the snapshot leaves out what is too much.
     */

    /** No array is longer. */
    static final int LONGEST = Integer.MAX_VALUE - 8;

    private static final int FIRST_PIECE = 8 << 10;

    private final Charset charset;
    private final long headLimit;
    private final long tailLimit;
    private final List<Piece> head = new ArrayList<>(2);
    private final ArrayDeque<Piece> tail = new ArrayDeque<>(2);
    private long headLength;
    private long tailLength;

    /** All that came, kept or not. */
    private long total;

    // ---- of the reading thread ----
    private byte[] room = new byte[0];
    private int nextPiece = FIRST_PIECE;

    /** Where the last bytes were read to. */
    private int roomStart;

    private boolean drained;

    Capture(long limit, Output.Keep keep, Charset charset) {
        long kept = Math.min(limit, LONGEST);
        this.charset = charset;
        headLimit = keep == Output.Keep.HEAD ? kept : keep == Output.Keep.TAIL ? 0L : kept / 2;
        tailLimit = kept - headLimit;
    }

    static Capture usual(Charset charset) {
        return new Capture(Output.DEFAULT_LIMIT, Output.Keep.HEAD, charset);
    }

    @Override
    int fill(InputStream pipe) throws IOException {
        long wanted = headLength < headLimit ? headLimit - headLength : tailLimit > 0 ? Long.MAX_VALUE : 0L;
        drained = wanted == 0L;
        if (drained) {
            return drain(pipe);
        }
        if (room.length - roomStart < Math.min(FIRST_PIECE, wanted)) {
            room = new byte[(int) Math.min(nextPiece, wanted)];
            roomStart = 0;
            nextPiece = Math.min(2 * nextPiece, READ);
        }
        return pipe.read(room, roomStart, (int) Math.min(room.length - roomStart, wanted));
    }

    @Override
    synchronized void deliver(int length) {
        total += length;
        if (drained) {
            return;
        }
        if (headLength < headLimit) {
            Piece last = head.isEmpty() ? null : head.get(head.size() - 1);
            if (last != null && last.endsAt(room, roomStart)) {
                head.set(head.size() - 1, last.and(length));
            } else {
                head.add(new Piece(room, roomStart, length));
            }
            headLength += length;
        } else {
            Piece last = tail.peekLast();
            if (last != null && last.endsAt(room, roomStart)) {
                tail.removeLast();
                tail.addLast(last.and(length));
            } else {
                tail.addLast(new Piece(room, roomStart, length));
            }
            tailLength += length;
            while (tailLength - tail.getFirst().length >= tailLimit) {
                tailLength -= tail.removeFirst().length;
            }
        }
        roomStart += length;
    }

    /** Takes bytes from elsewhere. */
    void append(byte[] bytes, int start, int length) {
        try (InputStream source = new ByteArrayInputStream(bytes, start, length)) {
            for (int read = fill(source); read > 0; read = fill(source)) {
                deliver(read);
            }
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** What there is now. Any thread may call this. */
    synchronized Captured snapshot() {
        List<Piece> pieces = new ArrayList<>(head.size() + tail.size());
        pieces.addAll(head);
        long surplus = Math.max(0L, tailLength - tailLimit);
        long length = headLength + tailLength - surplus;
        for (Piece piece : tail) {
            int cut = (int) Math.min(surplus, piece.length);
            pieces.add(new Piece(piece.bytes, piece.start + cut, piece.length - cut));
            surplus -= cut;
        }
        return new Captured(pieces, (int) length, total > length, charset);
    }

    /** How many bytes of the output are held, those that no snapshot would show among them. Any thread may call this. */
    synchronized long heldBytes() {
        return headLength + tailLength;
    }

    /** Some bytes of an array. Immutable. */
    static final class Piece {
        final byte[] bytes;
        final int start;
        final int length;

        Piece(byte[] bytes, int start, int length) {
            this.bytes = bytes;
            this.start = start;
            this.length = length;
        }

        boolean endsAt(byte[] next, int nextStart) {
            return bytes == next && start + length == nextStart;
        }

        Piece and(int more) {
            return new Piece(bytes, start, length + more);
        }
    }
}
