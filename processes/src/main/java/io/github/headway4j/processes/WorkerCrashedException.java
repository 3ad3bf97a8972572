// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.OptionalInt;

/**
 * The worker process of a {@link ProcessPool} ended while it ran a task: it was killed, ran out of memory, or the task
 * called {@code System.exit}. Only the task that it ran fails with this; what had been sent to it and not begun goes to
 * other workers. A task that is the next to begin when one process after the other ends, three of them, fails too: it
 * is probably too large to be read there. Whether the task has had its effect is not known.
 *
 * @since 0.1
 */
public final class WorkerCrashedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The JDK tells a death by signal as 128 and the number of the signal. */
    private static final int SIGNALS = 128;

    private static final int LAST_SIGNAL = 64;

    private final long pid;
    private final int exitCode;
    private final String stderrTail;

    WorkerCrashedException(String worker, long pid, int exitCode, String stderrTail) {
        super("worker process " + worker + " ended while it ran this task: exit code " + exitCode
                + (isSignal(exitCode) ? ", which looks like signal " + (exitCode - SIGNALS) : "")
                + (stderrTail.isBlank() ? "" : "; its standard error ends with:\n" + stderrTail.stripTrailing()));
        this.pid = pid;
        this.exitCode = exitCode;
        this.stderrTail = stderrTail;
    }

    private static boolean isSignal(int code) {
        return code > SIGNALS && code <= SIGNALS + LAST_SIGNAL;
    }

    /**
     * The process that ended.
     *
     * @return its process id
     */
    public long pid() {
        return pid;
    }

    /**
     * How it ended.
     *
     * @return the exit code, as {@link Process#exitValue()} has it
     */
    public int exitCode() {
        return exitCode;
    }

    /**
     * The signal that killed it, if the exit code looks like one. The JDK tells a death by signal 9 as exit code 137;
     * a process that calls {@code System.exit(137)} cannot be told from it.
     *
     * @return the number of the signal, or empty
     */
    public OptionalInt signal() {
        return isSignal(exitCode) ? OptionalInt.of(exitCode - SIGNALS) : OptionalInt.empty();
    }

    /**
     * The last lines that it wrote to its standard error.
     *
     * @return some kilobytes of text at most; empty if it wrote nothing
     */
    public String stderrTail() {
        return stderrTail;
    }
}
