// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.List;
import java.util.Optional;

/**
 * A command has ended with an exit code that was not expected: Python's {@code CalledProcessError}. The message names
 * the command, the exit code or the signal, and the last lines that were written to the standard error, or to the
 * standard output if there are none.
 *
 * @since 0.1
 */
public class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The most characters of output in the message. */
    private static final int TAIL = 2_000;

    /** An array, as not every list can be serialized. */
    private final String[] words;

    private final int exitCode;
    private final String stdout;
    private final String stderr;

    /**
     * A failure.
     *
     * @param result what the command has left behind
     */
    @SuppressWarnings("this-escape")
    public CommandFailedException(CompletedProcess result) {
        super(message(result));
        words = result.command().words().toArray(new String[0]);
        exitCode = result.exitCode();
        stdout = result.stdout();
        stderr = result.stderr();
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
     * The exit code, as {@link CompletedProcess#exitCode()} gives it.
     *
     * @return the exit code
     */
    public int exitCode() {
        return exitCode;
    }

    /**
     * The name of the signal that ended the command, judged by the exit code.
     *
     * @return a name like {@code SIGKILL}; empty if the exit code does not stand for a signal that has a name
     */
    public Optional<String> signalName() {
        return Optional.ofNullable(Signals.nameOfExitCode(exitCode));
    }

    /**
     * What was captured of the standard output.
     *
     * @return the text
     */
    public String stdout() {
        return stdout;
    }

    /**
     * What was captured of the standard error.
     *
     * @return the text
     */
    public String stderr() {
        return stderr;
    }

    private static String message(CompletedProcess result) {
        String message = result.command().words() + " " + Signals.describe(result.exitCode());
        String shown = result.stderr().isBlank() ? result.stdout() : result.stderr();
        return shown.isBlank() ? message : message + ":\n" + tail(shown.stripTrailing());
    }

    /** The last lines, and a mark if there are more. */
    private static String tail(String text) {
        if (text.length() <= TAIL) {
            return text;
        }
        int cut = text.length() - TAIL;
        int line = text.indexOf('\n', cut);
        return "...\n" + text.substring(line < 0 || line == text.length() - 1 ? cut : line + 1);
    }
}
