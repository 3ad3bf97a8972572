// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands in all sorts of trouble: nothing hangs, nothing is lost, and nothing is left behind after any test. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "what is left behind is seen through /proc")
class SubprocessFaultsTest {

    private static final Duration SOON = Duration.ofMillis(200);
    private static final int MIB = 1 << 20;
    private static final int FLOOD = 100 * MIB;
    private static final int DEFAULT_LIMIT = 16 * MIB;
    private static final int START_FAILURES = 1_000;
    private static final int LINES = 50_000;

    private Leaks leaks;

    @BeforeAll
    static void useOnce() throws Exception {
        Subprocess.run(Command.of("cat").input("warm"));
        Subprocess.run(Command.of("sleep", "0").timeout(Duration.ofSeconds(30)));
    }

    @BeforeEach
    void watch() {
        leaks = Leaks.watch();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        leaks.close();
    }

    @ParameterizedTest
    @CsvSource({
        "HUP,1",
        "INT,2",
        "QUIT,3",
        "ILL,4",
        "TRAP,5",
        "ABRT,6",
        "BUS,7",
        "FPE,8",
        "KILL,9",
        "USR1,10",
        "SEGV,11",
        "USR2,12",
        "PIPE,13",
        "ALRM,14",
        "TERM,15",
        "XCPU,24",
        "XFSZ,25",
        "VTALRM,26",
        "PROF,27",
        "IO,29",
        "SYS,31"
    })
    void childKilledByASignal_saysWhich_andByWhom(String name, int number) throws Exception {
        Command waiting =
                Command.shell("ulimit -c 0; echo ready; exec sleep 600").stdout(Output.stream());
        try (Subprocess child = Subprocess.start(waiting)) {
            awaitReady(child);
            assumeTrue(
                    Children.hears(child.pid(), number), "who has started this test, or the JDK, lets nobody hear it");
            child.sendSignal(number);
            assertThat(child.waitFor()).as("%s, of the library", name).isEqualTo(-number);
        }
        Command suicidal = Command.shell("ulimit -c 0; echo said; kill -" + number + " $$; sleep 600");
        CompletedProcess completed = Subprocess.run(suicidal);
        assertThat(completed.exitCode()).as("%s, of somebody else", name).isEqualTo(128 + number);
        assertThat(completed.stdout()).isEqualTo("said\n");
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(completed::check)
                .withMessageContaining("SIG" + name);
    }

    @Test
    void childThatEnds_whileItsPipeIsBeingWritten_isNoFailure() throws Exception {
        byte[] input = new byte[64 * MIB];
        CompletedProcess completed =
                Subprocess.run(Command.of("head", "-c", "1000").input(input));
        assertThat(completed.exitCode()).isZero();
        assertThat(completed.stdoutBytes()).hasSize(1_000);
        CompletedProcess failing =
                Subprocess.run(Command.shell("head -c 1 >&2; exit 9").input(input));
        assertThat(failing.exitCode()).isEqualTo(9);
        assertThat(failing.stderrBytes()).hasSize(1);
    }

    @Test
    void userWhoWritesToOneThatEnds_getsAnException() throws Exception {
        try (Subprocess child = Subprocess.start(Command.of("head", "-c", "1000"))) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                for (int i = 0; i < 1_000; i++) {
                    child.stdin().write(new byte[MIB]);
                    child.stdin().flush();
                }
            });
            CompletedProcess completed = child.communicate();
            assertThat(completed.stdoutBytes()).hasSize(1_000);
            assertThat(completed.exitCode()).isZero();
        }
    }

    @Test
    void childThatNeverReads_neitherHangsTheRun_norItsTimeout() throws Exception {
        byte[] input = new byte[4 * MIB];
        CompletedProcess ended = Subprocess.run(Command.shell("exec sleep 0.05").input(input));
        assertThat(ended.exitCode()).isZero();
        assertThatExceptionOfType(CommandTimeoutException.class)
                .isThrownBy(() ->
                        Subprocess.run(Command.of("sleep", "600").input(input).timeout(SOON)));
        try (Subprocess child = Subprocess.start(Command.of("sleep", "600"))) {
            assertThatExceptionOfType(CommandTimeoutException.class).isThrownBy(() -> child.communicate(input, SOON));
            assertThat(child.isAlive()).isTrue();
            child.kill();
            assertThat(child.communicate().exitCode()).isEqualTo(-9);
        }
    }

    @Test
    void flood_onBothStreams_isDrained_andTheLimitIsKept() throws Exception {
        String both = "head -c " + FLOOD + " /dev/zero >&2 & head -c " + FLOOD + " /dev/zero; wait; echo done";
        CompletedProcess completed = Subprocess.run(Command.shell(both));
        assertThat(completed.exitCode()).isZero();
        assertThat(completed.stdoutBytes()).hasSize(DEFAULT_LIMIT);
        assertThat(completed.stderrBytes()).hasSize(DEFAULT_LIMIT);
        assertThat(completed.stdoutTruncated()).isTrue();
        assertThat(completed.stderrTruncated()).isTrue();
        assertThat(completed.outputCutOff()).isFalse();
        CompletedProcess tail = Subprocess.run(Command.shell(both).stdout(Output.capture(5, Output.Keep.TAIL)));
        assertThat(tail.stdout()).isEqualTo("done\n");
        assertThat(tail.stdoutTruncated()).isTrue();
    }

    @Test
    void flood_withRoomForAll_losesNothing() throws Exception {
        String both = "head -c " + FLOOD + " /dev/zero >&2 & head -c " + FLOOD + " /dev/zero; wait";
        CompletedProcess completed = Subprocess.run(Command.shell(both)
                .stdout(Output.capture(2L * FLOOD, Output.Keep.HEAD))
                .stderr(Output.discard()));
        assertThat(completed.stdoutBytes()).hasSize(FLOOD);
        assertThat(completed.stdoutTruncated()).isFalse();
    }

    @Test
    void flood_thatNobodyReads_holdsTheChild_andIsEndedByClose() throws Exception {
        Command flooding =
                Command.shell("yes >&2 & yes").stdout(Output.stream()).stderr(Output.stream());
        try (Subprocess child = Subprocess.start(flooding.grace(SOON))) {
            assertThat(child.stdout().read()).isEqualTo('y');
            assertThat(child.stderr().read()).isEqualTo('y');
        }
    }

    @Test
    void startFailures_leakNothing(@TempDir Path directory) throws Exception {
        Path missing = directory.resolve("not-there");
        Path forbidden = Files.writeString(directory.resolve("not-a-program"), "text");
        for (int i = 0; i < START_FAILURES; i++) {
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(
                            () -> Subprocess.run(Command.of(missing.toString()).input("lost")));
        }
        for (int i = 0; i < 100; i++) {
            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> Subprocess.start(Command.of(forbidden.toString())));
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(() -> Subprocess.start(Command.of("true").directory(missing)));
        }
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Subprocess.run(Command.of("true").stdout(Output.to(missing.resolve("out")))));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Subprocess.run(Command.of("true").stdin(Input.from(missing))));
    }

    @Test
    void startFailure_withinAPipeline_endsTheOthers(@TempDir Path directory) {
        Path missing = directory.resolve("not-there");
        for (int i = 0; i < 10; i++) {
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(() -> Subprocess.startPipeline(
                            Command.of("yes"), Command.of("cat"), Command.of(missing.toString())))
                    .withMessageContaining("not-there");
        }
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Subprocess.runPipeline(Command.of("yes"), Command.of(missing.toString())));
    }

    /** What a listener throws reaches the caller as it is, and the child does not live on. */
    @Test
    void listenerThatThrows_reachesTheCaller() {
        for (Throwable thrown : new Throwable[] {new IllegalStateException("no more"), new AssertionError("no more")}) {
            AtomicInteger heard = new AtomicInteger();
            Consumer<String> listener = line -> {
                if (heard.incrementAndGet() >= 1_000) {
                    Children.<RuntimeException>sneak(thrown);
                }
            };
            assertThatExceptionOfType(thrown.getClass().asSubclass(Throwable.class))
                    .isThrownBy(() -> Subprocess.run(
                            Command.of("seq", "1", Integer.toString(LINES)).stdout(Output.lines(listener))))
                    .withStackTraceContaining("no more");
            assertThat(heard).as("called no more").hasValue(1_000);
        }
    }

    @Test
    void listenersOfBothStreams_thatThrow_endACommandThatNeverEnds() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Subprocess.run(Command.shell("yes >&2 & yes")
                        .stdout(Output.lines(line -> {
                            throw new IllegalStateException("of a line");
                        }))
                        .stderr(Output.lines(line -> {
                            throw new IllegalStateException("of a line");
                        }))))
                .withMessage("of a line");
    }

    @Test
    void listenerThatThrows_reachesCommunicate() throws Exception {
        Command command = Command.shell("echo bad; read word; exit 3").stdout(Output.lines(line -> {
            throw new IllegalStateException(line);
        }));
        try (Subprocess child = Subprocess.start(command)) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> child.communicate("\n"))
                    .withMessage("bad");
        }
    }

    @Test
    void manyLines_allHeard_inOrder() throws Exception {
        StringBuilder heard = new StringBuilder();
        Subprocess.run(Command.of("seq", "1", Integer.toString(LINES))
                .stdout(Output.lines(line -> heard.append(line).append('\n'))));
        StringBuilder expected = new StringBuilder();
        for (int i = 1; i <= LINES; i++) {
            expected.append(i).append('\n');
        }
        assertThat(heard.toString()).isEqualTo(expected.toString());
    }

    private static void awaitReady(Subprocess child) throws IOException {
        InputStream said = child.stdout();
        byte[] ready = said.readNBytes("ready\n".length());
        assertThat(new String(ready, StandardCharsets.US_ASCII)).isEqualTo("ready\n");
    }
}
