// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An archive of the classes that every child loads, made by the JVM (class data sharing): children start a fifth faster
 * with it. There is one for each class path and JDK, in {@code headway} in the user's directory for caches. It is made
 * in the background, a while after the first child was started that could have used it.
 *
 * <p>Only for class paths of nothing but jars: the JVM archives no others. Another directory, or {@code off}, is chosen
 * by the property {@code headway.processes.archive}.
 */
final class ChildArchive {

    /* Implementation note.
     *
     * Who can write an archive can run code in children: the directory is the owner's alone, which is looked at each
     * time, since a directory in a cache may have come from anywhere.
     *
     * JDK 17 does not survive an archive that was cut short. It gets its name only after the JVM that has written it
     * has ended well, its length is part of the name, and is compared before it is used. Whatever else is wrong with
     * it, from another JDK to a jar that has changed, the JVM notices itself, and goes on without; it is told not to
     * speak of it, which it would do on the standard output.
     */

    static final String PROPERTY = "headway.processes.archive";

    private static final String OFF = "off";
    private static final String ENDING = ".jsa";

    /** The first release that calls these archives AOT caches in its messages. */
    private static final int AOT_RELEASE = 24;

    /** Other class paths, and other versions of the same one. */
    private static final int MOST_KEPT = 16;

    /** Until the program has done what it began with. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(3).toNanos();

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** What of a user's options does not go together with an archive, or chooses another. */
    private static final List<String> CONTRADICTING = List.of(
            "-XX:SharedArchiveFile",
            "-XX:ArchiveClassesAtExit",
            "-XX:AOT",
            "-Xshare",
            "-cp",
            "-classpath",
            "--class-path",
            "--module-path",
            "-p",
            "--patch-module",
            "--limit-modules",
            "--upgrade-module-path",
            "-javaagent",
            "-agent",
            "-Xlog");

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private ChildArchive() {}

    /** The options that use the archive, if there is one. If there could be one, it will be made. */
    static List<String> options(List<String> ofUser) {
        if (OFF.equals(System.getProperty(PROPERTY)) || contradicts(ofUser) || contradicts(InheritedOptions.get())) {
            return List.of();
        }
        try {
            String key = key();
            if (key == null) {
                return List.of();
            }
            Path directory = directory();
            Path archive = find(directory, key);
            if (archive == null) {
                if (BEGUN.compareAndSet(false, true)) {
                    Thread maker = new Thread(() -> makeLater(directory, key), "headway-archive");
                    maker.setDaemon(true);
                    maker.start();
                }
                return List.of();
            }
            return use(archive);
        } catch (IOException | RuntimeException e) {
            return List.of(); // it is not needed
        }
    }

    private static boolean contradicts(List<String> options) {
        return options.stream().anyMatch(option -> CONTRADICTING.stream().anyMatch(option::startsWith));
    }

    static List<String> use(Path archive) {
        List<String> options = new ArrayList<>(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off"));
        if (Runtime.version().feature() >= AOT_RELEASE) {
            options.add("-Xlog:aot*=off");
        }
        return options;
    }

    // ---- where it is ----

    /** What the archive depends on, or null if there can be none. */
    private static @Nullable String key() throws IOException {
        String classPath = System.getProperty("java.class.path", "");
        if (classPath.isEmpty() || !System.getProperty("jdk.module.path", "").isEmpty()) {
            return null;
        }
        StringBuilder parts = new StringBuilder(System.getProperty("java.home", ""))
                .append(System.getProperty("java.vm.version", ""));
        for (String entry : classPath.split(File.pathSeparator)) {
            Path jar = Path.of(entry).toAbsolutePath();
            BasicFileAttributes attributes =
                    Files.exists(jar) ? Files.readAttributes(jar, BasicFileAttributes.class) : null;
            if (attributes == null || !attributes.isRegularFile()) {
                return null;
            }
            parts.append('\n').append(jar).append(' ').append(attributes.size());
            parts.append(' ').append(attributes.lastModifiedTime().toMillis());
        }
        return UUID.nameUUIDFromBytes(parts.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** The directory, which nobody else may write to. */
    private static Path directory() throws IOException {
        String chosen = System.getProperty(PROPERTY);
        Path directory = chosen != null ? Path.of(chosen) : caches().resolve("headway");
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            if (isPosix(directory)) {
                Files.setPosixFilePermissions(directory, OWNER_ONLY);
            }
        }
        if (isPosix(directory)
                && (!Files.getPosixFilePermissions(directory).equals(OWNER_ONLY)
                        || !Files.getOwner(directory).equals(Files.getOwner(PrivateFiles.directory())))) {
            throw new IOException(directory + " is not private");
        }
        return directory.toAbsolutePath();
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Path caches() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        String local = System.getenv("LOCALAPPDATA");
        if (xdg != null && !xdg.isEmpty()) {
            return Path.of(xdg);
        }
        return Platform.IS_WINDOWS && local != null
                ? Path.of(local)
                : Path.of(System.getProperty("user.home", ""), ".cache");
    }

    /** The archive whose name has the key and the length that it has. */
    private static @Nullable Path find(Path directory, String key) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, key + "-*" + ENDING)) {
            for (Path file : files) {
                if (String.valueOf(file.getFileName()).equals(name(key, Files.size(file)))) {
                    return file;
                }
            }
            return null;
        }
    }

    private static String name(String key, long size) {
        return key + "-" + size + ENDING;
    }

    // ---- how it is made ----

    private static void makeLater(Path directory, String key) {
        long start = System.nanoTime();
        for (long left = PAUSE_NANOS; left > 0; left = start + PAUSE_NANOS - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        try {
            make(directory, key);
        } catch (IOException | InterruptedException e) {
            // Without it, then.
        }
    }

    /** Makes the archive of this JVM's class path at once; null if there can be none. */
    static @Nullable Path makeNow() throws IOException, InterruptedException {
        String key = key();
        return key == null ? null : make(directory(), key);
    }

    /** Makes the archive, by a child that does what children do, and returns it. */
    private static Path make(Path directory, String key) throws IOException, InterruptedException {
        Path unfinished = directory.resolve(key + "." + ProcessHandle.current().pid());
        try {
            LaunchOptions options = new LaunchOptions(
                    ChildTraining.class,
                    "archive",
                    List.of("-XX:ArchiveClassesAtExit=" + unfinished),
                    Map.of(),
                    null,
                    ProcessBuilder.Redirect.DISCARD,
                    ProcessBuilder.Redirect.DISCARD);
            LaunchedChild child = ChildJvm.launch(options, ByteBuffer.wrap(ChildTraining.first()));
            try {
                child.up().read(); // it begins
                int code = child.process().waitFor();
                if (code != 0) {
                    throw new IOException("the JVM that makes the archive " + Signals.describe(code));
                }
            } finally {
                child.root().endTree(Duration.ZERO);
                child.closeUp();
                child.closeDown();
            }
            Path archive = directory.resolve(name(key, Files.size(unfinished)));
            Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
            sweep(directory);
            return archive;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Removes what has been there for longest. */
    private static void sweep(Path directory) throws IOException {
        List<Path> archives = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + ENDING)) {
            files.forEach(archives::add);
        }
        archives.sort(Comparator.comparingLong((Path file) -> file.toFile().lastModified())
                .reversed());
        for (Path old : archives.subList(Math.min(MOST_KEPT, archives.size()), archives.size())) {
            Files.deleteIfExists(old);
        }
    }
}
