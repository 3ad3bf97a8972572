// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One go through jobs that a thread makes: it counts the runs, and keeps what is not to disturb the jobs that follow
 * until all are through.
 */
final class Pass {

    private int runs;
    private boolean interrupted;
    private @Nullable Throwable thrown;

    /** A run begins. */
    void begin() {
        runs++;
    }

    /** A run has taken an interrupt for itself. */
    void noteInterrupt() {
        interrupted = true;
    }

    /** Calls a user's handler or listener, and keeps what it throws. */
    void call(Runnable user) {
        try {
            user.run();
        } catch (Throwable failure) {
            keep(failure);
        }
    }

    /** Asks a user's clock; if it throws, that is kept, and the answer is another one. */
    <T extends Object> T get(Supplier<T> user, T otherwise) {
        try {
            return user.get();
        } catch (Throwable failure) {
            keep(failure);
            return otherwise;
        }
    }

    /** Keeps what was thrown until all jobs are through. */
    void keep(Throwable failure) {
        if (thrown == null) {
            thrown = failure;
        } else if (thrown != failure) {
            thrown.addSuppressed(failure);
        }
    }

    /** Gives the thread its interrupt back, if it is not one that others own. */
    void restoreInterrupt() {
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the pass early: what has been kept goes along with the reason. */
    <X extends Exception> X endBy(X reason) {
        if (thrown != null) {
            reason.addSuppressed(thrown);
        }
        return reason;
    }

    /** Ends the pass in a thread of its user. Returns the number of runs, or throws what has been kept. */
    int end() {
        restoreInterrupt();
        endInBackground();
        return runs;
    }

    /** Ends the pass in a thread that is only lent: an interrupt is not given back to it. */
    void endInBackground() {
        if (thrown != null) {
            Pass.<RuntimeException>rethrow(thrown);
        }
    }

    /** Handlers declare no checked exceptions, but compilers of other languages let them throw some. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void rethrow(Throwable failure) throws X {
        throw (X) failure;
    }
}
