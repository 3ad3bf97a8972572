// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What CPython's tests of {@code subprocess.Popen} show, by number: waiting, signals, ends and pipelines. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the children are written for a POSIX shell")
class PythonSubprocessControlTest {

    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LATE = Duration.ofSeconds(30);
    private static final int START_FAILURES = 1_024;

    private static final Command SLEEPER =
            Command.of("sleep", "600").stdout(Output.discard()).stderr(Output.discard());

    /** Lets a child go on that waits for a file. */
    private static final String UNTIL_THE_GATE = "until [ -e \"$1\" ]; do sleep 0.01; done; ";

    @Test
    @Python("P11")
    void communicateAfterATimeout_returnsEverything(@TempDir Path directory) throws Exception {
        Path gate = directory.resolve("gate");
        try (Subprocess child = Subprocess.start(
                Command.shell("echo early; " + UNTIL_THE_GATE + "cat; echo late >&2", gate.toString()))) {
            assertThatExceptionOfType(CommandTimeoutException.class)
                    .isThrownBy(() -> child.communicate("word\n", SOON))
                    .satisfies(late -> assertThat("early\n").startsWith(late.stdout()));
            assertThatExceptionOfType(CommandTimeoutException.class).isThrownBy(() -> child.communicate(SOON));
            assertThat(child.isAlive()).isTrue();
            assertThatIllegalStateException().as("input again").isThrownBy(() -> child.communicate("more", SOON));
            Files.createFile(gate);
            CompletedProcess completed = child.communicate(LATE);
            assertThat(completed.stdout()).isEqualTo("early\nword\n");
            assertThat(completed.stderr()).isEqualTo("late\n");
            assertThat(completed.exitCode()).isZero();
            assertThat(child.communicate().stdout()).as("again").isEqualTo("early\nword\n");
        }
    }

    @Test
    @Python("P11")
    void communicateAfterATimeout_largeOutput_losesNothing(@TempDir Path directory) throws Exception {
        Path gate = directory.resolve("gate");
        int size = 4 << 20;
        String flood = "head -c " + size + " /dev/zero; ";
        try (Subprocess child = Subprocess.start(Command.shell(flood + UNTIL_THE_GATE + flood, gate.toString()))) {
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(CommandTimeoutException.class).isThrownBy(() -> child.communicate(SOON));
            }
            Files.createFile(gate);
            assertThat(child.communicate(LATE).stdoutBytes()).hasSize(2 * size);
        }
    }

    @Test
    @Python("P25")
    void communicateAgainAndAgain_afterTheChildHasClosedItsStreams(@TempDir Path directory) throws Exception {
        Path gate = directory.resolve("gate");
        try (Subprocess child =
                Subprocess.start(Command.shell("exec >&- 2>&-; " + UNTIL_THE_GATE + "exit 7", gate.toString()))) {
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(CommandTimeoutException.class).isThrownBy(() -> child.communicate(SOON));
            }
            Files.createFile(gate);
            assertThat(child.communicate(LATE).exitCode()).isEqualTo(7);
        }
    }

    @Test
    @Python("P15")
    void poll_isEmpty_untilTheEnd() throws Exception {
        try (Subprocess child = Subprocess.start(Command.shell("read word; exit 3"))) {
            assertThat(child.poll()).isEmpty();
            assertThat(child.isAlive()).isTrue();
            assertThatIllegalStateException().isThrownBy(child::exitCode);
            child.stdin().close();
            Await.until("the end of the child", () -> child.poll().isPresent());
            assertThat(child.poll()).isEqualTo(OptionalInt.of(3));
            assertThat(child.poll()).as("again").isEqualTo(OptionalInt.of(3));
            assertThat(child.exitCode()).isEqualTo(3);
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    @Python("P15")
    void waitFor_mayBeRepeated_andMayTimeOut() throws Exception {
        try (Subprocess child = Subprocess.start(Command.shell("read word; exit 3"))) {
            assertThat(child.waitFor(SOON)).isFalse();
            assertThat(child.waitFor(Duration.ZERO)).isFalse();
            assertThat(child.waitFor(Duration.ofSeconds(-1))).isFalse();
            assertThat(child.isAlive()).isTrue();
            child.stdin().close();
            assertThat(child.waitFor()).isEqualTo(3);
            assertThat(child.waitFor()).isEqualTo(3);
            assertThat(child.waitFor(Duration.ZERO)).isTrue();
            assertThat(child.waitFor(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        }
    }

    @EachThreadKind
    @Python("P16")
    void twoThatWait_bothSeeTheKill(ThreadKind kind) throws Exception {
        try (Subprocess child = Subprocess.start(SLEEPER);
                TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> first = threads.start("first", () -> child.waitFor());
            TestThread<Integer> second = threads.start("second", () -> child.waitFor());
            Children.awaitWaiting(first);
            Children.awaitWaiting(second);
            child.kill();
            assertThat(first.result()).isEqualTo(-9);
            assertThat(second.result()).isEqualTo(-9);
            assertThat(child.exitCode()).isEqualTo(-9);
        }
    }

    @Test
    @Python("P17")
    void signals_andTheirCodes() throws Exception {
        try (Subprocess child = Subprocess.start(SLEEPER)) {
            child.sendSignal(14);
            assertThat(child.waitFor()).as("SIGALRM, which no parent ignores").isEqualTo(-14);
        }
        try (Subprocess child = Subprocess.start(SLEEPER)) {
            child.terminate();
            assertThat(child.waitFor()).as("SIGTERM").isEqualTo(-15);
        }
        try (Subprocess child = Subprocess.start(SLEEPER)) {
            child.kill();
            assertThat(child.waitFor()).as("SIGKILL").isEqualTo(-9);
        }
        try (Subprocess child = Subprocess.start(SLEEPER)) {
            Subprocess.run(Command.shell("kill -s TERM \"$1\"", Long.toString(child.pid())));
            assertThat(child.waitFor()).as("of somebody else").isEqualTo(128 + 15);
        }
    }

    @Test
    @Python("P17")
    void signals_toOneThatHasEnded_doNothing() throws Exception {
        try (Subprocess child = Subprocess.start(Command.shell("exit 5"))) {
            child.waitFor();
            child.sendSignal(15);
            child.terminate();
            child.kill();
            assertThat(child.exitCode()).isEqualTo(5);
        }
    }

    @Test
    @Python("P18")
    @EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors are seen through /proc")
    void startFailures_leakNothing_andNameTheCulprit(@TempDir Path directory) throws Exception {
        Path missing = directory.resolve("not-there");
        Path forbidden = Files.writeString(directory.resolve("not-a-program"), "text");
        Subprocess.run(Command.of("true"));
        try (Leaks leaks = Leaks.watch()) {
            for (int i = 0; i < START_FAILURES; i++) {
                assertThatExceptionOfType(NoSuchFileException.class)
                        .isThrownBy(() -> Subprocess.start(Command.of(missing.toString())))
                        .withMessageContaining(missing.toString());
            }
            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> Subprocess.start(Command.of(forbidden.toString())))
                    .withMessageContaining(forbidden.toString());
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(() -> Subprocess.run(Command.of("no-such-program-here")))
                    .withMessageContaining("no-such-program-here");
        }
    }

    @Test
    @Python("P21")
    void close_waitsForTheEnd_andClosesTheStreams() throws Exception {
        Subprocess child = Subprocess.start(Command.shell("read word; exit 100").stdout(Output.stream()));
        OutputStream stdin = child.stdin();
        InputStream stdout = child.stdout();
        child.close();
        assertThat(child.exitCode()).isEqualTo(100);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
            stdin.write(1);
            stdin.flush();
        });
        assertThatExceptionOfType(IOException.class).isThrownBy(stdout::read);
        child.close();
    }

    @Test
    @Python("P21")
    void close_whileThePipeIsBroken_stillWaits() throws Exception {
        Subprocess child =
                Subprocess.start(Command.shell("exec <&-; echo deaf; exit 4").stdout(Output.stream()));
        try (child) {
            assertThat(child.stdout().read())
                    .as("the child has closed its input")
                    .isEqualTo('d');
            try {
                child.stdin().write(new byte[100_000]);
                child.stdin().flush();
            } catch (IOException broken) {
                assertThat(broken).isNotNull();
            }
        }
        assertThat(child.exitCode()).isEqualTo(4);
    }

    @Test
    @Python("P24")
    void pipeline_producerDiesOfItsPipe_whenTheConsumerEnds() throws Exception {
        List<Subprocess> pipeline = Subprocess.startPipeline(Command.of("yes"), Command.of("head", "-n", "1"));
        try (Subprocess producer = pipeline.get(0);
                Subprocess consumer = pipeline.get(1)) {
            assertThat(consumer.communicate(LATE).stdout()).isEqualTo("y\n");
            assertThat(producer.waitFor()).as("SIGPIPE").isEqualTo(128 + 13);
        }
    }

    @Test
    @Python("P24")
    void pipeline_runToItsEnd() throws Exception {
        List<CompletedProcess> all = Subprocess.runPipeline(
                Command.of("cat").input("b\na\nc\n"), Command.of("sort"), Command.of("tr", "a-z", "A-Z"));
        assertThat(all).extracting(CompletedProcess::exitCode).containsExactly(0, 0, 0);
        assertThat(all.get(2).stdout()).isEqualTo("A\nB\nC\n");
        assertThat(all.get(0).stdout()).isEmpty();
        assertThat(all.get(1).stdout()).isEmpty();
    }
}
