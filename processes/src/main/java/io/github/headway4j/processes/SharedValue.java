// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Holdable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One number that several processes share, under a lock of its own: Python's {@code multiprocessing.Value}. Use it for
 * a counter, a total, a flag. Where many processes count all the time, {@link LongArray#getAndAdd} does without a lock.
 *
 * <pre>{@code
 * try (SharedValue counter = SharedValue.create(0L)) {
 *     SerializableRunnable worker = () -> {
 *         for (int i = 0; i < 1_000; i++) {
 *             counter.addAndGet(1L); // one step; in Python, counter.value += 1 is two
 *         }
 *     };
 *     …
 * }
 * }</pre>
 *
 * <p><b>Threads and processes.</b> Each method is one step. Several steps are one while the thread {@linkplain #hold()
 * holds} the value: other threads and processes wait until it gives back; the holding thread itself uses the value as
 * ever, but must not hold it twice.
 *
 * <p><b>Type.</b> A value is made as a {@code long} or as a {@code double} and stays so; the methods of the other type
 * throw {@code IllegalStateException}.
 *
 * <p><b>A dead process.</b> One that is killed in the middle of a step has done it or not. One that is killed while it
 * holds the value leaves what it has written; {@link #lock()}{@code .wasAbandoned()} tells the next one.
 *
 * <p><b>Blocking and interruption.</b> The methods wait, uninterruptibly, while another thread holds the value; the
 * forms of {@code hold} are those of {@link SharedLock}, with its fairness, its memory effects and its ways of waiting.
 *
 * <p><b>Nulls and bounds.</b> Null arguments are refused with {@code NullPointerException}. Sums wrap around.
 *
 * <p><b>Complexity and footprint.</b> 32 bytes of shared memory in a page of its own. A step costs what locking and
 * unlocking a {@link SharedLock} costs.
 *
 * @since 0.1
 */
public final class SharedValue implements Holdable, AutoCloseable, Serializable {
    /*
     * The lock stands first, then the type, then the value. A step that finds its own thread holding the lock does
     * without it. The writing of the value is one store, so a process that dies leaves the old value or the new one.
     */

    private static final long serialVersionUID = 1L;

    private static final int TYPE = 0;
    private static final int VALUE = 1;

    private static final long IS_LONG = 1L;
    private static final long IS_DOUBLE = 2L;

    private final transient SharedMemory memory;
    private final transient SharedLock lock;
    private final transient LongArray words;

    private SharedValue(SharedMemory memory) {
        this.memory = memory;
        this.lock = SharedLock.at(memory, 0L);
        this.words = memory.longs(SharedLock.BYTES, 2);
    }

    /**
     * Makes a value that is a {@code long}.
     *
     * @param value the first value
     * @return the value; to be closed by the caller
     * @throws IOException if there is no room for it
     */
    public static SharedValue create(long value) throws IOException {
        return create(IS_LONG, value);
    }

    /**
     * Makes a value that is a {@code double}.
     *
     * @param value the first value
     * @return the value; to be closed by the caller
     * @throws IOException if there is no room for it
     */
    public static SharedValue createDouble(double value) throws IOException {
        return create(IS_DOUBLE, Double.doubleToRawLongBits(value));
    }

    private static SharedValue create(long type, long bits) throws IOException {
        SharedValue made = new SharedValue(SharedMemory.create(SharedLock.BYTES + 2L * Long.BYTES));
        made.words.setVolatile(VALUE, bits);
        made.words.setVolatile(TYPE, type);
        return made;
    }

    // ---- a long ----

    /**
     * Reads the value.
     *
     * @return the value
     * @throws IllegalStateException if it is a {@code double}
     */
    public long get() {
        expect(IS_LONG);
        return read();
    }

    /**
     * Writes the value.
     *
     * @param value the new value
     * @throws IllegalStateException if it is a {@code double}
     */
    public void set(long value) {
        expect(IS_LONG);
        write(value);
    }

    /**
     * Adds to the value.
     *
     * @param delta what to add
     * @return the value before
     * @throws IllegalStateException if it is a {@code double}
     */
    public long getAndAdd(long delta) {
        return addAndGet(delta) - delta;
    }

    /**
     * Adds to the value.
     *
     * @param delta what to add
     * @return the value after that
     * @throws IllegalStateException if it is a {@code double}
     */
    public long addAndGet(long delta) {
        return update(value -> value + delta);
    }

    /**
     * Replaces the value by what a function makes of it. Nobody else can touch the value meanwhile.
     *
     * @param function called once; must not use the value by itself in another thread and wait for that
     * @return the new value
     * @throws IllegalStateException if it is a {@code double}
     */
    public long update(LongUnaryOperator function) {
        Objects.requireNonNull(function, "function");
        expect(IS_LONG);
        try (Held held = holdUnlessHeld()) {
            long value = function.applyAsLong(words.getVolatile(VALUE));
            words.setVolatile(VALUE, value);
            return value;
        }
    }

    // ---- a double ----

    /**
     * Reads the value.
     *
     * @return the value
     * @throws IllegalStateException if it is a {@code long}
     */
    public double getDouble() {
        expect(IS_DOUBLE);
        return Double.longBitsToDouble(read());
    }

    /**
     * Writes the value.
     *
     * @param value the new value
     * @throws IllegalStateException if it is a {@code long}
     */
    public void setDouble(double value) {
        expect(IS_DOUBLE);
        write(Double.doubleToRawLongBits(value));
    }

    /**
     * Replaces the value by what a function makes of it. Nobody else can touch the value meanwhile.
     *
     * @param function called once; must not use the value by itself in another thread and wait for that
     * @return the new value
     * @throws IllegalStateException if it is a {@code long}
     */
    public double updateDouble(DoubleUnaryOperator function) {
        Objects.requireNonNull(function, "function");
        expect(IS_DOUBLE);
        try (Held held = holdUnlessHeld()) {
            double value = function.applyAsDouble(Double.longBitsToDouble(words.getVolatile(VALUE)));
            words.setVolatile(VALUE, Double.doubleToRawLongBits(value));
            return value;
        }
    }

    // ---- holding ----

    @Override
    public Held hold() {
        return lock.hold();
    }

    @Override
    public Held holdInterruptibly() throws InterruptedException {
        return lock.holdInterruptibly();
    }

    @Override
    public @Nullable Held tryHold() {
        return lock.tryHold();
    }

    @Override
    public @Nullable Held tryHold(Duration timeout) throws InterruptedException {
        return lock.tryHold(timeout);
    }

    /**
     * The lock of the value: Python's {@code get_lock()}.
     *
     * @return the lock
     */
    public SharedLock lock() {
        return lock;
    }

    /** Ends the use of this object; if {@code create} made it, the value cannot be sent to others any more. */
    @Override
    public void close() {
        memory.close();
    }

    /** The value and whether it is held, in one line. */
    @Override
    public String toString() {
        if (!memory.isOpen()) {
            return "SharedValue[closed]";
        }
        long bits = words.getVolatile(VALUE);
        return "SharedValue[" + (words.get(TYPE) == IS_DOUBLE ? "" + Double.longBitsToDouble(bits) : "" + bits)
                + (lock.isLocked() ? ", held by process " + lock.holderPid().orElse(0L) + "]" : "]");
    }

    // ---- steps ----

    private long read() {
        try (Held held = holdUnlessHeld()) {
            return words.getVolatile(VALUE);
        }
    }

    private void write(long bits) {
        try (Held held = holdUnlessHeld()) {
            words.setVolatile(VALUE, bits);
        }
    }

    private @Nullable Held holdUnlessHeld() {
        return lock.core().isHeldByThisThread() ? null : lock.hold();
    }

    private void expect(long type) {
        if (words.getVolatile(TYPE) != type) {
            throw new IllegalStateException("the value is a " + (type == IS_LONG ? "double" : "long") + "; expected a "
                    + (type == IS_LONG ? "long" : "double"));
        }
    }

    // ---- sending ----

    private Object writeReplace() {
        return new Sent(memory);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("expected the place of the value");
    }

    /** What is sent: where the value is. */
    private record Sent(SharedMemory memory) implements Serializable {
        private Object readResolve() {
            return new SharedValue(memory);
        }
    }
}
