// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.children;

import io.github.headway4j.processes.ChildOptions;
import io.github.headway4j.processes.ChildProcess;
import java.io.IOException;

/** The process ids of a parent, its child and its grandchild, as each of them sees them. */
public final class ProcessIds {

    private ProcessIds() {}

    /**
     * Runs the program.
     *
     * @param args not used
     * @throws IOException if a child cannot be started
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        introduce();
        startAndJoin("child", 1);
    }

    /** Starts a child, which does the same as long as there are generations to come. */
    private static void startAndJoin(String name, int generations) throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.start(
                () -> live(generations), ChildOptions.defaults().name(name))) {
            child.join();
            System.out.println(ChildProcess.currentName() + ": my " + name + " was " + child.pid()
                    + ", and ended with exit code " + child.exitCode());
        }
    }

    /** Runs in a child. */
    private static void live(int generations) {
        introduce();
        if (generations == 0) {
            return;
        }
        try {
            startAndJoin("grandchild", generations - 1);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e); // ends this child with exit code 1 and a trace
        }
    }

    private static void introduce() {
        ProcessHandle self = ProcessHandle.current();
        System.out.println(ChildProcess.currentName() + ": I am " + self.pid() + ", my parent is "
                + self.parent().map(ProcessHandle::pid).orElse(0L));
    }
}
