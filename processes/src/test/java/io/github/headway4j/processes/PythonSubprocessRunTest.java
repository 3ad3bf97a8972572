// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What CPython's tests of {@code subprocess.run} and its older relatives show, by number: commands run to their end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the children are written for a POSIX shell")
class PythonSubprocessRunTest {

    private static final Duration SOON = Duration.ofMillis(300);

    @Test
    @Python("P1")
    void run_returnsTheExitCode() throws Exception {
        assertThat(Subprocess.run(Command.shell("exit 47")).exitCode()).isEqualTo(47);
    }

    @Test
    @Python({"P2", "P19"})
    void check_passesZero_andThrowsOnAnyOther() throws Exception {
        Subprocess.run(Command.shell("exit 0").check());
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> Subprocess.run(Command.shell("exit 47").check()))
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(47));
        assertThat(Subprocess.run(Command.shell("exit 47").check(0, 47)).exitCode())
                .isEqualTo(47);
        CompletedProcess completed = Subprocess.run(Command.shell("exit 0"));
        assertThat(completed.check()).isSameAs(completed);
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> Subprocess.run(Command.shell("exit 5")).check());
    }

    @Test
    @Python({"P3", "P19"})
    void output_isReturned() throws Exception {
        CompletedProcess completed = Subprocess.run(Command.shell("echo BDFL").check());
        assertThat(completed.stdout()).isEqualTo("BDFL\n");
        assertThat(completed.stdoutBytes()).isEqualTo("BDFL\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(completed.stdoutLines()).containsExactly("BDFL");
        assertThat(completed.stderr()).isEmpty();
        assertThat(completed.exitCode()).isZero();
    }

    @Test
    @Python("P3")
    void output_ofACommandThatFails_isInTheException() {
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> Subprocess.run(
                        Command.shell("echo said; echo complained >&2; exit 5").check()))
                .satisfies(failure -> {
                    assertThat(failure.exitCode()).isEqualTo(5);
                    assertThat(failure.stdout()).isEqualTo("said\n");
                    assertThat(failure.stderr()).isEqualTo("complained\n");
                });
    }

    @Test
    @Python("P3")
    void errors_canBeMerged() throws Exception {
        CompletedProcess completed =
                Subprocess.run(Command.shell("echo BDFL >&2; echo out").mergeStderr());
        assertThat(completed.stdoutLines()).containsExactly("BDFL", "out");
        assertThat(completed.stderr()).isEmpty();
    }

    @Test
    @Python({"P3", "P19"})
    void input_fromAFile_fromText_andNone(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("in"), "pear");
        Command cat = Command.of("cat");
        assertThat(Subprocess.run(cat.stdin(Input.from(file))).stdout()).isEqualTo("pear");
        assertThat(Subprocess.run(cat.input("pear")).stdout()).isEqualTo("pear");
        assertThat(Subprocess.run(cat.input(new byte[] {1, 0, 2})).stdoutBytes())
                .containsExactly(1, 0, 2);
        assertThat(Subprocess.run(cat).stdout()).as("nothing was chosen").isEmpty();
        assertThat(Subprocess.run(cat.stdin(Input.empty())).stdout()).isEmpty();
    }

    @Test
    @Python("P19")
    void input_takesTheLastThatWasChosen() throws Exception {
        Command cat = Command.of("cat").stdin(Input.inherit()).input("pear");
        assertThat(Subprocess.run(cat).stdout()).isEqualTo("pear");
        assertThat(Subprocess.run(cat.stdin(Input.empty())).stdout()).isEmpty();
        Command silent = Command.shell("echo said").stdout(Output.discard());
        assertThat(Subprocess.run(silent).stdout()).isEmpty();
        assertThat(Subprocess.run(silent.stdout(Output.capture())).stdout()).isEqualTo("said\n");
    }

    @Test
    @Python({"P3", "P19"})
    void timeout_hasWhatWasSaidSoFar() {
        Command command = Command.shell("echo BDFL; exec sleep 600").timeout(SOON);
        assertThatExceptionOfType(CommandTimeoutException.class)
                .isThrownBy(() -> Subprocess.run(command))
                .satisfies(late -> assertThat(late.stdout()).isEqualTo("BDFL\n"))
                .withMessageContaining("sleep 600");
    }

    @Test
    @Python("P20")
    void timeout_doesNotWaitForGrandchildren_thatHoldThePipes(@TempDir Path directory) throws Exception {
        Path pids = directory.resolve("pids");
        Command command = Command.shell("sleep 3600 & echo $! > \"$1\"; echo said; wait", pids.toString())
                .timeout(SOON);
        assertThatExceptionOfType(CommandTimeoutException.class)
                .isThrownBy(() -> Subprocess.run(command))
                .satisfies(late -> assertThat(late.stdout()).isEqualTo("said\n"));
        long grandchild = Long.parseLong(Files.readString(pids).trim());
        Await.until("the end of the grandchild", () -> !Leaks.isRunning(grandchild));
    }

    @Test
    @Python("P22")
    void failure_namesTheStatus_orTheSignal() {
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> Subprocess.run(Command.shell("exit 2").check()))
                .withMessageContaining("exit 2")
                .withMessageContaining("code 2");
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> Subprocess.run(Command.shell("kill -ABRT $$").check()))
                .withMessageContaining("SIGABRT");
        // 9876543 as a signal in Python: here a code above those of all signals.
        assertThatExceptionOfType(CommandFailedException.class)
                .isThrownBy(() -> Subprocess.run(Command.shell("exit 255").check()))
                .withMessageContaining("255")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("SIG"));
    }

    @Test
    @Python("P23")
    void shell_withErrorsMerged_isGetstatusoutput() throws Exception {
        CompletedProcess completed =
                Subprocess.run(Command.shell("echo one; echo two >&2; exit 3").mergeStderr());
        assertThat(completed.exitCode()).isEqualTo(3);
        assertThat(completed.stdout()).as("newlines stay").isEqualTo("one\ntwo\n");
        assertThat(completed.stdout().stripTrailing()).isEqualTo("one\ntwo");
        assertThat(Subprocess.run(Command.shell("no-such-program-here").mergeStderr())
                        .exitCode())
                .as("through a shell")
                .isEqualTo(127);
    }
}
