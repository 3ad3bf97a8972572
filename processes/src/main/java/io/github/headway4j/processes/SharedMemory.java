// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * A piece of memory that several processes of one user see: Python's {@code multiprocessing.shared_memory}. Use it for
 * large arrays that would be too slow to send, and as the ground on which {@link SharedLock} and its like stand. For
 * messages take a queue or a pipe.
 *
 * <pre>{@code
 * try (SharedMemory memory = SharedMemory.create(8 * 1_000_000)) {
 *     LongArray numbers = memory.longs();
 *     try (ChildProcess child = ChildProcess.start(() -> numbers.set(0, 42))) {
 *         child.join();
 *     }
 *     System.out.println(numbers.get(0)); // 42
 * }
 * }</pre>
 *
 * <p><b>Life.</b> Memory is zero at first. It has a name, its own or a user's, by which others {@linkplain #open open}
 * it; an object of this class that is sent to another process is opened there. It can be opened until somebody
 * {@linkplain #unlink() unlinks} it, or its creator closes it or ends, in whatever way: memory that a killed process
 * left behind is removed by the next process that uses this class. Who has it open goes on with it all the same; the
 * memory itself goes when the last one has closed it or ended. The creator should close it: forgetting the object does
 * not.
 *
 * <p><b>Closing.</b> {@link #close()} ends the use of this object and of the views made of it; several objects for the
 * same memory in one process close on their own. Once all are closed, and no {@link SharedLock} in it is held here, the
 * memory is unmapped: from JDK 22 on at once, before when the garbage collector finds that no buffer is left. Accesses
 * through views after the close throw {@code IllegalStateException}, those through a {@link #buffer()} only from JDK 22
 * on, once the memory is unmapped. A channel that is at work with such a buffer puts that off.
 *
 * <p><b>Room.</b> All of it is found when the memory is made, which fails if the file system is full; so no later
 * access fails. On Linux it is main memory (or swap space) of {@code /dev/shm}, elsewhere a file in the directory for
 * temporary files, unless the system property {@code headway.processes.directory} names another place, to be the same
 * for all processes. Only processes of the same user that see the same process numbers can share.
 *
 * <p><b>Threads.</b> All methods may be called by all threads. What the views promise when several threads or processes
 * write is said there; a plain {@link #buffer()} promises nothing.
 *
 * <p><b>Blocking and interruption.</b> Nothing waits for other processes; interrupts stay pending.
 *
 * <p><b>Nulls and bounds.</b> At most 2 147 479 551 bytes. Names are made of up to 200 letters and digits of ASCII,
 * {@code _}, {@code -} and points. Nulls are refused with {@code NullPointerException}, bad numbers and names with
 * {@code IllegalArgumentException}.
 *
 * <p><b>Complexity and footprint.</b> One mapping for each process, however many objects there are; 128 bytes for the
 * system's own use, and what is left of the last page.
 *
 * @since 0.1
 */
public final class SharedMemory implements AutoCloseable, Serializable {
    /*
     * Model. Mapping is the memory, one for each file and process; objects of this class count as its users.
     *
     * Access modes. data: plain. The views read it at each access; so a close is seen by the thread that calls it, and
     * sooner or later by others, whose accesses in between are harmless: from JDK 22 on they throw what the buffer
     * throws, before the memory is still mapped, since they have the buffer. Use.over: volatile, and written before
     * the close wakes those who wait for locks, who read it after they have joined the queue: so one sees the other.
     *
     * An object that is forgotten counts as closed, but then nothing is removed. A view keeps its object reachable
     * until an access is over (reachabilityFence), so the memory cannot go while it is used.
     */

    private static final long serialVersionUID = 1L;

    private static final Cleaner CLEANER = Cleaner.create();

    private final transient Mapping mapping;
    private final transient boolean creator;
    private final transient Use use;
    /** Tells when this object is forgotten; written before anybody else has it. */
    private transient Cleaner.@Nullable Cleanable forgetting;

    /** The memory; null once closed. */
    private transient @Nullable ByteBuffer data;

    private SharedMemory(Mapping mapping, boolean creator) {
        this.mapping = mapping;
        this.creator = creator;
        this.data = mapping.data;
        this.use = new Use(mapping);
    }

    private static SharedMemory of(Mapping mapping, boolean creator) {
        SharedMemory memory = new SharedMemory(mapping, creator);
        memory.forgetting = CLEANER.register(memory, memory.use);
        return memory;
    }

    // ---- making and opening ----

    /**
     * Makes memory with a name of its own.
     *
     * @param size its size in bytes
     * @return the memory, all zeros
     * @throws IOException if there is no room, or no place for files
     */
    public static SharedMemory create(long size) throws IOException {
        return of(Mapping.create(checkedSize(size)), true);
    }

    /**
     * Makes memory with the given name.
     *
     * @param name its name
     * @param size its size in bytes
     * @return the memory, all zeros
     * @throws FileAlreadyExistsException if there is memory with this name
     * @throws IOException if there is no room, or no place for files
     */
    public static SharedMemory create(String name, long size) throws IOException {
        return of(Mapping.create(name, checkedSize(size)), true);
    }

    /**
     * Opens memory that a process of this user has made.
     *
     * @param name its name
     * @return the memory
     * @throws NoSuchFileException if there is none with this name, or none any more
     * @throws IOException if it cannot be mapped
     */
    public static SharedMemory open(String name) throws IOException {
        return of(Mapping.open(name), false);
    }

    private static int checkedSize(long size) {
        if (size < 1L || size > Mapping.MOST_DATA) {
            throw new IllegalArgumentException("size " + size + "; expected 1 to " + Mapping.MOST_DATA);
        }
        return (int) size;
    }

    // ---- the memory ----

    /**
     * The name by which other processes can open the memory.
     *
     * @return the name
     */
    public String name() {
        return mapping.name;
    }

    /**
     * The size of the memory.
     *
     * @return the number of bytes
     */
    public long size() {
        return mapping.data.capacity();
    }

    /**
     * The bytes of the memory, in the byte order of this machine.
     *
     * @return a new buffer over all of the memory, at position 0
     * @throws IllegalStateException if this is closed
     */
    public ByteBuffer buffer() {
        data();
        return mapping.lend();
    }

    /**
     * The memory as numbers of 64 bits. A rest of less than 8 bytes is left out.
     *
     * @return a view of all of the memory
     * @throws IllegalStateException if this is closed
     */
    public LongArray longs() {
        return longs(0L, (int) (size() / Long.BYTES));
    }

    /**
     * A part of the memory as numbers of 64 bits.
     *
     * @param offset where the part begins, in bytes; a multiple of 8
     * @param length how many numbers it has
     * @return a view of that part
     * @throws IllegalStateException if this is closed
     */
    public LongArray longs(long offset, int length) {
        return new LongArray(this, checkedOffset(offset, length), length);
    }

    /**
     * The memory as numbers of type {@code double}. A rest of less than 8 bytes is left out.
     *
     * @return a view of all of the memory
     * @throws IllegalStateException if this is closed
     */
    public DoubleArray doubles() {
        return doubles(0L, (int) (size() / Double.BYTES));
    }

    /**
     * A part of the memory as numbers of type {@code double}.
     *
     * @param offset where the part begins, in bytes; a multiple of 8
     * @param length how many numbers it has
     * @return a view of that part
     * @throws IllegalStateException if this is closed
     */
    public DoubleArray doubles(long offset, int length) {
        return new DoubleArray(this, checkedOffset(offset, length), length);
    }

    private int checkedOffset(long offset, int length) {
        data();
        if (length < 0) {
            throw new IllegalArgumentException("length " + length + "; expected 0 or more");
        }
        return wordOffset(offset, (long) length * Long.BYTES);
    }

    /** The offset of so many bytes, checked to be aligned and to have room. */
    int wordOffset(long offset, long bytes) {
        if (offset < 0L || offset % Long.BYTES != 0L || offset > size() - bytes) {
            throw new IllegalArgumentException("offset " + offset + " for " + bytes
                    + " bytes; expected a multiple of 8, and both within the " + size() + " bytes of the memory");
        }
        return (int) offset;
    }

    // ---- ending ----

    /**
     * Takes the name away: nobody can open the memory any more, and the name is free. Those who have it open go on. Can
     * be called before and after {@link #close()}, by any process, once.
     *
     * @throws NoSuchFileException if that has been done already, or the creator has closed the memory or ended
     * @throws IOException if the file cannot be removed
     */
    public void unlink() throws IOException {
        if (isOpen()) {
            if (!mapping.remove()) {
                throw new NoSuchFileException(name());
            }
        } else if (mapping.isKnownToBeRemoved()) {
            throw new NoSuchFileException(name());
        } else {
            try (SharedMemory again = open(name())) {
                again.unlink();
            }
        }
    }

    /**
     * Whether this object can be used.
     *
     * @return false once it was closed
     */
    public boolean isOpen() {
        return !use.over;
    }

    /** Ends the use of this object; if it is the one that made the memory, unlinks it too. Does nothing if closed. */
    @Override
    public void close() {
        if (use.end()) {
            data = null;
            mapping.wakeAll();
            try {
                if (creator) {
                    mapping.remove();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                mapping.leave(true);
                Cleaner.Cleanable registered = forgetting;
                if (registered != null) {
                    registered.clean();
                }
            }
        }
    }

    /** Name and size, in one line. */
    @Override
    public String toString() {
        return "SharedMemory[" + name() + ", " + size() + " bytes" + (isOpen() ? "]" : ", closed]");
    }

    // ---- for views ----

    /** The memory, as long as this is open. The caller keeps this object reachable while it uses the buffer. */
    ByteBuffer data() {
        ByteBuffer bytes = data;
        if (bytes == null) {
            throw closed();
        }
        return bytes;
    }

    /** To be asked by those who wait, and whom a close wakes. */
    void expectOpen() {
        if (!isOpen()) {
            throw closed();
        }
    }

    private IllegalStateException closed() {
        return new IllegalStateException(this + "; expected it to be open");
    }

    /** The lock at the given offset: what the threads of this process share of it. */
    LockCore lockAt(int offset) {
        data();
        return mapping.locks.computeIfAbsent(offset, at -> new LockCore(lockWords(at)));
    }

    /** The words of the lock at the given offset. */
    LockWords lockWords(int offset) {
        return new MappedLockWords(mapping, offset);
    }

    // ---- sending ----

    private Object writeReplace() {
        return new Sent(name());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("expected the name of the memory alone");
    }

    /** What is sent: the name. */
    private record Sent(String name) implements Serializable {
        private Object readResolve() throws InvalidObjectException {
            try {
                return open(name);
            } catch (IOException | IllegalArgumentException e) {
                InvalidObjectException failure = new InvalidObjectException("cannot open shared memory " + name);
                failure.initCause(e);
                throw failure;
            }
        }
    }

    /** That an object uses the mapping: ends once, by being closed or forgotten. */
    private static final class Use implements Runnable {
        private final Mapping mapping;
        private volatile boolean over;

        Use(Mapping mapping) {
            this.mapping = mapping;
        }

        synchronized boolean end() {
            boolean first = !over;
            over = true;
            return first;
        }

        /** The object was forgotten, or closed before. */
        @Override
        public void run() {
            if (end()) {
                mapping.leave(false);
            }
        }
    }
}
