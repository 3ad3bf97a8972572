// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A growing array of bytes that is written at its end and read from its beginning: what is sent to another process, or
 * has come from one. Numbers are little-endian, whatever the machine.
 *
 * <p>Whoever reads trusts no length: each read looks first whether the bytes are there, and says in a
 * {@link StreamCorruptedException} how many are missing. For one thread at a time.
 */
final class WireBuffer {

    /** Holds a small message without growing. */
    private static final int FIRST_CAPACITY = 128;

    /** The largest array that every virtual machine can make. */
    static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    /** What a buffer keeps when it is cleared: one that was used for a large message does not hold on to its memory. */
    private static final int MOST_KEPT = 1 << 20;

    static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int position; // of the next byte to read
    private int end; // of what was written

    /** What is to be done if the message that was written is not sent. */
    private @Nullable List<Runnable> takeBacks;

    /** An empty buffer. */
    WireBuffer() {
        this(FIRST_CAPACITY);
    }

    /** An empty buffer that grows when more than the given number of bytes are written. */
    WireBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    private WireBuffer(byte[] bytes, int position, int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    /** A buffer to read the given bytes, which it does not copy. */
    static WireBuffer wrap(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return new WireBuffer(bytes, offset, offset + length);
    }

    // ---- as a whole ----

    /** The bytes; those from {@link #position()} on, {@link #remaining()} of them, have not been read. */
    byte[] array() {
        return bytes;
    }

    /** Where the next byte is read. */
    int position() {
        return position;
    }

    /** Where the next byte is written: how many have been, if the buffer was not made by {@code wrap}. */
    int end() {
        return end;
    }

    /** How many bytes have been written and not read. */
    int remaining() {
        return end - position;
    }

    /** Reads from the given place next. */
    void position(int next) {
        position = Objects.checkIndex(next, end + 1);
    }

    /** Takes back what was written from the given place on. */
    void truncate(int newEnd) {
        end = Objects.checkIndex(newEnd, end + 1);
        position = Math.min(position, newEnd);
    }

    /** Empties the buffer. */
    void clear() {
        position = 0;
        end = 0;
        takeBacks = null;
        if (bytes.length > MOST_KEPT) {
            bytes = new byte[FIRST_CAPACITY];
        }
    }

    /** Has something done if the message that is being written is not sent. */
    void ifNotSent(Runnable takeBack) {
        List<Runnable> all = takeBacks;
        if (all == null) {
            all = new ArrayList<>();
            takeBacks = all;
        }
        all.add(takeBack);
    }

    /** The message that was written, or should have been, is not sent. */
    void isNotSent() {
        List<Runnable> all = takeBacks;
        takeBacks = null;
        if (all != null) {
            all.forEach(Runnable::run);
        }
    }

    /** The bytes that have not been read, as a buffer over the same array. */
    ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes, position, end - position);
    }

    // ---- writing ----

    /** Makes room for the given number of bytes, counts them as written, and tells where they begin. */
    int extend(int length) {
        int start = end;
        ensure(length);
        end = start + length;
        return start;
    }

    void writeByte(int value) {
        ensure(1);
        bytes[end++] = (byte) value;
    }

    void writeShort(int value) {
        int at = extend(Short.BYTES); // may change the array
        SHORTS.set(bytes, at, (short) value);
    }

    void writeInt(int value) {
        int at = extend(Integer.BYTES);
        INTS.set(bytes, at, value);
    }

    void writeLong(long value) {
        int at = extend(Long.BYTES);
        LONGS.set(bytes, at, value);
    }

    /** Writes over four bytes that have been written, such as a length that was not known before. */
    void setInt(int index, int value) {
        Objects.checkFromIndexSize(index, Integer.BYTES, end);
        INTS.set(bytes, index, value);
    }

    /** Writes over eight bytes that have been written. */
    void setLong(int index, long value) {
        Objects.checkFromIndexSize(index, Long.BYTES, end);
        LONGS.set(bytes, index, value);
    }

    /** Writes a number in 1 to 10 bytes, seven bits each: few bytes for small ones, ten for negative ones. */
    void writeVarLong(long value) {
        ensure(10);
        long rest = value;
        int at = end;
        while ((rest & ~0x7FL) != 0L) {
            bytes[at++] = (byte) (rest | 0x80L);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        end = at;
    }

    /** Writes a number in 1 to 5 bytes: few for small ones, five for negative ones. */
    void writeVarInt(int value) {
        writeVarLong(Integer.toUnsignedLong(value));
    }

    void writeBytes(byte[] source, int offset, int length) {
        int at = extend(length);
        System.arraycopy(source, offset, bytes, at, length);
    }

    /** Writes the bytes that the given buffer has left, which it does not move. */
    void writeBytes(ByteBuffer source) {
        int length = source.remaining();
        int at = extend(length);
        source.get(source.position(), bytes, at, length);
    }

    /** Writes a string: one byte for each character if that is enough, else two. Lone surrogates stay as they are. */
    void writeString(String text) {
        int length = text.length();
        if (length > MAX_LENGTH / 2) {
            throw tooLong(length);
        }
        ensure(10 + length);
        int start = end;
        writeVarLong((long) length << 1);
        byte[] target = bytes;
        int at = end;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 0xFF) {
                end = start;
                writeWideString(text);
                return;
            }
            target[at + i] = (byte) c;
        }
        end = at + length;
    }

    private void writeWideString(String text) {
        int length = text.length();
        writeVarLong((long) length << 1 | 1L);
        int at = extend(Math.multiplyExact(length, Character.BYTES));
        byte[] target = bytes;
        for (int i = 0; i < length; i++) {
            SHORTS.set(target, at + (i << 1), (short) text.charAt(i));
        }
    }

    /** A stream that writes here. */
    OutputStream asOutputStream() {
        return new Stream(this);
    }

    private void ensure(int more) {
        if (more > bytes.length - end) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) end + more;
        if (needed > MAX_LENGTH) {
            throw tooLong(needed);
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_LENGTH, Math.max(needed, 2L * bytes.length)));
    }

    private static IllegalArgumentException tooLong(long length) {
        return new IllegalArgumentException(
                "a message of " + length + " bytes; expected at most " + MAX_LENGTH + " bytes");
    }

    // ---- reading ----

    byte readByte() throws StreamCorruptedException {
        return bytes[skip(1)];
    }

    short readShort() throws StreamCorruptedException {
        return (short) SHORTS.get(bytes, skip(Short.BYTES));
    }

    int readInt() throws StreamCorruptedException {
        int at = skip(Integer.BYTES);
        return (int) INTS.get(bytes, at);
    }

    long readLong() throws StreamCorruptedException {
        int at = skip(Long.BYTES);
        return (long) LONGS.get(bytes, at);
    }

    long readVarLong() throws StreamCorruptedException {
        long value = 0L;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new StreamCorruptedException("a number goes on after 10 bytes");
    }

    int readVarInt() throws StreamCorruptedException {
        long value = readVarLong();
        if (value >>> Integer.SIZE != 0L) {
            throw new StreamCorruptedException("a number of 32 bits has more: 0x" + Long.toHexString(value));
        }
        return (int) value;
    }

    /** A count of things of which each takes at least the given number of bytes, all of which must be there. */
    int readCount(int bytesEach) throws StreamCorruptedException {
        long count = readVarLong();
        if (count < 0L || count > remaining() / bytesEach) {
            throw new StreamCorruptedException("a count of " + Long.toUnsignedString(count) + " with " + bytesEach
                    + " bytes each; the message has " + remaining() + " bytes left");
        }
        return (int) count;
    }

    void readBytes(byte[] target, int offset, int length) throws StreamCorruptedException {
        System.arraycopy(bytes, skip(length), target, offset, length);
    }

    /** The next bytes as a new array; the length is looked at before the array is made. */
    byte[] readBytes(int length) throws StreamCorruptedException {
        int from = skip(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    String readString() throws StreamCorruptedException {
        long header = readVarLong();
        boolean wide = (header & 1L) != 0L;
        long length = header >>> 1;
        if (length > (wide ? remaining() >> 1 : remaining())) {
            throw new StreamCorruptedException("a string of " + length + (wide ? " wide" : "")
                    + " characters; the message has " + remaining() + " bytes left");
        }
        if (!wide) {
            return new String(bytes, skip((int) length), (int) length, StandardCharsets.ISO_8859_1);
        }
        char[] text = new char[(int) length];
        int at = skip((int) length << 1);
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (short) SHORTS.get(bytes, at + (i << 1));
        }
        return new String(text);
    }

    /** Passes over the given number of bytes, and tells where they begin. */
    int skip(int length) throws StreamCorruptedException {
        int from = position;
        if (length < 0 || length > end - from) {
            throw new StreamCorruptedException(
                    "the message ends too early: expected " + length + " more bytes, it has " + (end - from) + " left");
        }
        position = from + length;
        return from;
    }

    /** How much there is to read and how far it has been read. */
    @Override
    public String toString() {
        return "WireBuffer[" + position + " of " + end + " bytes read]";
    }

    private static final class Stream extends OutputStream {
        private final WireBuffer buffer;

        Stream(WireBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public void write(int value) {
            buffer.writeByte(value);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            buffer.writeBytes(source, offset, length);
        }
    }
}
