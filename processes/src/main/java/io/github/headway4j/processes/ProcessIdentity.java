// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A process in one word that fits into shared memory: its pid in the upper half, the low half of its start time in the
 * lower one. Positive, never 0. A pid that is used again belongs to a process with another start time, hence to another
 * identity; so an identity that is dead stays dead.
 *
 * <p>The start time is the one of {@code /proc/PID/stat} on Linux (ticks since the boot), elsewhere the start instant
 * in milliseconds. All processes that share memory have to see the same pids: processes in containers with pid
 * namespaces of their own must not share a directory of {@link PrivateFiles}.
 */
final class ProcessIdentity {

    private static final boolean LINUX = Files.isReadable(Path.of("/proc/self/stat"));

    /** The longest line of {@code /proc/PID/stat}, amply: 52 numbers and a name of 16 characters. */
    private static final int STAT_BYTES = 2_048;

    /** Where the fields stand that follow the name of the process, which is in parentheses. */
    private static final int STATE = 0;

    private static final int THREADS = 17;
    private static final int START_TIME = 19;

    /** No process. */
    static final long NONE = 0L;

    /** The start time that a system does not tell; never on Linux. */
    private static final long UNKNOWN = 0L;

    /** This process, once it is known. */
    private static volatile long known = NONE;

    private ProcessIdentity() {}

    /**
     * This process.
     *
     * @throws UncheckedIOException if the system does not tell its start time now, say for want of file descriptors: an
     *     identity without it would be that of a dead process to all others
     */
    static long own() {
        long own = known;
        if (own == NONE) {
            long pid = ProcessHandle.current().pid();
            own = of(pid);
            if (own == NONE) {
                throw new UncheckedIOException(new IOException("cannot read the start time of process " + pid));
            }
            known = own;
        }
        return own;
    }

    /** The process that has the given pid now, or NONE if there is none or it cannot be examined. */
    static long of(long pid) {
        if (LINUX) {
            String[] fields = stat(pid);
            return fields.length > START_TIME ? identity(pid, Long.parseLong(fields[START_TIME])) : NONE;
        }
        return ProcessHandle.of(pid)
                .map(process -> identity(pid, startMillis(process)))
                .orElse(NONE);
    }

    /** The pid of a process. */
    static long pid(long identity) {
        return identity >>> Integer.SIZE;
    }

    /**
     * Whether the process may still write to shared memory. A process that cannot be examined counts as alive. One that
     * has ended and is not yet reaped counts as dead, unless threads of it are still on their way out.
     */
    static boolean isAlive(long identity) {
        if (identity != NONE && identity == known) {
            return true;
        }
        long pid = pid(identity);
        if (!LINUX) {
            return ProcessHandle.of(pid)
                    .map(process -> process.isAlive() && mayBe(identity, startMillis(process)))
                    .orElse(false);
        }
        String[] fields = stat(pid);
        if (fields.length <= START_TIME) {
            return Files.exists(Path.of("/proc/" + pid)); // out of file descriptors, or hidden: not known to be dead
        }
        if (identity(pid, Long.parseLong(fields[START_TIME])) != identity) {
            return false;
        }
        boolean ended = "Z".equals(fields[STATE]) || "X".equals(fields[STATE]);
        return !ended || Long.parseLong(fields[THREADS]) > 1L;
    }

    /**
     * The fields of {@code /proc/PID/stat} after the name; empty if the file cannot be read. Through a plain stream: a
     * channel would be closed by an interrupt.
     */
    private static String[] stat(long pid) {
        byte[] line;
        try (InputStream in = new FileInputStream("/proc/" + pid + "/stat")) {
            line = in.readNBytes(STAT_BYTES);
        } catch (IOException unreadable) {
            return new String[0];
        }
        String text = new String(line, StandardCharsets.ISO_8859_1);
        int afterName = text.lastIndexOf(')') + 2; // the name may hold anything, parentheses and blanks too
        return afterName < text.length() ? text.substring(afterName).split(" ", -1) : new String[0];
    }

    /** Whether an identity may be that of the process with its pid, which began then: if not known, it may. */
    private static boolean mayBe(long identity, long startMillis) {
        return startMillis == UNKNOWN
                || (identity & 0xFFFF_FFFFL) == UNKNOWN
                || identity(pid(identity), startMillis) == identity;
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(UNKNOWN);
    }

    /** Positive: the sign is left to those who need a mark. */
    private static long identity(long pid, long startTime) {
        return (pid & Integer.MAX_VALUE) << Integer.SIZE | (startTime & 0xFFFF_FFFFL);
    }
}
