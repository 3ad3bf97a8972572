// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.filerace;

import io.github.headway4j.examples.threads.machine.ChildJvm;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Two processes append lines to one file. Without a lock the halves of their lines get mixed; with a
 * {@link java.nio.channels.FileLock} every line is whole.
 *
 * <p>A lock of the JVM is of no use here: the other process does not know it. The file lock is held by the whole JVM,
 * so it keeps processes apart and not threads; threads of one JVM need a lock of theirs besides.
 */
public final class FileRace {

    private static final int LINES_EACH = 1_000;
    private static final List<String> WRITERS = List.of("A", "B");

    private FileRace() {}

    /**
     * What was in the file.
     *
     * @param expected how many lines were written
     * @param whole how many different lines arrived whole
     * @param broken the first line that is nobody's, if there is one
     */
    public record Result(int expected, int whole, Optional<String> broken) {

        /** {@return how many lines are missing, or in pieces} */
        public int lost() {
            return expected - whole;
        }
    }

    /**
     * Runs the race without and with a lock.
     *
     * @param args how many lines each process writes; may be left out
     * @throws IOException if a process or a file fails
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int lines = args.length > 0 ? Integer.parseInt(args[0]) : LINES_EACH;
        print("without a lock", run(lines, false));
        print("with a file lock", run(lines, true));
    }

    private static void print(String how, Result result) {
        System.out.printf("%16s: %,d of %,d lines are whole%n", how, result.whole(), result.expected());
        result.broken().ifPresent(line -> System.out.printf("%16s  the first other one: %s%n", "", line));
    }

    /**
     * Lets two processes write at the same time and looks at the file.
     *
     * @param linesEach how many lines each process writes, at least one
     * @param locking whether they lock the file for each line
     * @return what was in the file, which is gone again
     * @throws IOException if a process or a file fails
     * @throws InterruptedException if the caller is interrupted; the processes are then killed
     */
    public static Result run(int linesEach, boolean locking) throws IOException, InterruptedException {
        if (linesEach < 1) {
            throw new IllegalArgumentException("expected at least one line, not " + linesEach);
        }
        Path file = Files.createTempFile("headway-file-race-", ".txt");
        List<Process> processes = new ArrayList<>();
        try {
            for (String writer : WRITERS) {
                processes.add(start(file, linesEach, writer, locking));
            }
            for (Process process : processes) {
                awaitReady(process);
            }
            for (Process process : processes) {
                try (Writer input = process.outputWriter()) {
                    input.write(LineWriter.GO + System.lineSeparator());
                }
            }
            for (Process process : processes) {
                if (process.waitFor() != 0) {
                    throw new IOException("expected the writer to succeed, but it ended with " + process.exitValue());
                }
            }
            return judge(linesEach, Files.readAllLines(file, StandardCharsets.US_ASCII));
        } finally {
            for (Process process : processes) {
                process.destroyForcibly().onExit().join();
            }
            Files.delete(file);
        }
    }

    private static Process start(Path file, int lines, String writer, boolean locking) throws IOException {
        return ChildJvm.start(
                List.of(),
                LineWriter.class,
                file.toString(),
                Integer.toString(lines),
                writer,
                Boolean.toString(locking));
    }

    /**
     * Waits until a process says that it is ready. The read of a pipe ignores interrupts, so a thread of its own reads,
     * and is over when the process is; the caller waits for its answer, and that can be interrupted.
     */
    static void awaitReady(Process process) throws IOException, InterruptedException {
        FutureTask<String> firstLine =
                new FutureTask<>(() -> process.inputReader().readLine());
        new Thread(firstLine, "listener").start();
        try {
            if (!LineWriter.READY.equals(firstLine.get())) {
                throw new IOException("expected the writer to be ready, but it said " + firstLine.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("expected the writer to be ready", e.getCause());
        }
    }

    private static Result judge(int linesEach, List<String> lines) {
        Set<String> missing = new TreeSet<>();
        for (String writer : WRITERS) {
            for (int number = 0; number < linesEach; number++) {
                missing.add((firstHalf(writer) + secondHalf(writer, number)).strip());
            }
        }
        int expected = missing.size();
        Optional<String> broken = Optional.empty();
        for (String line : lines) {
            if (!missing.remove(line) && broken.isEmpty()) {
                broken = Optional.of(line);
            }
        }
        return new Result(expected, expected - missing.size(), broken);
    }

    static String firstHalf(String writer) {
        return "process " + writer + " writes";
    }

    static String secondHalf(String writer, int number) {
        return " line " + number + " of " + writer + "\n";
    }
}
