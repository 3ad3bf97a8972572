// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads;

import io.github.headway4j.testing.Await;
import java.util.List;

/** Looks for threads that a program has left behind. */
public final class ThreadsOfProgram {

    private ThreadsOfProgram() {}

    /**
     * Lists the living threads of a program.
     *
     * @param prefix how the names of the threads begin
     * @return the names of the threads
     */
    public static List<String> alive(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    /**
     * Waits until the threads of a pool have ended. A pool has terminated a moment before its last thread has.
     *
     * @param prefix how the names of the threads begin
     */
    public static void awaitEnd(String prefix) {
        Await.until(
                "the end of all threads named " + prefix, () -> alive(prefix).isEmpty());
    }
}
