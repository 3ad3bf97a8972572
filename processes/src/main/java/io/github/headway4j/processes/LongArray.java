// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers in {@link SharedMemory}, an array of {@code long} that several processes see. Made by
 * {@link SharedMemory#longs()}; one that is sent to another process is the same numbers there.
 *
 * <p><b>Threads.</b> Any number of threads and processes may read and write. No access tears: what is read was written,
 * or zero at first.
 *
 * <p><b>Memory consistency.</b> As for a variable of which {@link VarHandle} tells, between threads and between
 * processes alike: {@code get} and {@code set} are plain; actions before {@code setRelease} happen-before actions after
 * the {@code getAcquire} that sees its value; {@code getVolatile}, {@code setVolatile} and the atomic operations have
 * volatile effects. Copies of many numbers are plain.
 *
 * <p><b>Progress.</b> Nothing waits.
 *
 * <p><b>Nulls and bounds.</b> Bad indices are refused with {@code IndexOutOfBoundsException}, nulls with
 * {@code NullPointerException}. After {@link SharedMemory#close()} every access throws {@code IllegalStateException}.
 *
 * <p><b>Complexity and footprint.</b> 24 bytes, and 8 in the memory for each number. An access costs a few nanoseconds,
 * because of the looks at the index and at whether the memory is open; copies run at the speed of main memory, as those
 * between arrays do.
 *
 * @since 0.1
 */
public final class LongArray implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int SHIFT = 3;

    /** So many numbers are filled in one go. */
    private static final int FILLED_AT_ONCE = 1_024;

    private static final VarHandle ELEMENT =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final SharedMemory memory;
    private final int offset;
    private final int length;

    LongArray(SharedMemory memory, int offset, int length) {
        this.memory = memory;
        this.offset = offset;
        this.length = length;
    }

    /**
     * How many numbers there are.
     *
     * @return the number
     */
    public int length() {
        return length;
    }

    // ---- one number ----

    /**
     * Reads a number.
     *
     * @param index its index
     * @return the number
     */
    public long get(int index) {
        long value = (long) ELEMENT.get(memory.data(), at(index));
        Reference.reachabilityFence(memory);
        return value;
    }

    /**
     * Writes a number.
     *
     * @param index its index
     * @param value the number
     */
    public void set(int index, long value) {
        ELEMENT.set(memory.data(), at(index), value);
        Reference.reachabilityFence(memory);
    }

    /**
     * Reads a number, and sees what was done before the {@link #setRelease} that wrote it.
     *
     * @param index its index
     * @return the number
     */
    public long getAcquire(int index) {
        long value = (long) ELEMENT.getAcquire(memory.data(), at(index));
        Reference.reachabilityFence(memory);
        return value;
    }

    /**
     * Writes a number after everything that was done before.
     *
     * @param index its index
     * @param value the number
     */
    public void setRelease(int index, long value) {
        ELEMENT.setRelease(memory.data(), at(index), value);
        Reference.reachabilityFence(memory);
    }

    /**
     * Reads a number as if it were volatile.
     *
     * @param index its index
     * @return the number
     */
    public long getVolatile(int index) {
        long value = (long) ELEMENT.getVolatile(memory.data(), at(index));
        Reference.reachabilityFence(memory);
        return value;
    }

    /**
     * Writes a number as if it were volatile.
     *
     * @param index its index
     * @param value the number
     */
    public void setVolatile(int index, long value) {
        ELEMENT.setVolatile(memory.data(), at(index), value);
        Reference.reachabilityFence(memory);
    }

    /**
     * Writes a number if there is the expected one.
     *
     * @param index its index
     * @param expected the number to be replaced
     * @param value the number
     * @return true if it was replaced
     */
    public boolean compareAndSet(int index, long expected, long value) {
        boolean done = ELEMENT.compareAndSet(memory.data(), at(index), expected, value);
        Reference.reachabilityFence(memory);
        return done;
    }

    /**
     * Adds to a number in one step.
     *
     * @param index its index
     * @param delta what to add
     * @return the number before
     */
    public long getAndAdd(int index, long delta) {
        long before = (long) ELEMENT.getAndAdd(memory.data(), at(index), delta);
        Reference.reachabilityFence(memory);
        return before;
    }

    /**
     * Adds to a number in one step.
     *
     * @param index its index
     * @param delta what to add
     * @return the number after that
     */
    public long addAndGet(int index, long delta) {
        return getAndAdd(index, delta) + delta;
    }

    // ---- many ----

    /**
     * Copies numbers of an array to here.
     *
     * @param index where to write the first one
     * @param source the array
     * @param from the index of the first one in the array
     * @param count how many
     */
    public void copyFrom(int index, long[] source, int from, int count) {
        Objects.checkFromIndexSize(from, count, source.length);
        part(index, count).put(0, source, from, count);
        Reference.reachabilityFence(memory);
    }

    /**
     * Copies all numbers of an array to the beginning of this.
     *
     * @param source the array
     */
    public void copyFrom(long[] source) {
        copyFrom(0, source, 0, source.length);
    }

    /**
     * Copies numbers from here to an array.
     *
     * @param index the index of the first one here
     * @param target the array
     * @param to where to write the first one
     * @param count how many
     */
    public void copyTo(int index, long[] target, int to, int count) {
        Objects.checkFromIndexSize(to, count, target.length);
        part(index, count).get(0, target, to, count);
        Reference.reachabilityFence(memory);
    }

    /**
     * Copies as many numbers as the array holds from the beginning of this to the array.
     *
     * @param target the array
     */
    public void copyTo(long[] target) {
        copyTo(0, target, 0, target.length);
    }

    /**
     * All numbers as an array of this process.
     *
     * @return a copy
     */
    public long[] toArray() {
        long[] copy = new long[length];
        copyTo(copy);
        return copy;
    }

    /**
     * Writes the same number everywhere.
     *
     * @param value the number
     */
    public void fill(long value) {
        long[] values = new long[Math.min(length, FILLED_AT_ONCE)];
        Arrays.fill(values, value);
        for (int done = 0; done < length; done += values.length) {
            copyFrom(done, values, 0, Math.min(values.length, length - done));
        }
    }

    /** Length and memory, in one line. */
    @Override
    public String toString() {
        return "LongArray[" + length + " at " + offset + " of " + memory + "]";
    }

    private int at(int index) {
        return offset + (Objects.checkIndex(index, length) << SHIFT);
    }

    private LongBuffer part(int index, int count) {
        Objects.checkFromIndexSize(index, count, length);
        ByteBuffer bytes = memory.data();
        return bytes.slice(offset + (index << SHIFT), count << SHIFT)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }
}
