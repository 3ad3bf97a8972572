// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * A pool of {@code multiprocessing}, with as many workers as ours. Python is told how many numbers it shall make, applies
 * the function to them and says when it has the results: what goes between it and this JVM are two short lines.
 */
final class PythonPool implements ProcessMapImplementation.Mapper {
    /** Forked workers are the ones that Python starts fastest, and that have the least to say to each other. */
    private static final String SCRIPT = """
            import multiprocessing, sys

            def plus_one(item):
                return item + 1

            with multiprocessing.get_context("fork").Pool(2) as pool:
                for line in sys.stdin:
                    items, chunk = map(int, line.split())
                    print(len(pool.map(plus_one, range(items), chunk)), flush=True)
            """;

    private final Process python;
    private final Writer questions;
    private final BufferedReader answers;

    PythonPool() throws IOException {
        python = start("-c", SCRIPT);
        questions = python.outputWriter();
        answers = python.inputReader();
    }

    /** Whether there is a Python to compare with. */
    static boolean isThere() {
        try {
            return start("--version").waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Process start(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "python3";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Override
    public int map(List<Integer> items, int chunk) throws IOException {
        questions.write(items.size() + " " + chunk + "\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("Python has ended");
        }
        return Integer.parseInt(answer);
    }

    @Override
    public void close() {
        python.descendants().forEach(ProcessHandle::destroyForcibly);
        python.destroyForcibly().onExit().join();
    }
}
