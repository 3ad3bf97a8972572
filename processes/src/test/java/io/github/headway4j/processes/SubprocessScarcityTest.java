// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Virtual machines that run out of descriptors, or end, while their commands run. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors and orphans are seen through /proc")
class SubprocessScarcityTest {

    private static final Duration WATCHDOG = Duration.ofSeconds(50);

    @Test
    void outOfDescriptors_commandsAreEnded_startsFail_andNothingLeaks() throws Exception {
        CompletedProcess completed = Subprocess.run(java("ulimit -n 160; exec \"$@\"", OutOfDescriptors.class));
        assertThat(completed.stderr()).isEmpty();
        assertThat(completed.exitCode()).isZero();
        assertThat(completed.stdoutLines())
                .hasSize(3)
                .containsSubsequence("killed -9", "recovered")
                .last()
                .asString()
                .matches("failed [1-9][0-9]* times");
    }

    @Test
    void orderlyEnd_endsTheCommands_butThoseThatMayOutliveIt() throws Exception {
        CompletedProcess completed = Subprocess.run(java("exec \"$@\"", EndsInOrder.class));
        assertThat(completed.stderr()).isEmpty();
        assertThat(completed.exitCode()).isEqualTo(6);
        List<Long> pids = Children.pids(completed.stdout());
        assertThat(pids).hasSize(4);
        Children.awaitGone(pids.subList(0, 3));
        assertThat(Leaks.isRunning(pids.get(3))).isTrue();
        Children.kill(pids.subList(3, 4));
    }

    private static Command java(String script, Class<?> program) {
        return Command.shell(
                        script,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .timeout(WATCHDOG);
    }

    /** Opens files until there is no descriptor left, and closes one after the other. */
    static final class OutOfDescriptors {

        /** More than a start needs. */
        private static final int SPARE = 24;

        private OutOfDescriptors() {}

        public static void main(String[] args) throws Exception {
            Subprocess.run(Command.of("cat").input("used once"));
            Subprocess.run(Command.shell("exit 0").timeout(WATCHDOG));
            try {
                Subprocess.start(Command.of("no-such-program-here"));
                throw new AssertionError("there is no such program");
            } catch (IOException expected) {
                Subprocess.start(Command.of("cat")).close();
            }
            long before = pipes();
            Command command = Command.shell("sleep 600 & wait")
                    .stdin(Input.empty())
                    .stdout(Output.discard())
                    .stderr(Output.discard())
                    .grace(Duration.ofMillis(100));
            Subprocess first = Subprocess.start(command);
            first.killTree();
            Subprocess sleeper = Subprocess.start(command);
            Deque<InputStream> files = exhaust();
            sleeper.killTree();
            System.out.println("killed " + sleeper.waitFor());
            int failed = startWithMoreAndMore(files);
            files.forEach(SubprocessScarcityTest::close);
            if (Subprocess.run(Command.of("cat").input("x")).stdout().equals("x")) {
                System.out.println("recovered");
            }
            if (pipes() > before) {
                throw new AssertionError("left open: " + Leaks.descriptors());
            }
            System.out.println("failed " + failed + " times");
        }

        private static long pipes() {
            return Leaks.descriptors().stream()
                    .filter(open -> open.contains("pipe:"))
                    .count();
        }

        private static int startWithMoreAndMore(Deque<InputStream> files) throws Exception {
            int failed = 0;
            for (int spare = 0; spare < SPARE; spare++) {
                try {
                    CompletedProcess completed =
                            Subprocess.run(Command.of("cat").input("pear").timeout(WATCHDOG));
                    if (completed.exitCode() != 0 || !completed.stdout().equals("pear")) {
                        throw new AssertionError(completed + " with " + spare + " descriptors");
                    }
                } catch (IOException outOfDescriptors) {
                    failed++;
                }
                close(files.removeLast());
            }
            return failed;
        }

        private static Deque<InputStream> exhaust() {
            Deque<InputStream> files = new ArrayDeque<>();
            try {
                while (true) {
                    files.add(new FileInputStream("/dev/null"));
                }
            } catch (IOException noneLeft) {
                return files;
            }
        }
    }

    /** Starts commands, says their process ids, and ends. */
    static final class EndsInOrder {

        private EndsInOrder() {}

        public static void main(String[] args) throws Exception {
            Command family = Command.shell("setsid sleep 3600 & echo $!; echo $$; wait")
                    .stdout(Output.stream())
                    .grace(Duration.ofMillis(100));
            Command quiet = Command.of("sleep", "3600")
                    .stdin(Input.empty())
                    .stdout(Output.discard())
                    .stderr(Output.discard());
            Subprocess talkative = Subprocess.start(family);
            List<Long> pids = new ArrayList<>();
            StringBuilder said = new StringBuilder();
            while (pids.size() < 2) {
                said.append((char) talkative.stdout().read());
                pids = said.toString().endsWith("\n") ? Children.pids(said.toString()) : pids;
            }
            pids.forEach(System.out::println);
            System.out.println(Subprocess.start(quiet).pid());
            System.out.println(Subprocess.start(quiet.outliveParent()).pid());
            System.exit(6);
        }
    }

    private static void close(InputStream file) {
        try {
            file.close();
        } catch (IOException closedByTheJdk) {
            return;
        }
    }
}
