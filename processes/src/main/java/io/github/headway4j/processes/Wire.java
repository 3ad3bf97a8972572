// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Objects as bytes for another process. Boxes, strings, arrays of numbers and lists of boxes and strings have a compact
 * form of their own; everything else is left to the serialization of the JDK.
 *
 * <p>What is read equals what was written and has its class, for lists too: an {@code ArrayList} stays one, and a
 * {@code List.of} cannot be changed on the other side either. As everywhere in serialization, an object that is sent
 * twice arrives as two.
 *
 * <p><b>Trust.</b> The bytes come from a process of the same program, but that may have died half-way or may be broken:
 * bytes that make no sense are a {@link StreamCorruptedException}, and no length is believed before the bytes for it
 * are there, so that a wrong one does not ask for gigabytes. A filter says which classes may be read.
 */
final class Wire {

    /* The first byte of a value. Part of the format between processes of one build; never stored. */
    private static final byte NULL = 0;
    private static final byte TRUE = 1;
    private static final byte FALSE = 2;
    private static final byte BYTE = 3;
    private static final byte SHORT = 4;
    private static final byte CHARACTER = 5;
    private static final byte INTEGER = 6;
    private static final byte LONG = 7;
    private static final byte FLOAT = 8;
    private static final byte DOUBLE = 9;
    private static final byte STRING = 10;
    private static final byte BYTES = 11;
    private static final byte INTS = 12;
    private static final byte LONGS = 13;
    private static final byte DOUBLES = 14;
    private static final byte OBJECT = 15;
    private static final byte LIST = 16;

    /** What {@link #bytesAhead} looks at: a tag and a number. */
    static final int MOST_BYTES_AHEAD = 11;

    private Wire() {}

    // ---- writing ----

    /**
     * Appends a value. If that fails, the buffer is as it was.
     *
     * @param value any value that can be serialized
     * @param out where to
     * @throws NotSerializableException if the value, or something in it, cannot be serialized; the message names the
     *     class and, where it can be found, the way to it
     * @throws IOException if a {@code writeObject} of the value throws it
     */
    static void write(@Nullable Object value, WireBuffer out) throws IOException {
        int start = out.end();
        try {
            if (!writeLeaf(value, out) && !writeArray(value, out)) {
                int kind = WireList.kindOf(value);
                if (value != null && kind != WireList.NONE) {
                    out.writeByte(LIST);
                    if (WireList.write(value, kind, out)) {
                        return;
                    }
                    out.truncate(start);
                }
                out.writeByte(OBJECT);
                WireObjects.write(value, out);
            }
        } catch (Throwable failure) {
            out.truncate(start);
            throw failure;
        }
    }

    /** Writes null, a box or a string. False if it is none, and nothing is written then. */
    static boolean writeLeaf(@Nullable Object value, WireBuffer out) {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof String) {
            out.writeByte(STRING);
            out.writeString((String) value);
        } else if (value instanceof Integer) {
            int number = (Integer) value;
            out.writeByte(INTEGER);
            out.writeVarInt(number << 1 ^ number >> 31);
        } else if (value instanceof Long) {
            long number = (Long) value;
            out.writeByte(LONG);
            out.writeVarLong(number << 1 ^ number >> 63);
        } else if (value instanceof Double) {
            out.writeByte(DOUBLE);
            out.writeLong(Double.doubleToRawLongBits((Double) value));
        } else if (value instanceof Boolean) {
            out.writeByte((Boolean) value ? TRUE : FALSE);
        } else if (value instanceof Float) {
            out.writeByte(FLOAT);
            out.writeInt(Float.floatToRawIntBits((Float) value));
        } else if (value instanceof Character) {
            out.writeByte(CHARACTER);
            out.writeShort((Character) value);
        } else if (value instanceof Short) {
            out.writeByte(SHORT);
            out.writeShort((Short) value);
        } else if (value instanceof Byte) {
            out.writeByte(BYTE);
            out.writeByte((Byte) value);
        } else {
            return false;
        }
        return true;
    }

    private static boolean writeArray(@Nullable Object value, WireBuffer out) {
        if (value instanceof byte[]) {
            byte[] array = (byte[]) value;
            writeBytes(array, 0, array.length, out);
        } else if (value instanceof int[]) {
            int[] array = (int[]) value;
            room(out, INTS, array.length, Integer.BYTES).asIntBuffer().put(array);
        } else if (value instanceof long[]) {
            long[] array = (long[]) value;
            room(out, LONGS, array.length, Long.BYTES).asLongBuffer().put(array);
        } else if (value instanceof double[]) {
            double[] array = (double[]) value;
            room(out, DOUBLES, array.length, Double.BYTES).asDoubleBuffer().put(array);
        } else {
            return false;
        }
        return true;
    }

    private static ByteBuffer room(WireBuffer out, byte tag, int length, int bytesEach) {
        if (length > WireBuffer.MAX_LENGTH / bytesEach) {
            throw new IllegalArgumentException("an array of " + length + " numbers of " + bytesEach
                    + " bytes; expected at most " + WireBuffer.MAX_LENGTH + " bytes");
        }
        out.writeByte(tag);
        out.writeVarInt(length);
        int start = out.extend(length * bytesEach);
        return ByteBuffer.wrap(out.array(), start, length * bytesEach).order(ByteOrder.LITTLE_ENDIAN);
    }

    // ---- reading ----

    /**
     * Reads the next value. Classes are those of the calling thread's context class loader.
     *
     * @param in where from
     * @param filter what may be read, or null for all that the virtual machine allows
     * @return the value
     * @throws StreamCorruptedException if the bytes are no value
     * @throws InvalidClassException if a class is not there, is another one, or is refused by the filter
     * @throws IOException if the value cannot be read for another reason; the cause tells it
     */
    static @Nullable Object read(WireBuffer in, @Nullable ObjectInputFilter filter) throws IOException {
        byte tag = in.readByte();
        switch (tag) {
            case OBJECT:
                return WireObjects.read(in, filter);
            case LIST:
                return WireList.read(in);
            case BYTES:
                return in.readBytes(in.readCount(1));
            case INTS: {
                int[] array = new int[in.readCount(Integer.BYTES)];
                data(in, array.length * Integer.BYTES).asIntBuffer().get(array);
                return array;
            }
            case LONGS: {
                long[] array = new long[in.readCount(Long.BYTES)];
                data(in, array.length * Long.BYTES).asLongBuffer().get(array);
                return array;
            }
            case DOUBLES: {
                double[] array = new double[in.readCount(Double.BYTES)];
                data(in, array.length * Double.BYTES).asDoubleBuffer().get(array);
                return array;
            }
            default:
                return readLeaf(tag, in);
        }
    }

    /**
     * The length of the array of bytes of which the buffer has at least the first {@link #MOST_BYTES_AHEAD} bytes next,
     * which are not read; negative if it has something else.
     */
    static long bytesAhead(WireBuffer in) throws StreamCorruptedException {
        int start = in.position();
        try {
            return in.readByte() == BYTES ? in.readVarLong() : -1L;
        } finally {
            in.position(start);
        }
    }

    /** Reads up to the bytes of an array of bytes; their number. */
    static int beginBytes(WireBuffer in) throws StreamCorruptedException {
        if (in.readByte() != BYTES) {
            throw new StreamCorruptedException("no array of bytes");
        }
        return in.readCount(1);
    }

    /** Appends a part of an array of bytes, as an array of its own. */
    static void writeBytes(byte[] source, int offset, int length, WireBuffer out) {
        out.writeByte(BYTES);
        out.writeVarInt(length);
        out.writeBytes(source, offset, length);
    }

    /** Whether a value that begins with the byte is read without code of its classes, whoever wrote it. */
    static boolean isPlain(byte first) {
        return first != OBJECT;
    }

    /** Reads null, a box or a string. */
    static @Nullable Object readLeaf(WireBuffer in) throws StreamCorruptedException {
        return readLeaf(in.readByte(), in);
    }

    private static @Nullable Object readLeaf(byte tag, WireBuffer in) throws StreamCorruptedException {
        switch (tag) {
            case NULL:
                return null;
            case TRUE:
                return Boolean.TRUE;
            case FALSE:
                return Boolean.FALSE;
            case BYTE:
                return in.readByte();
            case SHORT:
                return in.readShort();
            case CHARACTER:
                return (char) in.readShort();
            case INTEGER:
                int folded = in.readVarInt();
                return folded >>> 1 ^ -(folded & 1);
            case LONG:
                long foldedLong = in.readVarLong();
                return foldedLong >>> 1 ^ -(foldedLong & 1L);
            case FLOAT:
                return Float.intBitsToFloat(in.readInt());
            case DOUBLE:
                return Double.longBitsToDouble(in.readLong());
            case STRING:
                return in.readString();
            default:
                throw new StreamCorruptedException("a value cannot begin with byte " + tag);
        }
    }

    private static ByteBuffer data(WireBuffer in, int length) throws StreamCorruptedException {
        return ByteBuffer.wrap(in.array(), in.skip(length), length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
