// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.children;

import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.SerializableRunnable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Child processes that print. The target of the first is a function; the next ones are by inheritance, with a message
 * of their own; one ends with an exit code, and one by an exception, whose trace it writes to its standard error.
 * Process ids and exit codes are listed at the end.
 */
public final class HelloChildren {

    private static final int TROUBLE = 3;

    private HelloChildren() {}

    /** By inheritance: the message is a field, and travels with the object. */
    static final class MessageProcess implements SerializableRunnable {
        private static final long serialVersionUID = 1L;

        private final String message;

        MessageProcess(String message) {
            this.message = message;
        }

        @Override
        public void run() {
            System.out.println(ChildProcess.currentName() + " says " + message);
        }
    }

    /**
     * Runs the program.
     *
     * @param args not used
     * @throws IOException if a child cannot be started
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<SerializableRunnable> targets = List.of(
                HelloChildren::hello,
                new MessageProcess("good morning"),
                new MessageProcess("good night"),
                () -> System.exit(TROUBLE),
                () -> {
                    throw new IllegalStateException("trouble");
                });
        List<ChildProcess> children = new ArrayList<>();
        try {
            for (SerializableRunnable target : targets) {
                children.add(ChildProcess.start(target));
            }
            for (ChildProcess child : children) {
                child.join();
                System.out.println(child.name() + " was process " + child.pid() + ", exit code " + child.exitCode());
            }
        } finally {
            children.forEach(ChildProcess::close);
        }
    }

    /** The target that is a function. */
    private static void hello() {
        System.out.println("hello from " + ChildProcess.currentName());
    }
}
