// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.machine.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run in a JVM of its own.
 *
 * @param exitCode how it ended
 * @param lines what it printed
 * @param errors what it printed on its standard error
 */
public record ProgramRun(int exitCode, List<String> lines, List<String> errors) {

    private static final int WATCHDOG_SECONDS = 50;

    /**
     * Runs a program to its end, and fails unless it ends well and has no word on its standard error.
     *
     * @param program the class whose {@code main} is called
     * @param args its arguments
     * @return what it printed
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the caller is interrupted
     */
    public static List<String> linesOf(Class<?> program, String... args) throws IOException, InterruptedException {
        ProgramRun run = of(List.of(), program, args);
        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).as("exit code after %s", run.lines()).isZero();
        return run.lines();
    }

    /**
     * Runs a program to its end.
     *
     * @param options options of the JVM
     * @param program the class whose {@code main} is called
     * @param args its arguments
     * @return what it printed and how it ended
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the caller is interrupted
     */
    public static ProgramRun of(List<String> options, Class<?> program, String... args)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("headway-program-", ".txt");
        Path errors = Files.createTempFile("headway-program-", ".txt");
        Process process = new ProcessBuilder(ChildJvm.command(options, program, args))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(WATCHDOG_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(program + " does not end; so far: " + Files.readAllLines(output));
            }
            return new ProgramRun(process.exitValue(), Files.readAllLines(output), Files.readAllLines(errors));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
