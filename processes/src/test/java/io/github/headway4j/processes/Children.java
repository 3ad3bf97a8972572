// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What tests of commands need to know of the children that they start, and of the threads that wait for them. */
final class Children {

    private Children() {}

    /** Waits until a thread waits for something, whatever it is. */
    static void awaitWaiting(TestThread<?> waiter) {
        Await.until("\"" + waiter.thread().getName() + "\" to wait", () -> {
            if (!waiter.isAlive()) {
                throw new AssertionError("it ended instead of waiting", waiter.failure());
            }
            Thread.State state = waiter.thread().getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        });
    }

    /** Waits until none of the processes is left. */
    static void awaitGone(List<Long> pids) {
        Await.until("the end of " + pids, () -> pids.stream().noneMatch(Leaks::isRunning));
    }

    /** The process ids that a child has said, one a line. */
    static List<Long> pids(String said) {
        return said.lines()
                .filter(line -> line.matches("[0-9]+"))
                .map(Long::valueOf)
                .collect(Collectors.toList());
    }

    /** Waits until a child has written some process ids to a file. */
    static List<Long> awaitPids(Path file, int count) {
        Await.until(count + " process ids in " + file, () -> pids(read(file)).size() == count);
        return pids(read(file));
    }

    /** Waits until a child has written at least so many process ids to a file, and returns all. */
    static List<Long> awaitAtLeast(Path file, int count) {
        Await.until(count + " process ids in " + file, () -> pids(read(file)).size() >= count);
        return pids(read(file));
    }

    /** Ends what a test has left alive on purpose. */
    static void kill(List<Long> pids) {
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        awaitGone(pids);
    }

    /**
     * Whether a process neither ignores nor blocks a signal. It may have inherited that: what the parent of this process
     * ignores, everybody ignores, and JDK 17 starts children with SIGQUIT blocked.
     */
    static boolean hears(long pid, int signal) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("SigIgn:") || line.startsWith("SigBlk:"))
                .map(line ->
                        new BigInteger(line.substring(line.indexOf(':') + 1).trim(), 16))
                .noneMatch(mask -> mask.testBit(signal - 1));
    }

    /** Throws anything where nothing is declared. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
