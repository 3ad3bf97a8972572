// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run in a JVM of its own.
 *
 * @param exitCode how it ended
 * @param lines what it printed
 */
public record ProgramRun(int exitCode, List<String> lines) {

    private static final int WATCHDOG_SECONDS = 50;

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
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(args));
        Path output = Files.createTempFile("headway-program-", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(WATCHDOG_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(program + " does not end; so far: " + Files.readAllLines(output));
            }
            return new ProgramRun(process.exitValue(), Files.readAllLines(output));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
