// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists of boxes and strings as bytes. What {@code map} sends to a pool and gets back in chunks is mostly of this kind,
 * so each element is to cost a few nanoseconds: numbers of one type have no tag, and all have the width in bytes that
 * the largest of them needs.
 */
final class WireList {

    /* Which class of list it is. Only classes whose lists are all made alike, no subclasses. */
    static final int NONE = -1;
    private static final int ARRAY_LIST = 0;
    private static final int FIXED = 1; // Arrays.asList
    private static final int IMMUTABLE = 2; // List.of
    private static final int STREAMED = 3; // Stream.toList, of the same class, but may hold and be asked for null

    /* What the elements are. */
    private static final int MIXED = 0;
    private static final int INTEGERS = 1;
    private static final int LONGS = 2;
    private static final int DOUBLES = 3;
    private static final int STRINGS = 4;

    private static final Class<?> FIXED_CLASS = Arrays.asList(0, 1).getClass();
    private static final Class<?> IMMUTABLE_FEW = List.of(0).getClass();
    private static final Class<?> IMMUTABLE_MANY = List.of(0, 1, 2).getClass();

    private WireList() {}

    /** Which of the lists that have a form here the object is, or NONE. */
    static int kindOf(@Nullable Object value) {
        if (value == null) {
            return NONE;
        }
        Class<?> type = value.getClass();
        if (type == ArrayList.class) {
            return ARRAY_LIST;
        }
        if (type == IMMUTABLE_FEW) {
            return IMMUTABLE;
        }
        if (type == IMMUTABLE_MANY) {
            return takesNull((List<?>) value) ? STREAMED : IMMUTABLE;
        }
        return type == FIXED_CLASS ? FIXED : NONE;
    }

    @SuppressWarnings("nullness:argument") // that is the question
    private static boolean takesNull(List<?> list) {
        try {
            return list.indexOf(null) >= -1;
        } catch (NullPointerException refused) {
            return false;
        }
    }

    // ---- writing ----

    /** Writes the list. False if it has other elements than boxes and strings; what was written is of no use then. */
    static boolean write(Object list, int kind, WireBuffer out) {
        @Nullable Object[] elements = ((List<?>) list).toArray();
        int type = typeOf(elements);
        out.writeByte(kind << 4 | type);
        switch (type) {
            case INTEGERS:
                writeIntegers(elements, out);
                return true;
            case LONGS:
                writeLongs(elements, out);
                return true;
            case DOUBLES:
                writeDoubles(elements, out);
                return true;
            case STRINGS:
                out.writeVarInt(elements.length);
                for (@Nullable Object element : elements) {
                    out.writeString(element == null ? "" : (String) element);
                }
                return true;
            default:
                out.writeVarInt(elements.length);
                for (@Nullable Object element : elements) {
                    if (!Wire.writeLeaf(element, out)) {
                        return false;
                    }
                }
                return true;
        }
    }

    private static int typeOf(@Nullable Object[] elements) {
        Object first = elements.length == 0 ? null : elements[0];
        if (first == null) {
            return MIXED;
        }
        Class<?> type = first.getClass();
        for (@Nullable Object element : elements) {
            if (element == null || element.getClass() != type) {
                return MIXED;
            }
        }
        if (type == Integer.class) {
            return INTEGERS;
        }
        if (type == Long.class) {
            return LONGS;
        }
        if (type == Double.class) {
            return DOUBLES;
        }
        return type == String.class ? STRINGS : MIXED;
    }

    private static void writeIntegers(@Nullable Object[] elements, WireBuffer out) {
        int n = elements.length;
        int bits = 0;
        for (@Nullable Object element : elements) {
            int number = intOf(element);
            bits |= number ^ number >> 31;
        }
        // a number and its sign bit: width 1 for -128 to 127
        int width = bits < 1 << 7 ? 1 : bits < 1 << 15 ? 2 : 4;
        int at = begin(out, n, width);
        byte[] bytes = out.array();
        if (width == 1) {
            for (int i = 0; i < n; i++) {
                bytes[at + i] = (byte) intOf(elements[i]);
            }
        } else if (width == 2) {
            for (int i = 0; i < n; i++) {
                WireBuffer.SHORTS.set(bytes, at + (i << 1), (short) intOf(elements[i]));
            }
        } else {
            for (int i = 0; i < n; i++) {
                WireBuffer.INTS.set(bytes, at + (i << 2), intOf(elements[i]));
            }
        }
    }

    private static void writeLongs(@Nullable Object[] elements, WireBuffer out) {
        int n = elements.length;
        long bits = 0L;
        for (@Nullable Object element : elements) {
            long number = longOf(element);
            bits |= number ^ number >> 63;
        }
        int width = bits < 1L << 7 ? 1 : bits < 1L << 15 ? 2 : bits < 1L << 31 ? 4 : 8;
        int at = begin(out, n, width);
        byte[] bytes = out.array();
        if (width == 1) {
            for (int i = 0; i < n; i++) {
                bytes[at + i] = (byte) longOf(elements[i]);
            }
        } else if (width == 2) {
            for (int i = 0; i < n; i++) {
                WireBuffer.SHORTS.set(bytes, at + (i << 1), (short) longOf(elements[i]));
            }
        } else if (width == 4) {
            for (int i = 0; i < n; i++) {
                WireBuffer.INTS.set(bytes, at + (i << 2), (int) longOf(elements[i]));
            }
        } else {
            for (int i = 0; i < n; i++) {
                WireBuffer.LONGS.set(bytes, at + (i << 3), longOf(elements[i]));
            }
        }
    }

    private static void writeDoubles(@Nullable Object[] elements, WireBuffer out) {
        int at = begin(out, elements.length, Double.BYTES);
        byte[] bytes = out.array();
        for (int i = 0; i < elements.length; i++) {
            Object element = elements[i];
            double number = element == null ? 0.0 : (Double) element;
            WireBuffer.LONGS.set(bytes, at + (i << 3), Double.doubleToRawLongBits(number));
        }
    }

    /** Writes the width and the count, makes room, and tells where the numbers begin. */
    private static int begin(WireBuffer out, int count, int width) {
        if (count > WireBuffer.MAX_LENGTH / width) {
            throw new IllegalArgumentException("a list of " + count + " numbers of " + width
                    + " bytes; expected at most " + WireBuffer.MAX_LENGTH + " bytes");
        }
        out.writeByte(width);
        out.writeVarInt(count);
        return out.extend(count * width);
    }

    private static int intOf(@Nullable Object element) {
        return element == null ? 0 : (Integer) element; // none is null: typeOf has looked
    }

    private static long longOf(@Nullable Object element) {
        return element == null ? 0L : (Long) element;
    }

    // ---- reading ----

    static List<?> read(WireBuffer in) throws StreamCorruptedException {
        int header = in.readByte();
        int kind = header >> 4;
        if (kind < ARRAY_LIST || kind > STREAMED) {
            throw new StreamCorruptedException("a list cannot be of kind " + kind);
        }
        @Nullable Object[] elements = readElements(header & 0xF, in);
        switch (kind) {
            case ARRAY_LIST:
                return new ArrayList<>(Arrays.asList(elements));
            case FIXED:
                return Arrays.asList(elements);
            case STREAMED:
                return Arrays.stream(elements).toList();
            default:
                for (@Nullable Object element : elements) {
                    if (element == null) {
                        throw new StreamCorruptedException("null in a list that cannot hold it");
                    }
                }
                return List.of(elements);
        }
    }

    private static @Nullable Object[] readElements(int type, WireBuffer in) throws StreamCorruptedException {
        switch (type) {
            case INTEGERS:
                return readIntegers(in);
            case LONGS:
                return readLongs(in);
            case DOUBLES:
                return readDoubles(in);
            case STRINGS: {
                @Nullable Object[] strings = new @Nullable Object[in.readCount(1)];
                for (int i = 0; i < strings.length; i++) {
                    strings[i] = in.readString();
                }
                return strings;
            }
            case MIXED: {
                @Nullable Object[] leaves = new @Nullable Object[in.readCount(1)];
                for (int i = 0; i < leaves.length; i++) {
                    leaves[i] = Wire.readLeaf(in);
                }
                return leaves;
            }
            default:
                throw new StreamCorruptedException("a list cannot have elements of type " + type);
        }
    }

    private static @Nullable Object[] readIntegers(WireBuffer in) throws StreamCorruptedException {
        int width = in.readByte();
        @Nullable Object[] numbers = new @Nullable Object[in.readCount(checked(width, Integer.BYTES))];
        int n = numbers.length;
        int at = in.skip(n * width);
        byte[] bytes = in.array();
        if (width == 1) {
            for (int i = 0; i < n; i++) {
                numbers[i] = (int) bytes[at + i];
            }
        } else if (width == 2) {
            for (int i = 0; i < n; i++) {
                numbers[i] = (int) (short) WireBuffer.SHORTS.get(bytes, at + (i << 1));
            }
        } else {
            for (int i = 0; i < n; i++) {
                numbers[i] = (int) WireBuffer.INTS.get(bytes, at + (i << 2));
            }
        }
        return numbers;
    }

    private static @Nullable Object[] readLongs(WireBuffer in) throws StreamCorruptedException {
        int width = in.readByte();
        @Nullable Object[] numbers = new @Nullable Object[in.readCount(checked(width, Long.BYTES))];
        int n = numbers.length;
        int at = in.skip(n * width);
        byte[] bytes = in.array();
        if (width == 1) {
            for (int i = 0; i < n; i++) {
                numbers[i] = (long) bytes[at + i];
            }
        } else if (width == 2) {
            for (int i = 0; i < n; i++) {
                numbers[i] = (long) (short) WireBuffer.SHORTS.get(bytes, at + (i << 1));
            }
        } else if (width == 4) {
            for (int i = 0; i < n; i++) {
                numbers[i] = (long) (int) WireBuffer.INTS.get(bytes, at + (i << 2));
            }
        } else {
            for (int i = 0; i < n; i++) {
                numbers[i] = (long) WireBuffer.LONGS.get(bytes, at + (i << 3));
            }
        }
        return numbers;
    }

    private static @Nullable Object[] readDoubles(WireBuffer in) throws StreamCorruptedException {
        int width = in.readByte();
        if (width != Double.BYTES) {
            throw new StreamCorruptedException("a list of doubles of " + width + " bytes each");
        }
        @Nullable Object[] numbers = new @Nullable Object[in.readCount(width)];
        int at = in.skip(numbers.length * width);
        byte[] bytes = in.array();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Double.longBitsToDouble((long) WireBuffer.LONGS.get(bytes, at + (i << 3)));
        }
        return numbers;
    }

    private static int checked(int width, int widest) throws StreamCorruptedException {
        if (width < 1 || width > widest || Integer.bitCount(width) != 1) {
            throw new StreamCorruptedException("a list of numbers of " + width + " bytes each");
        }
        return width;
    }
}
