// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

/** What is thrown where nobody is there to be told. */
final class Uncaught {

    private Uncaught() {}

    /** Tells the handler of the thread. What even this handler throws is lost. */
    static void report(Throwable failure) {
        try {
            Thread thread = Thread.currentThread();
            Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
            if (handler != null) { // there is none when the thread has ended
                handler.uncaughtException(thread, failure);
            }
        } catch (Throwable lost) {
            return;
        }
    }
}
