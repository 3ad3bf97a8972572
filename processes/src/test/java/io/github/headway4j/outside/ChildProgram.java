// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.outside;

import io.github.headway4j.processes.ChildOptions;
import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.Output;
import io.github.headway4j.processes.SerializableRunnable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A program of users, outside of the package: starts a child and prints what the child prints. The tests run it on
 * class paths and module paths of all kinds.
 */
public final class ChildProgram {

    private ChildProgram() {}

    /**
     * The program.
     *
     * @param args the directory of the child
     */
    public static void main(String[] args) throws Exception {
        String captured = "captured";
        SerializableRunnable body = () -> System.out.println(captured
                + " in "
                + ChildProcess.currentName()
                + (ChildProcess.class.getModule().isNamed() ? " of a module" : " of the class path"));
        ChildOptions options =
                ChildOptions.defaults().directory(Path.of(args[0])).stdout(Output.stream());
        try (ChildProcess child = ChildProcess.start(body, options)) {
            System.out.print(new String(child.stdout().readAllBytes(), StandardCharsets.UTF_8));
            child.join();
            System.exit(child.exitCode());
        }
    }
}
