// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which the processes of one user find each other's memory and sockets: {@code headway-USER} in memory
 * ({@code /dev/shm}) where there is such a thing, else in the directory for temporary files, or in the one that the
 * system property {@code headway.processes.directory} names. Nobody but its owner may look into it.
 *
 * <p>A file is called {@code KIND-CREATOR-NUMBER}, the creator being a {@link ProcessIdentity} in hexadecimal, so that
 * what a process left behind that was killed is recognized and removed by the next process that comes along. Files that
 * users name have other names and tell their creator inside; see {@link Mapping}.
 */
final class PrivateFiles {

    /** Names the directory to use instead of the usual ones. */
    static final String PROPERTY = "headway.processes.directory";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** So many names are tried if others own directories with ours. */
    private static final int MOST_SQUATTERS = 16;

    private static final Pattern NAME = Pattern.compile("[a-z]-([0-9a-f]{16})-[0-9]+");

    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final ReentrantLock LOCK = new ReentrantLock();

    /** What is to be done at the exit of this process, and for what. */
    private static final Map<Object, Runnable> AT_EXIT = new ConcurrentHashMap<>();

    /** Guarded by LOCK for writing. */
    private static volatile @Nullable Path directory;

    private PrivateFiles() {}

    /** The directory. The first call makes it if need be, and removes what dead processes left there. */
    static Path directory() throws IOException {
        Path found = directory;
        if (found == null) {
            LOCK.lock();
            try {
                found = directory;
                if (found == null) {
                    found = make(base());
                    sweep(found);
                    removeAtExit();
                    directory = found;
                }
            } finally {
                LOCK.unlock();
            }
        }
        return found;
    }

    /** A path of this process in the directory which has not been given out before. The file does not exist yet. */
    static Path fresh(char kind) throws IOException {
        Path parent = directory();
        for (; ; ) {
            Path path = parent.resolve(
                    String.format(Locale.ROOT, "%c-%016x-%d", kind, ProcessIdentity.own(), NUMBERS.incrementAndGet()));
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) { // else another copy of this class was there
                return path;
            }
        }
    }

    /** Whether the name is one that {@link #fresh} makes. */
    static boolean isFresh(String name) {
        return NAME.matcher(name).matches();
    }

    /** Has something done when this process exits in an orderly way, unless {@link #notAtExit} is told of it before. */
    static void atExit(Runnable action) {
        atExit(action, action);
    }

    /** As {@link #atExit(Runnable)}, unless {@link #notAtExit} is told of the file before. */
    static void atExit(Object file, Runnable action) {
        AT_EXIT.put(file, action);
    }

    /** Takes back what {@link #atExit} was told. */
    static void notAtExit(Object file) {
        AT_EXIT.remove(file);
    }

    /** Removes the files in the directory whose creators are dead. */
    static void sweep(Path directory) throws IOException {
        Map<Long, Boolean> alive = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
                try {
                    if (!matcher.matches()) {
                        Mapping.removeIfAbandoned(file);
                    } else if (!alive.computeIfAbsent(creator(matcher), ProcessIdentity::isAlive)) {
                        Files.deleteIfExists(file);
                    }
                } catch (IOException unreadable) {
                    continue; // it stays for the next process
                }
            }
        }
    }

    private static Long creator(Matcher matcher) {
        return Long.parseUnsignedLong(String.valueOf(matcher.group(1)), 16);
    }

    // ---- making the directory ----

    private static Path base() {
        String chosen = System.getProperty(PROPERTY);
        if (chosen != null) {
            return Path.of(chosen);
        }
        File memory = new File("/dev/shm");
        return memory.isDirectory() && memory.canWrite() && memory.canExecute()
                ? memory.toPath()
                : Path.of(System.getProperty("java.io.tmpdir", "."));
    }

    /** All processes of a user come to the same directory, as they skip the same ones that are not theirs. */
    private static Path make(Path base) throws IOException {
        Files.createDirectories(base);
        UserPrincipal self = self(base);
        String name = "headway-" + String.valueOf(self.getName()).replaceAll("[^A-Za-z0-9._-]", "_");
        for (int i = 0; i < MOST_SQUATTERS; i++) {
            Path path = base.resolve(i == 0 ? name : name + "." + i);
            if (isPrivate(path, self)) {
                return path;
            }
        }
        throw new IOException("no private directory in " + base + ": others own " + name + " and its alternatives");
    }

    /** Who this process is to the file system: not what the system property says. */
    private static UserPrincipal self(Path base) throws IOException {
        Path process = Path.of("/proc/self");
        if (Files.exists(process)) {
            return Files.getOwner(process); // leaves nothing behind if this process is killed meanwhile
        }
        Path probe = Files.createTempFile(base, "headway", null);
        try {
            return Files.getOwner(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static boolean isPrivate(Path path, UserPrincipal self) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            if (posix) {
                Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } else {
                Files.createDirectory(path);
            }
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(self)) {
                return false;
            }
            if (posix) {
                Files.setPosixFilePermissions(path, OWNER_ONLY);
            }
        }
        return true;
    }

    private static void removeAtExit() {
        Thread remover = new Thread(
                () -> {
                    for (Runnable action : AT_EXIT.values()) {
                        action.run();
                    }
                },
                "headway-private-files");
        try {
            Runtime.getRuntime().addShutdownHook(remover);
        } catch (IllegalStateException exiting) {
            // the next process removes what is left
        }
    }

    // ---- interrupts ----

    /** Work on files that an interrupt would break off. */
    interface FileWork<T extends Object> {
        T run() throws IOException;
    }

    /**
     * Does work with channels, which an interrupt closes, in spite of interrupts; they stay pending. The work is begun
     * anew if an interrupt comes.
     */
    static <T extends Object> T uninterrupted(FileWork<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            for (; ; ) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
