// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

/** What is done with things thrown. */
final class Failures {

    private Failures() {}

    /** Throws any throwable where none is declared; {@code throw} before the call tells the compiler so. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> RuntimeException unchecked(Throwable failure) throws E {
        throw (E) failure;
    }
}
