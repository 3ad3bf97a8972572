// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a whole, in a Java runtime of its own. */
class MainTest {
    @TempDir
    Path folder;

    @Test
    void main_fast_passesWithoutAWordOnStandardError() throws IOException, InterruptedException {
        int exitCode = launch("--fast");

        assertThat(errors()).isEmpty();
        assertThat(out())
                .doesNotContainPattern("[\\p{Cntrl}&&[^\n]]")
                .endsWith(Stops.all().size() + " passed, 0 failed\n");
        assertThat(exitCode).isZero();
    }

    @Test
    void main_unknownName_exitsWith2() throws IOException, InterruptedException {
        int exitCode = launch("nowhere");

        assertThat(errors()).contains("'nowhere'", "bank-account");
        assertThat(out()).isEmpty();
        assertThat(exitCode).isEqualTo(2);
    }

    private int launch(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Tour.class.getName());
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        try {
            return process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out")).replace("\r\n", "\n");
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }
}
