// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.WaitQueue;
import java.io.EOFException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One end of a {@link Pipe}: what is sent here is received at the other end, message by message, in the order of
 * sending.
 *
 * <p><b>Sending an end.</b> An end that is sent to another process, as what a child's code captures, through a queue or
 * through a pipe, is the same end there; both processes have it then, and each closes its own object. Until it arrives it
 * counts as open, for a minute at most. It can be on its way 32 times at once; a message for which a queue or pipe has no
 * room does not count. The process that made the pipe has to have an end of it open, or one on its way,
 * when an end is to arrive.
 *
 * <p><b>Messages</b> are copied as the elements of a {@link ProcessQueue}; {@code null} is a message like any other.
 * {@code sendBytes} sends an array of bytes, and {@code receiveBytes} receives one, by whatever method it was sent. Each
 * message is received as a whole, by one receiver.
 *
 * <p><b>The other end closed.</b> Once all who had the other end have closed it, or ended, or were killed, {@code send}
 * throws {@link IOException}, and {@code receive}, when it has received what had been sent, {@link EOFException}. A call
 * that waits notices the death of a process within a tenth of a second or so, a {@code send} that need not wait perhaps
 * not before the pipe is full.
 *
 * <p><b>Threads.</b> All methods may be called by all threads, and in all processes that have the end, at once.
 *
 * <p><b>Blocking and interruption.</b> {@code send} waits while 256 KiB of messages are on their way, and with a message
 * longer than 32 KiB until all others have been received; {@code receive} waits for a message. Both are interruptible
 * and in timed forms, as the {@linkplain io.github.headway4j.primitives contract of everything that blocks} says; an
 * interrupt does not close the pipe. Who waits for another process looks again and again, with pauses that grow to 5 ms.
 *
 * <p><b>Memory consistency.</b> Actions before sending a message happen-before actions after it has been received.
 *
 * <p><b>Nulls and bounds.</b> Null arguments other than messages are refused with {@code NullPointerException}. A pipe's
 * end can be open 32 times, in all processes together.
 *
 * @since 0.1
 */
public final class PipeEnd implements AutoCloseable, Serializable {
    /*
     * Model. The end sends into the tail of one SharedRing and receives at the head of another. That the other end is
     * gone shows as a closed ring: closed by who closed that end's last object, or, if they were killed, by whoever
     * finds out in the table, for which those who wait look now and then.
     */

    private static final long serialVersionUID = 1L;

    /** How often those who wait look whether somebody at the other end lives: it takes the system some 20 us. */
    private static final long LOOKS_EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final transient PipeCore core;
    private final transient int end;
    private final transient int place;
    private final transient @Nullable SharedRing incoming;
    private final transient @Nullable SharedRing outgoing;
    private final transient Buffers buffers = new Buffers();

    private transient volatile long lookedAt = System.nanoTime();
    private transient volatile boolean closed;

    private PipeEnd(PipeCore core, int end) throws IOException {
        this.core = core;
        this.end = end;
        this.place = core.table.enter(end);
        this.incoming = ring(core.incoming(end));
        this.outgoing = ring(core.outgoing(end));
    }

    private @Nullable SharedRing ring(@Nullable RingMemory words) {
        return words == null ? null : new SharedRing(words, core.annex, this, this::goesOn, null);
    }

    /** An end of a pipe. */
    static PipeEnd of(PipeCore core, int end) throws IOException {
        return new PipeEnd(core, end);
    }

    // ---- sending ----

    /**
     * Sends a message, and waits for room.
     *
     * @param message any object that can be serialized, or null
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is sent
     * @throws NotSerializableException if the message, or something in it, cannot be serialized; nothing is sent
     * @throws ClosedChannelException if this end is, or is meanwhile, closed
     * @throws IOException if the other end is not open any more: nobody will receive the message
     * @throws NonWritableChannelException if this end only receives
     */
    public void send(@Nullable Object message) throws IOException, InterruptedException {
        send(message, SharedRing.FOREVER);
    }

    /**
     * Sends a message, and waits at most the given time for room.
     *
     * @param message any object that can be serialized, or null
     * @param timeout the longest wait; zero or negative means to try once
     * @return true if it was sent, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is sent
     * @throws NotSerializableException if the message, or something in it, cannot be serialized; nothing is sent
     * @throws ClosedChannelException if this end is, or is meanwhile, closed
     * @throws IOException if the other end is not open any more: nobody will receive the message
     * @throws NonWritableChannelException if this end only receives
     */
    public boolean send(@Nullable Object message, Duration timeout) throws IOException, InterruptedException {
        return send(message, WaitQueue.saturatedNanos(timeout));
    }

    /**
     * Sends a part of an array of bytes as one message, and waits for room.
     *
     * @param bytes the array, which is copied
     * @param offset where the part begins
     * @param length how many bytes it has, perhaps none
     * @throws IndexOutOfBoundsException if that is not a part of the array; nothing is sent
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is sent
     * @throws ClosedChannelException if this end is, or is meanwhile, closed
     * @throws IOException if the other end is not open any more: nobody will receive the message
     * @throws NonWritableChannelException if this end only receives
     */
    public void sendBytes(byte[] bytes, int offset, int length) throws IOException, InterruptedException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        SharedRing ring = checkWritable();
        WireBuffer buffer = buffers.get();
        try {
            Wire.writeBytes(bytes, offset, length, buffer);
            put(ring, buffer, SharedRing.FOREVER);
        } finally {
            buffers.give(buffer);
        }
    }

    /**
     * Sends an array of bytes as one message, and waits for room.
     *
     * @param bytes the array, which is copied
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is sent
     * @throws ClosedChannelException if this end is, or is meanwhile, closed
     * @throws IOException if the other end is not open any more: nobody will receive the message
     * @throws NonWritableChannelException if this end only receives
     */
    public void sendBytes(byte[] bytes) throws IOException, InterruptedException {
        sendBytes(bytes, 0, bytes.length);
    }

    private boolean send(@Nullable Object message, long nanos) throws IOException, InterruptedException {
        SharedRing ring = checkWritable();
        WireBuffer buffer = buffers.get();
        boolean sent = false;
        try {
            Wire.write(message, buffer);
            sent = put(ring, buffer, nanos);
            return sent;
        } finally {
            if (!sent) {
                buffer.isNotSent();
            }
            buffers.give(buffer);
        }
    }

    private boolean put(SharedRing ring, WireBuffer buffer, long nanos) throws IOException, InterruptedException {
        SharedRing.Result result;
        try {
            result = ring.tail().put(buffer, nanos);
        } catch (IllegalStateException unmapped) {
            checkOpen(); // closed by another thread
            throw unmapped;
        }
        if (result == SharedRing.Result.CLOSED) {
            checkOpen();
            throw new IOException("broken pipe: nobody has the other end of " + this);
        }
        return result == SharedRing.Result.DONE;
    }

    // ---- receiving ----

    /**
     * Waits for a message, and receives it.
     *
     * @return the message, perhaps null
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is received
     * @throws EOFException if the other end is, or is meanwhile, not open any more, and nothing is left
     * @throws ClosedChannelException if this end is, or is meanwhile, closed
     * @throws IOException if the message cannot be read, for instance because this process does not have its class; it is
     *     gone
     * @throws NonReadableChannelException if this end only sends
     */
    public @Nullable Object receive() throws IOException, InterruptedException {
        WireBuffer buffer = buffers.get();
        try {
            take(buffer, null, SharedRing.FOREVER);
            return Wire.read(buffer, null);
        } finally {
            buffers.give(buffer);
        }
    }

    /**
     * Waits at most the given time for a message, and receives it.
     *
     * @param timeout the longest wait; zero or negative means to try once
     * @return the message, perhaps null
     * @throws TimeoutException if the time ran out; nothing is received
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is received
     * @throws EOFException if the other end is, or is meanwhile, not open any more, and nothing is left
     * @throws ClosedChannelException if this end is, or is meanwhile, closed
     * @throws IOException if the message cannot be read; it is gone
     * @throws NonReadableChannelException if this end only sends
     */
    public @Nullable Object receive(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        WireBuffer buffer = buffers.get();
        try {
            if (!take(buffer, null, WaitQueue.saturatedNanos(timeout))) {
                throw new TimeoutException("no message within " + timeout + " at " + this);
            }
            return Wire.read(buffer, null);
        } finally {
            buffers.give(buffer);
        }
    }

    /**
     * Waits for a message, which must be an array of bytes, and receives it.
     *
     * @return the bytes
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is received
     * @throws EOFException if the other end is, or is meanwhile, not open any more, and nothing is left
     * @throws ClosedChannelException if this end is, or is meanwhile, closed
     * @throws IOException if the message is another object; it stays in the pipe
     * @throws NonReadableChannelException if this end only sends
     */
    public byte[] receiveBytes() throws IOException, InterruptedException {
        return receiveBytes(Integer.MAX_VALUE);
    }

    /**
     * Waits for a message, which must be an array of bytes, and receives it.
     *
     * @param max how many bytes it may have
     * @return the bytes
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is received
     * @throws EOFException if the other end is, or is meanwhile, not open any more, and nothing is left
     * @throws ClosedChannelException if this end is, or is meanwhile, closed
     * @throws IOException if the message is longer, or is another object; it stays in the pipe
     * @throws IllegalArgumentException if the number is negative
     * @throws NonReadableChannelException if this end only sends
     */
    public byte[] receiveBytes(int max) throws IOException, InterruptedException {
        if (max < 0) {
            throw new IllegalArgumentException("max " + max + "; expected 0 or more");
        }
        WireBuffer buffer = buffers.get();
        try {
            take(buffer, new BytesUpTo(max), SharedRing.FOREVER);
            return buffer.readBytes(Wire.beginBytes(buffer));
        } finally {
            buffers.give(buffer);
        }
    }

    /**
     * Waits for a message, which must be an array of bytes, and receives it into an array of the caller.
     *
     * @param target the array
     * @param offset where the first byte goes
     * @return how many bytes were received
     * @throws IndexOutOfBoundsException if there is no such place in the array; nothing is received
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; nothing is received
     * @throws EOFException if the other end is, or is meanwhile, not open any more, and nothing is left
     * @throws ClosedChannelException if this end is, or is meanwhile, closed
     * @throws IOException if the message is longer than what is left of the array, or is another object; it stays in the
     *     pipe
     * @throws NonReadableChannelException if this end only sends
     */
    public int receiveBytes(byte[] target, int offset) throws IOException, InterruptedException {
        int max = target.length - Objects.checkFromIndexSize(offset, 0, target.length);
        WireBuffer buffer = buffers.get();
        try {
            take(buffer, new BytesUpTo(max), SharedRing.FOREVER);
            int length = Wire.beginBytes(buffer);
            buffer.readBytes(target, offset, length);
            return length;
        } finally {
            buffers.give(buffer);
        }
    }

    /**
     * Whether {@code receive} would not wait: there is a message, or the other end is not open any more.
     *
     * @return true if so at some moment during the call
     * @throws ClosedChannelException if this end is closed
     * @throws NonReadableChannelException if this end only sends
     */
    public boolean poll() throws ClosedChannelException {
        checkReadable();
        return isReady();
    }

    /**
     * Waits at most the given time until {@code receive} would not wait.
     *
     * @param timeout the longest wait; zero or negative means to look once
     * @return true if there is a message, or the other end is not open any more; false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     * @throws ClosedChannelException if this end is, or is meanwhile, closed
     * @throws NonReadableChannelException if this end only sends
     */
    public boolean poll(Duration timeout) throws ClosedChannelException, InterruptedException {
        checkReadable();
        boolean ready = SharedWait.until(this::isReady, this, WaitQueue.saturatedNanos(timeout));
        checkOpen();
        return ready;
    }

    private boolean take(WireBuffer buffer, SharedRing.@Nullable Inspection inspection, long nanos)
            throws IOException, InterruptedException {
        SharedRing ring = checkReadable();
        SharedRing.Result result;
        try {
            result = ring.head().take(buffer, inspection, nanos);
        } catch (IllegalStateException unmapped) {
            checkOpen(); // closed by another thread
            throw unmapped;
        }
        if (result == SharedRing.Result.CLOSED) {
            checkOpen();
            throw new EOFException("nobody has the other end of " + this + ", and nothing is left");
        }
        return result == SharedRing.Result.DONE;
    }

    /** Takes an array of so many bytes at most, and looks at no more than where it begins. */
    private record BytesUpTo(int max) implements SharedRing.Inspection {
        @Override
        public int looksAt() {
            return Wire.MOST_BYTES_AHEAD;
        }

        @Override
        public boolean takes(WireBuffer message) throws IOException {
            long length = Wire.bytesAhead(message);
            if (length < 0L || length > max) {
                throw new IOException("the next message is "
                        + (length < 0L ? "no array of bytes" : length + " bytes long; expected at most " + max));
            }
            return true;
        }
    }

    /** Whether receive would not wait, be it since this end is closed. */
    boolean isReady() {
        SharedRing ring = incoming;
        try {
            return ring != null
                    && (ring.head().mayHaveMessage() || !goesOn() || ring.head().mayHaveMessage());
        } catch (IllegalStateException unmapped) {
            if (closed) {
                return true;
            }
            throw unmapped;
        }
    }

    /** For tests: where messages arrive. */
    @Nullable
    SharedRing incoming() {
        return incoming;
    }

    /** For tests: where messages go. */
    @Nullable
    SharedRing outgoing() {
        return outgoing;
    }

    // ---- the end ----

    /**
     * Ends the use of this object. If nobody else has this end of the pipe, those at the other end are told. Calls that
     * wait here are told, too.
     */
    @Override
    public void close() {
        synchronized (core) { // short, and nothing in it waits for long
            if (closed) {
                return;
            }
            closed = true;
        }
        core.leave(end, place);
    }

    /**
     * Whether this object can be used.
     *
     * @return false once it was closed
     */
    public boolean isOpen() {
        return !closed;
    }

    /** Which end of which pipe, in one line. */
    @Override
    public String toString() {
        String ways = incoming == null ? "sends" : outgoing == null ? "receives" : "sends and receives";
        return "PipeEnd[" + core.memory.name() + ", " + (end == 0 ? "first, " : "second, ") + ways
                + (closed ? ", closed]" : "]");
    }

    /** Whether a wait is to go on. Looks now and then whether those at the other end live. */
    private boolean goesOn() {
        if (closed) {
            return false;
        }
        long now = System.nanoTime();
        if (now - lookedAt >= LOOKS_EACH_NANOS) {
            lookedAt = now;
            if (!core.table.isOpen(1 - end)) {
                core.closeRings();
            }
        }
        return true;
    }

    private void checkOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    SharedRing checkReadable() throws ClosedChannelException {
        SharedRing ring = incoming;
        if (ring == null) {
            throw new NonReadableChannelException();
        }
        checkOpen();
        return ring;
    }

    private SharedRing checkWritable() throws ClosedChannelException {
        SharedRing ring = outgoing;
        if (ring == null) {
            throw new NonWritableChannelException();
        }
        checkOpen();
        return ring;
    }

    // ---- travelling ----

    private Object writeReplace() throws NotSerializableException {
        if (closed) {
            throw new NotSerializableException(this + "; expected it to be open");
        }
        try {
            long ticket = core.table.depart(end);
            WireObjects.ifNotSent(() -> takeBack(ticket));
            return new Sent(core.memory, end, ticket);
        } catch (IOException e) {
            NotSerializableException failure = new NotSerializableException(e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    private void takeBack(long ticket) {
        try {
            core.table.arrive(end, ticket);
        } catch (IllegalStateException unmapped) {
            // Closed meanwhile. The way counts until its time is over.
        }
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("expected the memory of the pipe alone");
    }

    /** What is sent: the memory, and which end. */
    private record Sent(SharedMemory memory, int end, long ticket) implements Serializable {
        private Object readResolve() throws InvalidObjectException {
            try {
                PipeCore core = PipeCore.at(memory);
                PipeEnd arrived = of(core, Objects.checkIndex(end, 2));
                core.table.arrive(end, ticket);
                return arrived;
            } catch (IOException | IndexOutOfBoundsException e) {
                memory.close();
                InvalidObjectException failure = new InvalidObjectException("cannot open a pipe in " + memory);
                failure.initCause(e);
                throw failure;
            }
        }
    }
}
