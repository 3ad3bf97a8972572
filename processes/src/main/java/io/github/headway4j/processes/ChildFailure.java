// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Why a child could not begin, on its way to the parent: as text, and as what was thrown if that can be sent. */
final class ChildFailure {

    /** The longest trace; its beginning tells most. */
    private static final int LONGEST_TRACE = 1 << 15;

    /** Any class, but not more than a failure may hold. */
    private static final ObjectInputFilter FILTER =
            ObjectInputFilter.Config.createFilter("maxdepth=200;maxrefs=100000");

    private ChildFailure() {}

    /** Writes what was thrown, whatever it is like. */
    static void write(Throwable thrown, WireBuffer out) {
        StringWriter trace = new StringWriter();
        try {
            thrown.printStackTrace(new PrintWriter(trace, true));
        } catch (Throwable ofItsOwn) {
            trace.append(thrown.getClass().getName());
        }
        out.writeString(trace.getBuffer()
                .substring(0, Math.min(LONGEST_TRACE, trace.getBuffer().length())));
        int start = out.end();
        try {
            Wire.write(thrown, out);
        } catch (Throwable cannotBeSent) { // whatever it is: an answer must go
            out.truncate(start);
            Wire.writeLeaf(null, out);
        }
    }

    /** What was thrown there, or a substitute with its trace as the message if it cannot be read here. */
    static Throwable read(WireBuffer in) {
        String trace = "";
        try {
            trace = in.readString();
            if (Wire.read(in, FILTER) instanceof Throwable thrown) {
                return thrown;
            }
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError cannotBeRead) {
            IOException substitute = new IOException(trace.strip());
            substitute.addSuppressed(cannotBeRead);
            return substitute;
        }
        return new IOException(trace.strip());
    }
}
