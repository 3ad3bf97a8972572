// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.filerace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Scanner;
import java.util.concurrent.locks.LockSupport;

/** One of the processes: appends lines to a file, each of them in two writes. */
final class LineWriter {

    /** How the process says that it has started. */
    static final String READY = "ready";

    /** How it is told to begin, through its standard input. */
    static final String GO = "go";

    private LineWriter() {}

    /**
     * Appends the lines once somebody says {@value #GO}.
     *
     * @param args the file, how many lines, the name of the writer, and whether to lock
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        int lines = Integer.parseInt(args[1]);
        boolean locking = Boolean.parseBoolean(args[3]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
                Scanner told = new Scanner(System.in, StandardCharsets.US_ASCII)) {
            System.out.println(READY);
            if (!told.nextLine().equals(GO)) {
                throw new IOException("expected to be told " + GO);
            }
            for (int number = 0; number < lines; number++) {
                if (locking) {
                    appendLocked(channel, args[2], number);
                } else {
                    append(channel, args[2], number);
                }
            }
        }
    }

    /** The cure: a lock of the operating system, which all processes that ask for it respect. */
    private static void appendLocked(FileChannel channel, String writer, int number) throws IOException {
        try (FileLock whole = channel.lock()) {
            append(channel, writer, number);
        }
    }

    private static void append(FileChannel channel, String writer, int number) throws IOException {
        write(channel, FileRace.firstHalf(writer));
        LockSupport.parkNanos(1); // as when the operating system takes the processor away just here
        write(channel, FileRace.secondHalf(writer, number));
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
