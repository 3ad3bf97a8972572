// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the standard input of a {@link Command} comes from. Immutable.
 *
 * @since 0.1
 */
public final class Input {

    enum Kind {
        /** Nothing was chosen: empty for a command that is run, a pipe for one that is started. */
        UNCHOSEN,
        EMPTY,
        INHERIT,
        PIPE,
        BYTES,
        TEXT,
        FILE
    }

    static final Input UNCHOSEN = new Input(Kind.UNCHOSEN, null, null, null);
    private static final Input EMPTY = new Input(Kind.EMPTY, null, null, null);
    private static final Input INHERIT = new Input(Kind.INHERIT, null, null, null);
    private static final Input PIPE = new Input(Kind.PIPE, null, null, null);

    final Kind kind;
    final byte @Nullable [] bytes;
    final @Nullable String text;
    final @Nullable Path file;

    private Input(Kind kind, byte @Nullable [] bytes, @Nullable String text, @Nullable Path file) {
        this.kind = kind;
        this.bytes = bytes;
        this.text = text;
        this.file = file;
    }

    /**
     * The end of the input at once.
     *
     * @return no input
     */
    public static Input empty() {
        return EMPTY;
    }

    /**
     * The standard input of this virtual machine. In a {@link ChildProcess} or a worker of a pool that is empty.
     *
     * @return the inherited input
     */
    public static Input inherit() {
        return INHERIT;
    }

    /**
     * What is written to {@link Subprocess#stdin()} or given to {@code communicate}.
     *
     * @return a pipe
     */
    public static Input pipe() {
        return PIPE;
    }

    /**
     * These bytes, and then the end.
     *
     * @param bytes copied at once
     * @return an input of these bytes
     */
    public static Input of(byte[] bytes) {
        return new Input(Kind.BYTES, bytes.clone(), null, null);
    }

    /**
     * This text in the {@linkplain Command#charset(java.nio.charset.Charset) charset of the command}, and then the end.
     *
     * @param text the text
     * @return an input of this text
     */
    public static Input of(String text) {
        return new Input(Kind.TEXT, null, Objects.requireNonNull(text, "text"), null);
    }

    /**
     * What a file holds.
     *
     * @param file relative to the directory of this virtual machine, whatever the directory of the command
     * @return an input from that file
     */
    public static Input from(Path file) {
        return new Input(Kind.FILE, null, null, Objects.requireNonNull(file, "file"));
    }

    /** What was chosen, without the data. */
    @Override
    public String toString() {
        switch (kind) {
            case BYTES:
            case TEXT:
                return "of(...)";
            case FILE:
                return "from(" + file + ")";
            default:
                return kind.name().toLowerCase(Locale.ROOT);
        }
    }
}
