// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.util.ArrayList;
import java.util.List;

/** Tells of exceptions in a few words. */
final class Failures {
    private static final int MOST_CAUSES = 4;

    private Failures() {}

    /** {@return a line for the exception and one for each of its causes} */
    static List<String> describe(Throwable failure) {
        List<String> lines = new ArrayList<>();
        Throwable next = failure;
        while (next != null && lines.size() < MOST_CAUSES) {
            lines.add(brief(next) + place(next.getStackTrace()));
            next = next.getCause();
        }
        return lines;
    }

    /** {@return the kind of the exception and its message} */
    static String brief(Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? kind : kind + ": " + failure.getMessage();
    }

    /** {@return the first place in the program, in brackets, or the empty string} */
    static String place(StackTraceElement[] trace) {
        for (StackTraceElement frame : trace) {
            if (frame.getClassName().startsWith("io.github.headway4j.")) {
                return " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
            }
        }
        return "";
    }
}
