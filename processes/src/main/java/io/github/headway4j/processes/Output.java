// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the standard output, or the standard error, of a {@link Command} goes. Immutable.
 *
 * <p>Whatever is chosen, the command never waits because nobody reads what it writes, but for {@link #stream()}, where
 * that is the point.
 *
 * @since 0.1
 */
public final class Output {

    /** The most bytes that {@link #capture()} keeps: {@value}. */
    public static final long DEFAULT_LIMIT = 16L << 20;

    /** Which part of an output is kept that is longer than the limit. */
    public enum Keep {
        /** The beginning. */
        HEAD,
        /** The end. */
        TAIL,
        /** Half of the limit from the beginning, the rest from the end. */
        BOTH
    }

    enum Kind {
        CAPTURE,
        STREAM,
        LINES,
        DISCARD,
        INHERIT,
        FILE,
        APPEND
    }

    private static final Output CAPTURE = new Output(Kind.CAPTURE, DEFAULT_LIMIT, Keep.HEAD, null, null);
    private static final Output STREAM = new Output(Kind.STREAM, 0L, Keep.HEAD, null, null);
    private static final Output DISCARD = new Output(Kind.DISCARD, 0L, Keep.HEAD, null, null);
    private static final Output INHERIT = new Output(Kind.INHERIT, 0L, Keep.HEAD, null, null);

    final Kind kind;
    final long limit;
    final Keep keep;
    final @Nullable Consumer<? super String> listener;
    final @Nullable Path file;

    private Output(Kind kind, long limit, Keep keep, @Nullable Consumer<? super String> listener, @Nullable Path file) {
        this.kind = kind;
        this.limit = limit;
        this.keep = keep;
        this.listener = listener;
        this.file = file;
    }

    /**
     * Kept in memory, the first {@value #DEFAULT_LIMIT} bytes of it. The default.
     *
     * @return a captured output
     */
    public static Output capture() {
        return CAPTURE;
    }

    /**
     * Kept in memory up to a limit. What is beyond is read all the same, so that the command goes on, and dropped.
     *
     * @param limitBytes the most bytes that are kept; {@code Long.MAX_VALUE} for all that memory holds
     * @param keep which part of a longer output
     * @return a captured output
     * @throws IllegalArgumentException if the limit is negative
     */
    public static Output capture(long limitBytes, Keep keep) {
        if (limitBytes < 0) {
            throw new IllegalArgumentException("limitBytes: " + limitBytes + "; expected zero or more");
        }
        return new Output(Kind.CAPTURE, limitBytes, Objects.requireNonNull(keep, "keep"), null, null);
    }

    /**
     * Read by the user through {@link Subprocess#stdout()} or {@link Subprocess#stderr()}. A command that is ahead of
     * its reader by more than the buffers hold waits. Only for commands that are {@linkplain Subprocess#start started}.
     *
     * @return an output that is read while the command runs
     */
    public static Output stream() {
        return STREAM;
    }

    /**
     * Handed over line by line, while the command runs, without the ends of the lines, which are {@code \n},
     * {@code \r\n} or {@code \r}. What follows the last end is handed over at the end of the output. A line of more
     * than 2<sup>20</sup> characters comes in pieces. The listener is called by one thread, in order; the command waits
     * while it is busy. What it throws ends a command that is run, and comes out of {@code run} or {@code communicate};
     * it is not called again then.
     *
     * @param listener gets each line
     * @return an output that is listened to
     */
    public static Output lines(Consumer<? super String> listener) {
        return new Output(Kind.LINES, 0L, Keep.HEAD, Objects.requireNonNull(listener, "listener"), null);
    }

    /**
     * Dropped by the operating system.
     *
     * @return no output
     */
    public static Output discard() {
        return DISCARD;
    }

    /**
     * Written to that of this virtual machine.
     *
     * @return the inherited output
     */
    public static Output inherit() {
        return INHERIT;
    }

    /**
     * Written to a file, in place of what it held before. Standard output and standard error may go to the same file.
     *
     * @param file relative to the directory of this virtual machine, whatever the directory of the command
     * @return an output to that file
     */
    public static Output to(Path file) {
        return new Output(Kind.FILE, 0L, Keep.HEAD, null, Objects.requireNonNull(file, "file"));
    }

    /**
     * Written to the end of a file, which is made if it is not there.
     *
     * @param file relative to the directory of this virtual machine, whatever the directory of the command
     * @return an output to that file
     */
    public static Output appendTo(Path file) {
        return new Output(Kind.APPEND, 0L, Keep.HEAD, null, Objects.requireNonNull(file, "file"));
    }

    /** Whether this virtual machine reads it. */
    boolean isPiped() {
        return kind == Kind.CAPTURE || kind == Kind.STREAM || kind == Kind.LINES;
    }

    /** What was chosen. */
    @Override
    public String toString() {
        switch (kind) {
            case CAPTURE:
                return this == CAPTURE ? "capture" : "capture(" + limit + ", " + keep + ")";
            case FILE:
                return "to(" + file + ")";
            case APPEND:
                return "appendTo(" + file + ")";
            default:
                return kind.name().toLowerCase(Locale.ROOT);
        }
    }
}
