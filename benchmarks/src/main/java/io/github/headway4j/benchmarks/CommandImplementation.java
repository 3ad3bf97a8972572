// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.processes.Command;
import io.github.headway4j.processes.CommandTimeoutException;
import io.github.headway4j.processes.CompletedProcess;
import io.github.headway4j.processes.Output;
import io.github.headway4j.processes.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What can run commands of the system. */
public enum CommandImplementation {
    HEADWAY {
        @Override
        int exitCode(String program) throws IOException, InterruptedException, CommandTimeoutException {
            return Subprocess.run(Command.of(path(program))).exitCode();
        }

        @Override
        byte[] output(int most, String program, String... arguments)
                throws IOException, InterruptedException, CommandTimeoutException {
            CompletedProcess done =
                    Subprocess.run(Command.of(path(program), arguments).stdout(Output.capture(most, Output.Keep.HEAD)));
            return done.stdoutBytes();
        }
    },
    PROCESS_BUILDER {
        @Override
        int exitCode(String program) throws IOException, InterruptedException, CommandTimeoutException {
            return new ProcessBuilder(path(program)).start().waitFor();
        }

        @Override
        byte[] output(int most, String program, String... arguments)
                throws IOException, InterruptedException, CommandTimeoutException {
            ProcessBuilder builder = new ProcessBuilder(path(program));
            builder.command().addAll(List.of(arguments));
            Process process = builder.start();
            byte[] output = process.getInputStream().readAllBytes();
            process.waitFor();
            return output;
        }
    };

    private static final Path BIN = Path.of("/bin");

    /** Nobody has to search for the program. */
    private static String path(String program) {
        Path candidate = BIN.resolve(program);
        return Files.isExecutable(candidate) ? candidate.toString() : "/usr/bin/" + program;
    }

    abstract int exitCode(String program) throws IOException, InterruptedException, CommandTimeoutException;

    abstract byte[] output(int most, String program, String... arguments)
            throws IOException, InterruptedException, CommandTimeoutException;
}
