// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Files for the messages that are too long for a ring, in the directory of the ring's memory. Their names begin with the
 * identity of the process that made the ring, so that they are removed with what that process leaves behind
 * ({@link PrivateFiles}): a file may outlive the process that wrote it, since its message is still to be taken.
 *
 * <p>Plain streams, as an interrupt would close a channel.
 */
final class Annex {

    /** The number of no file. */
    static final long NONE = 0L;

    /** With so many digits that the number of the memory and this one stay apart. */
    private static final String NAME = "%s%019d";

    private final Path directory;
    private final String prefix;

    /**
     * The annex of a ring.
     *
     * @param memory the file of the ring's memory, called KIND-CREATOR-NUMBER
     */
    Annex(Path memory) {
        Path parent = memory.getParent();
        this.directory = parent == null ? Path.of("") : parent;
        this.prefix = "x" + String.valueOf(memory.getFileName()).substring(1);
    }

    private Path path(long number) {
        return directory.resolve(String.format(Locale.ROOT, NAME, prefix, number));
    }

    /** Writes what the message has left to read into the file with a new number, and returns the number. */
    long write(long number, WireBuffer message) throws IOException {
        Path path = path(number);
        boolean written = false;
        try (OutputStream out = new FileOutputStream(path.toFile())) {
            out.write(message.array(), message.position(), message.remaining());
            written = true;
        } finally {
            if (!written) {
                delete(number);
            }
        }
        return number;
    }

    /** Appends the message with the given number, or the first bytes of it, at most so many. */
    void read(long number, WireBuffer into, int most) throws IOException {
        Path path = path(number);
        try (FileInputStream in = new FileInputStream(path.toFile())) {
            long length = path.toFile().length();
            if (length > WireBuffer.MAX_LENGTH) {
                throw new StreamCorruptedException("a message of " + length + " bytes in " + path);
            }
            int wanted = (int) Math.min(length, most);
            int at = into.extend(wanted);
            if (in.readNBytes(into.array(), at, wanted) != wanted) {
                throw new StreamCorruptedException("a message of less than " + wanted + " bytes in " + path);
            }
        }
    }

    /** Appends the message with the given number, and removes its file. */
    void readAndDelete(long number, WireBuffer into) throws IOException {
        try {
            read(number, into, Integer.MAX_VALUE);
        } finally {
            delete(number);
        }
    }

    /** Removes the file with the given number, if there is one. */
    void delete(long number) {
        if (number != NONE) {
            deleteQuietly(path(number));
        }
    }

    /** Removes all files: the ring is gone. */
    void deleteAll() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, prefix + "?".repeat(19))) {
            files.forEach(Annex::deleteQuietly);
        } catch (IOException unreadable) {
            // the next process removes what is left
        }
    }

    private static void deleteQuietly(Path file) {
        // not Files.delete: a file that cannot be removed now is removed when its creator is gone
        boolean deleted = file.toFile().delete();
        assert deleted || !file.toFile().exists() : file;
    }
}
