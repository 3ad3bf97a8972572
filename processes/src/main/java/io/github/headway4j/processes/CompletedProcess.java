// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a {@link Command} has left behind: its exit code and its output. Immutable.
 *
 * <p><b>Output.</b> Text is in the charset of the command, with the ends of lines as they are. An output that was not
 * captured is empty, that of a merged standard error too. Of an output longer than the limit of its
 * {@link Output#capture(long, Output.Keep) capture}, the part is there that was to be kept.
 *
 * @since 0.1
 */
public final class CompletedProcess {

    private final Command command;
    private final long pid;
    private final int exitCode;
    private final Captured stdout;
    private final Captured stderr;
    private final boolean cutOff;
    private final Duration duration;

    CompletedProcess(
            Command command,
            long pid,
            int exitCode,
            Captured stdout,
            Captured stderr,
            boolean cutOff,
            Duration duration) {
        this.command = command;
        this.pid = pid;
        this.exitCode = exitCode;
        this.stdout = stdout;
        this.stderr = stderr;
        this.cutOff = cutOff;
        this.duration = duration;
    }

    /**
     * The command.
     *
     * @return the command
     */
    public Command command() {
        return command;
    }

    /**
     * The number that the process had. Another one may have it by now.
     *
     * @return the process id
     */
    public long pid() {
        return pid;
    }

    /**
     * The exit code as the operating system and the JDK give it: on Unix 128 + n of a process that was ended by signal
     * n; but -n if it was this library that sent the signal.
     *
     * @return the exit code
     */
    public int exitCode() {
        return exitCode;
    }

    /**
     * Whether the exit code is 0, or one that the command was told to expect.
     *
     * @return true for a success
     */
    public boolean isSuccess() {
        return command.isSuccess(exitCode);
    }

    /**
     * The standard output.
     *
     * @return the text, as it is
     */
    public String stdout() {
        return stdout.text();
    }

    /**
     * The standard error.
     *
     * @return the text, as it is
     */
    public String stderr() {
        return stderr.text();
    }

    /**
     * The lines of the standard output.
     *
     * @return an immutable list of lines without their ends
     */
    public List<String> stdoutLines() {
        return stdout.text().lines().collect(Collectors.toUnmodifiableList());
    }

    /**
     * The lines of the standard error.
     *
     * @return an immutable list of lines without their ends
     */
    public List<String> stderrLines() {
        return stderr.text().lines().collect(Collectors.toUnmodifiableList());
    }

    /**
     * The standard output as it came.
     *
     * @return a new array
     */
    public byte[] stdoutBytes() {
        return stdout.bytes();
    }

    /**
     * The standard error as it came.
     *
     * @return a new array
     */
    public byte[] stderrBytes() {
        return stderr.bytes();
    }

    /**
     * Whether the standard output was longer than the limit of its capture.
     *
     * @return true if a part of it is not here
     */
    public boolean stdoutTruncated() {
        return stdout.isTruncated();
    }

    /**
     * Whether the standard error was longer than the limit of its capture.
     *
     * @return true if a part of it is not here
     */
    public boolean stderrTruncated() {
        return stderr.isTruncated();
    }

    /**
     * Whether a descendant still held a pipe when the {@linkplain Command#outputGrace time for that} was over, or when
     * the program had ended before its start was noticed. All that the program itself wrote is here even so.
     *
     * @return true if something may have been written after that
     */
    public boolean outputCutOff() {
        return cutOff;
    }

    /**
     * The time from the start of the process to its end, as far as it was looked at.
     *
     * @return the time
     */
    public Duration duration() {
        return duration;
    }

    /**
     * Refuses a failure.
     *
     * @return this, if the exit code is 0 or one that the command was told to expect
     * @throws CommandFailedException otherwise
     */
    public CompletedProcess check() {
        if (!isSuccess()) {
            throw new CommandFailedException(this);
        }
        return this;
    }

    Captured capturedStdout() {
        return stdout;
    }

    Captured capturedStderr() {
        return stderr;
    }

    /** The command, the exit code and how much output there is, in one line. */
    @Override
    public String toString() {
        return "CompletedProcess[" + command + ", exit code " + exitCode + ", stdout " + stdout.length()
                + " bytes, stderr " + stderr.length() + " bytes]";
    }
}
