// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A command has not ended in time: Python's {@code TimeoutExpired}. Holds what was captured until then. After
 * {@link Subprocess#run} nothing of the command is left; after {@code communicate} it goes on, and nothing is lost: the
 * next {@code communicate} gives all its output.
 *
 * @since 0.1
 */
public class CommandTimeoutException extends TimeoutException {

    private static final long serialVersionUID = 1L;

    /** An array, as not every list can be serialized. */
    private final String[] words;

    private final Duration timeout;
    private final String stdout;
    private final String stderr;
    private final byte[] stdoutBytes;
    private final byte[] stderrBytes;

    CommandTimeoutException(Command command, Duration timeout, Captured stdout, Captured stderr) {
        super(command.words() + " did not end within " + timeout);
        this.words = command.words().toArray(new String[0]);
        this.timeout = timeout;
        this.stdout = stdout.text();
        this.stderr = stderr.text();
        this.stdoutBytes = stdout.bytes();
        this.stderrBytes = stderr.bytes();
    }

    /**
     * The program and its arguments.
     *
     * @return an immutable list
     */
    public List<String> command() {
        return List.of(words);
    }

    /**
     * The time that was over.
     *
     * @return the time-out
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * What was captured of the standard output so far. A character may be incomplete at its end.
     *
     * @return the text
     */
    public String stdout() {
        return stdout;
    }

    /**
     * What was captured of the standard error so far. A character may be incomplete at its end.
     *
     * @return the text
     */
    public String stderr() {
        return stderr;
    }

    /**
     * What was captured of the standard output so far.
     *
     * @return a new array
     */
    public byte[] stdoutBytes() {
        return stdoutBytes.clone();
    }

    /**
     * What was captured of the standard error so far.
     *
     * @return a new array
     */
    public byte[] stderrBytes() {
        return stderrBytes.clone();
    }
}
