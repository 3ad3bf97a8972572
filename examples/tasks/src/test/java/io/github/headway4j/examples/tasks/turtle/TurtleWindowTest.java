// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.turtle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.headway4j.examples.threads.machine.ChildJvm;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The window, on a display of its own that nobody sees. */
class TurtleWindowTest {

    private static Optional<Path> xvfb() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "Xvfb"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Test
    void window_keysOfAHand_areDrawn() throws Exception {
        assumeTrue(
                xvfb().isPresent(),
                "Xvfb, the X server without a screen, is not on the path: the window was not opened");
        Process display = new ProcessBuilder(
                        xvfb().orElseThrow().toString(), "-displayfd", "1", "-screen", "0", "800x600x24")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader number = display.inputReader(StandardCharsets.US_ASCII)) {
            ProcessBuilder hand =
                    new ProcessBuilder(ChildJvm.command(List.of("-Djava.awt.headless=false"), WindowHand.class));
            hand.environment().put("DISPLAY", ":" + number.readLine());
            Process window = hand.redirectErrorStream(true).start();
            try (BufferedReader said = window.inputReader()) {
                assertThat(said.lines()).last().isEqualTo(WindowHand.DONE);
                assertThat(window.waitFor(1, TimeUnit.MINUTES)).isTrue();
                assertThat(window.exitValue()).isZero();
            } finally {
                window.destroyForcibly();
            }
        } finally {
            display.destroy();
            display.onExit().join();
        }
    }
}
