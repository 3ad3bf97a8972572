// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a task in another process.
 *
 * @param thrown what is to be thrown here
 * @param before the results of the items of a chunk before the one that failed, or null if it is no chunk
 */
record RemoteFailure(Throwable thrown, @Nullable List<?> before) {

    // ---- what was being done ----

    /** The task, or the initializer, threw it. */
    static final int RUNNING = 0;

    /** The task could not be read. */
    static final int LOADING = 1;

    /** The result could not be written. */
    static final int SAVING = 2;

    private static final List<String> DOING =
            List.of("a task failed", "a task could not be read", "the result of a task could not be sent");

    /** The longest text of a trace; the beginning tells most. */
    private static final int LONGEST_TRACE = 1 << 15;

    // ---- in the process in which it happened ----

    /** Writes a failure, whatever it is like: as itself if it can be serialized, and always as text. */
    static void write(int doing, Throwable failure, @Nullable List<?> before, WireBuffer out) {
        out.clear();
        out.writeByte(doing);
        out.writeString(failure.getClass().getName());
        out.writeString(text(failure));
        writeOrNull(before, out);
        writeOrNull(failure, out);
    }

    private static void writeOrNull(@Nullable Object object, WireBuffer out) {
        int start = out.end();
        try {
            Wire.write(object, out);
        } catch (Throwable cannotBeSent) { // whatever it is: an answer must go
            out.truncate(start);
            Wire.writeLeaf(null, out);
        }
    }

    private static String text(Throwable failure) {
        try {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text, true));
            String all = text.toString();
            return all.length() <= LONGEST_TRACE ? all : all.substring(0, LONGEST_TRACE) + "...";
        } catch (Throwable ofItsOwnMaking) {
            return failure.getClass().getName();
        }
    }

    // ---- in the process of the pool ----

    /** Reads a failure. Runs code of users. */
    static RemoteFailure read(byte[] bytes, @Nullable ObjectInputFilter filter, String place) {
        String type = "?";
        String trace = "";
        List<?> before = null;
        Throwable unreadable = null;
        int doing = RUNNING;
        try {
            WireBuffer in = WireBuffer.wrap(bytes, 0, bytes.length);
            doing = in.readByte();
            type = in.readString();
            trace = in.readString();
            before = (List<?>) Wire.read(in, filter);
            if (Wire.read(in, filter) instanceof Throwable same) {
                return new RemoteFailure(thrownHere(doing, same, type, trace, place), before);
            }
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
            unreadable = e;
        }
        RemoteTaskException substitute =
                new RemoteTaskException(message(doing, place) + ": " + trace.strip(), null, type, trace);
        if (unreadable != null) {
            substitute.addSuppressed(unreadable);
        }
        return new RemoteFailure(substitute, before);
    }

    private static Throwable thrownHere(int doing, Throwable same, String type, String trace, String place) {
        if (doing != RUNNING) {
            return new RemoteTaskException(message(doing, place) + ": " + same, same, type, trace);
        }
        same.addSuppressed(new RemoteTaskException("thrown " + place, null, type, trace));
        return same;
    }

    private static String message(int doing, String place) {
        return (doing >= 0 && doing < DOING.size() ? DOING.get(doing) : "something went wrong") + " " + place;
    }
}
