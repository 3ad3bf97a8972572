// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.children;

import io.github.headway4j.processes.ChildProcess;
import java.io.IOException;

/**
 * The course's {@code fork}: from one line on there are two processes, and both print their process ids. The closest
 * that Java has to it.
 *
 * <p>{@code fork} copies a process with its memory, but of its threads only the one that calls it. A JVM does not live
 * without its other threads: the collector and the compilers would be missing in the copy, with the locks that they
 * held taken for ever. So a child JVM begins afresh, and gets copies of what its lambda has captured.
 */
public final class LikeFork {

    private LikeFork() {}

    /**
     * Runs the program.
     *
     * @param args not used
     * @throws IOException if the child cannot be started
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        long parent = ProcessHandle.current().pid();
        System.out.println("before: " + parent);
        try (ChildProcess child = ChildProcess.start(() -> afterTheFork(parent))) {
            child.join();
        }
        afterTheFork(parent);
    }

    /** What both do; which one it is, each tells by its process id, as after {@code fork} by its return value. */
    private static void afterTheFork(long parent) {
        long own = ProcessHandle.current().pid();
        System.out.println(own == parent ? "I am the parent, " + own : "I am the child of " + parent + ", " + own);
    }
}
