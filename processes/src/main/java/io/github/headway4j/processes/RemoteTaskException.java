// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task of a {@link ProcessPool} that went wrong in its worker process in a way that has no other exception here:
 *
 * <ul>
 *   <li>the task could not be read by the worker, or its result could not be sent or read; the cause says why;
 *   <li>what it has thrown cannot be serialized, or not be read here: the message has its trace as text.
 * </ul>
 *
 * <p>Also suppressed in each exception that came from a worker as itself, to tell from which one.
 *
 * @since 0.1
 */
public final class RemoteTaskException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The class of what was thrown there. */
    private final String remoteClassName;

    /** Its stack trace, as text. */
    private final String remoteTrace;

    RemoteTaskException(String message, Throwable cause) {
        this(message, cause, cause.getClass().getName(), "");
    }

    RemoteTaskException(String message, @Nullable Throwable cause, String remoteClassName, String remoteTrace) {
        super(message, cause, true, cause != null);
        this.remoteClassName = Objects.requireNonNull(remoteClassName, "remoteClassName");
        this.remoteTrace = Objects.requireNonNull(remoteTrace, "remoteTrace");
    }

    /**
     * The class of what was thrown in the worker process.
     *
     * @return the name of a class, which need not exist here
     */
    public String remoteClassName() {
        return remoteClassName;
    }

    /**
     * The stack trace of what was thrown in the worker process, with its causes.
     *
     * @return the text, as {@code printStackTrace} has it; empty if it was thrown here
     */
    public String remoteTrace() {
        return remoteTrace;
    }
}
