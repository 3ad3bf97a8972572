// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that this process has mapped, once, however many {@link SharedMemory} objects stand for it here. The file
 * begins with a header, which names the process that is to remove it.
 */
final class Mapping {
    /*
     * Header. MAGIC at 0, the size of the data at 8, the remover at 16, nothing up to DATA.
     *
     * The remover is the identity of the process that will remove the file: its creator, until another one makes itself
     * the remover by a compareAndSet to its own identity with the sign bit set, and removes the file at once. This is
     * done by whoever unlinks, and by whoever finds the remover dead. So a path is removed by exactly one process at a
     * time, which is alive, and nobody can remove a file that was made under the same name after the one that he looked
     * at: as long as that one's remover is alive and has not removed it, the path leads to it. A remover may have
     * removed the file before it died; so whoever takes over from it looks whether the path still leads to that file.
     *
     * A file comes into being complete: a named one is made under another name, then linked to its own, which fails if
     * there is one already. Its blocks are written once when it is made, so no access fails later for want of memory.
     *
     * uses: how many objects stand for the mapping, and how many threads are at a lock in it, from the beginning of the
     * wait until it is given back. A close does not take the memory away from them: they could not give the lock back,
     * and all other processes would wait until this one ends. Those who only wait are told by the close, and go.
     * Whoever ends the last use brings the count from 0 to OVER, which happens once, and unmaps; whoever begins one
     * before that is in time. Until then the mapping is in OPEN, so that who opens the memory again finds the locks
     * that are held. Removed files stay mapped as long as they are used.
     */

    /** The most data that a mapping can hold: what a ByteBuffer can, less a page. */
    static final int MOST_DATA = Integer.MAX_VALUE - 4_096;

    /** Where the data begin: a cache line after the header's. */
    private static final int DATA = 128;

    private static final long MAGIC = 0x4865_6164_7761_7931L;
    private static final int SIZE_AT = 8;
    private static final int REMOVER_AT = 16;

    private static final char ANONYMOUS = 'm';
    private static final char UNFINISHED = 't';
    private static final String NAMED = "u-";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");

    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int ZEROS_BYTES = 1 << 18;

    /** What the count of uses is when there will be none any more; far from 0 for those who are too late. */
    private static final int OVER = Integer.MIN_VALUE / 2;

    private static final ReentrantLock LOCK = new ReentrantLock();

    /** What is mapped, by path. Guarded by LOCK. */
    private static final Map<Path, Mapping> OPEN = new HashMap<>();

    /** What {@link SharedMemory#name} says. */
    final String name;

    /** The data, in native order. */
    final ByteBuffer data;

    /** The locks in the data, by offset: the part that the threads of this process share. */
    final Map<Integer, LockCore> locks = new ConcurrentHashMap<>();

    private final Path path;
    private final ByteBuffer header;
    private final @Nullable AutoCloseable arena;

    /** How many objects and locks use this mapping, or about OVER. */
    private final AtomicInteger uses = new AtomicInteger(1);

    /** What {@link PrivateFiles#atExit} knows this by. */
    private final Object atExit = new Object();

    /** Whether there are buffers of users, who may go on with them when the objects are gone. */
    private volatile boolean lent;

    private volatile boolean knownToBeRemoved;

    private Mapping(String name, Path path, ByteBuffer whole, @Nullable AutoCloseable arena) {
        this.name = name;
        this.path = path;
        this.header = whole;
        this.data = whole.slice(DATA, whole.capacity() - DATA).order(ByteOrder.nativeOrder());
        this.arena = arena;
    }

    // ---- making and finding ----

    /** Makes a file of so many zeros with a name of its own, and maps it. */
    static Mapping create(int size) throws IOException {
        return PrivateFiles.uninterrupted(() -> {
            Path path = PrivateFiles.fresh(ANONYMOUS);
            Mapping made = make(String.valueOf(path.getFileName()), path, size, path);
            LOCK.lock(); // nobody knows the name yet
            try {
                OPEN.put(path, made);
            } finally {
                LOCK.unlock();
            }
            return made.toBeRemoved();
        });
    }

    /** Makes a file of so many zeros with the given name, and maps it. */
    static Mapping create(String name, int size) throws IOException {
        Path path = pathOf(name);
        if (PrivateFiles.isFresh(name)) {
            throw new IllegalArgumentException("name " + name + "; expected one that is not made up by create(size)");
        }
        return PrivateFiles.uninterrupted(() -> {
            Path unfinished = PrivateFiles.fresh(UNFINISHED);
            Mapping made = make(name, unfinished, size, path);
            boolean linked = false;
            LOCK.lock(); // nobody here finds the path before he can find the mapping
            try {
                link(path, unfinished, name);
                OPEN.put(path, made);
                linked = true;
            } finally {
                LOCK.unlock();
                Files.deleteIfExists(unfinished);
                if (!linked) {
                    Arenas.close(made.arena);
                }
            }
            return made.toBeRemoved();
        });
    }

    private static void link(Path path, Path unfinished, String name) throws IOException {
        try {
            Files.createLink(path, unfinished);
        } catch (FileAlreadyExistsException there) {
            if (!removeIfAbandoned(path)) {
                throw new FileAlreadyExistsException(name);
            }
            try {
                Files.createLink(path, unfinished);
            } catch (FileAlreadyExistsException again) {
                throw new FileAlreadyExistsException(name);
            }
        }
    }

    /** Maps the file with the given name, or finds it mapped. */
    static Mapping open(String name) throws IOException {
        Path path = pathOf(name);
        LOCK.lock();
        try {
            Mapping mapping = OPEN.get(path);
            if (mapping != null && mapping.begins()) {
                if (!mapping.isRemoved()) {
                    return mapping;
                }
                mapping.end();
            }
            mapping = PrivateFiles.uninterrupted(() -> attach(name, path));
            OPEN.put(path, mapping);
            return mapping;
        } finally {
            LOCK.unlock();
        }
    }

    /** Where the memory with the given name is, whether or not there is such a thing. */
    private static Path pathOf(String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name \"" + name
                    + "\"; expected up to 200 of A-Z a-z 0-9 _ - and points, neither - nor a point first");
        }
        return PrivateFiles.directory().resolve(PrivateFiles.isFresh(name) ? name : NAMED + name);
    }

    /** Makes a file, which is going to have a path of its own. */
    private static Mapping make(String name, Path file, int size, Path path) throws IOException {
        AutoCloseable arena = Arenas.open();
        boolean made = false;
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            allocate(channel, DATA + (long) size);
            ByteBuffer whole = Arenas.map(channel, DATA + (long) size, arena);
            Mapping mapping = new Mapping(name, path, whole, arena);
            WORD.set(whole, SIZE_AT, (long) size);
            WORD.setVolatile(whole, REMOVER_AT, ProcessIdentity.own());
            WORD.setRelease(whole, 0, MAGIC);
            made = true;
            return mapping;
        } finally {
            if (!made) {
                Files.deleteIfExists(file);
                Arenas.close(arena);
            }
        }
    }

    /** Writes zeros, so that the file system has to find room for them now. */
    private static void allocate(FileChannel channel, long size) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(size, ZEROS_BYTES));
        try {
            for (long left = size; left > 0L; ) {
                zeros.clear().limit((int) Math.min(left, zeros.capacity()));
                left -= channel.write(zeros);
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    "no room for " + size + " bytes of shared memory in " + PrivateFiles.directory() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static Mapping attach(String name, Path path) throws IOException {
        Mapping mapping;
        try {
            mapping = map(name, path);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(name);
        }
        if (mapping.isRemoved()) {
            Arenas.close(mapping.arena);
            throw new NoSuchFileException(name);
        }
        return mapping;
    }

    private static Mapping map(String name, Path path) throws IOException {
        AutoCloseable arena = Arenas.open();
        boolean mapped = false;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Mapping mapping = new Mapping(name, path, Arenas.map(channel, checkedSize(channel, path), arena), arena);
            mapped = true;
            return mapping;
        } finally {
            if (!mapped) {
                Arenas.close(arena);
            }
        }
    }

    /** The size of a file that is as we make them: an access beyond its end would end the process. */
    private static long checkedSize(FileChannel channel, Path path) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(DATA).order(ByteOrder.nativeOrder());
        while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {
            // a regular file gives all that there is
        }
        long size = channel.size();
        if (start.hasRemaining() || start.getLong(0) != MAGIC || start.getLong(SIZE_AT) != size - DATA) {
            throw new NotSharedMemoryException(path);
        }
        return size;
    }

    /** Has the file removed at the exit, also if this was forgotten and is not mapped any more by then. */
    private Mapping toBeRemoved() {
        Path file = path;
        PrivateFiles.atExit(atExit, () -> removeIfOwn(file));
        return this;
    }

    // ---- leaving ----

    /** What users get and we cannot take back. */
    ByteBuffer lend() {
        lent = true;
        return data.duplicate().order(ByteOrder.nativeOrder());
    }

    /**
     * One object less. If it was merely forgotten while users may have buffers, it counts for ever.
     *
     * @param said whether somebody said so, instead of forgetting the object
     */
    void leave(boolean said) {
        if (said || !lent || arena == null) {
            end();
        }
    }

    /** Keeps the memory mapped until {@link #end}; throws IllegalStateException if it is not mapped any more. */
    void begin() {
        if (!begins()) {
            throw new IllegalStateException("shared memory " + name + " is closed; expected it to be open");
        }
    }

    private boolean begins() {
        return uses.getAndIncrement() >= 0;
    }

    /** Ends what {@link #begin} began. The last one unmaps. */
    void end() {
        if (uses.decrementAndGet() == 0 && uses.compareAndSet(0, OVER)) {
            LOCK.lock();
            try {
                OPEN.remove(path, this);
            } finally {
                LOCK.unlock();
            }
            Arenas.close(arena);
        }
    }

    /** Wakes those who wait for locks in this memory, to see that their object was closed. */
    void wakeAll() {
        locks.values().forEach(LockCore::wakeAll);
    }

    // ---- removing ----

    private boolean isRemoved() {
        return (long) WORD.getVolatile(header, REMOVER_AT) < 0L;
    }

    /** Whether somebody here has removed the file, or has found it removed: what has the name now is another one. */
    boolean isKnownToBeRemoved() {
        return knownToBeRemoved;
    }

    /** Removes the file; false if that has been done already. */
    boolean remove() throws IOException {
        PrivateFiles.notAtExit(atExit);
        knownToBeRemoved = true;
        for (; ; ) {
            long remover = (long) WORD.getVolatile(header, REMOVER_AT);
            if (remover < 0L) {
                return false;
            }
            if (WORD.compareAndSet(header, REMOVER_AT, remover, ProcessIdentity.own() | Long.MIN_VALUE)) {
                Files.deleteIfExists(path);
                return true;
            }
        }
    }

    /** Removes the file with that path, if this process is the one to do it. */
    private static void removeIfOwn(Path path) {
        try {
            Mapping found = PrivateFiles.uninterrupted(() -> map("", path));
            try {
                long own = ProcessIdentity.own();
                if (WORD.compareAndSet(found.header, REMOVER_AT, own, own | Long.MIN_VALUE)) {
                    Files.deleteIfExists(path);
                }
            } finally {
                Arenas.close(found.arena);
            }
        } catch (IOException | RuntimeException e) {
            // the next process removes it
        }
    }

    /** Removes the file with a user's name if the process that is to do so is dead; whether it is gone. */
    static boolean removeIfAbandoned(Path path) throws IOException {
        if (!String.valueOf(path.getFileName()).startsWith(NAMED)) {
            return false;
        }
        Mapping found;
        Object file;
        try {
            file = fileKey(path);
            found = PrivateFiles.uninterrupted(() -> map("", path));
        } catch (NoSuchFileException gone) {
            return true;
        } catch (NotSharedMemoryException foreign) {
            return false;
        }
        try {
            long remover = (long) WORD.getVolatile(found.header, REMOVER_AT);
            if (ProcessIdentity.isAlive(remover & Long.MAX_VALUE)) {
                return false;
            }
            long mine = ProcessIdentity.own() | Long.MIN_VALUE;
            if (WORD.compareAndSet(found.header, REMOVER_AT, remover, mine)) {
                return deleteIfStill(path, file);
            }
            return false;
        } finally {
            Arenas.close(found.arena);
        }
    }

    /** Deletes the file that this process is to remove, unless one that died has done that; whether it is gone. */
    private static boolean deleteIfStill(Path path, @Nullable Object file) throws IOException {
        try {
            if (Objects.equals(file, fileKey(path))) {
                Files.deleteIfExists(path);
                return true;
            }
            return false; // there is another file
        } catch (NoSuchFileException gone) {
            return true;
        }
    }

    /** What tells a file from all others, where there is such a thing. */
    private static @Nullable Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** A file that is not as we make them. */
    private static final class NotSharedMemoryException extends IOException {
        private static final long serialVersionUID = 1L;

        NotSharedMemoryException(Path path) {
            super(path + " is not shared memory");
        }
    }
}
