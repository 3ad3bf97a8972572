// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt is heard at once by whatever waits for a child, and leaves the child as it should be left. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "what is left behind is seen through /proc")
class SubprocessInterruptTest {

    private static final Duration SOON = Duration.ofMillis(200);

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

    @EachThreadKind
    void read_isInterrupted_andLosesNothing(ThreadKind kind) throws Exception {
        try (Subprocess child = Subprocess.start(
                        Command.of("cat").stdout(Output.stream()).stderr(Output.stream()));
                TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> ofStdout =
                    threads.start("of stdout", () -> child.stdout().read());
            TestThread<Integer> ofStderr =
                    threads.start("of stderr", () -> child.stderr().read(new byte[10], 0, 10));
            Children.awaitWaiting(ofStdout);
            Children.awaitWaiting(ofStderr);
            ofStdout.interrupt();
            ofStderr.interrupt();
            assertThat(ofStdout.failure()).isInstanceOf(InterruptedIOException.class);
            assertThat(ofStderr.failure()).isInstanceOf(InterruptedIOException.class);
            assertThat(child.isAlive()).isTrue();
            child.stdin().write("pear".getBytes(StandardCharsets.US_ASCII));
            child.stdin().close();
            assertThat(child.stdout().readAllBytes()).asString().isEqualTo("pear");
            assertThat(child.waitFor()).isZero();
        }
    }

    @EachThreadKind
    void waitFor_isInterrupted_andTheChildLives(ThreadKind kind) throws Exception {
        try (Subprocess child = Subprocess.start(Command.of("cat"));
                TestThreads threads = new TestThreads(kind)) {
            TestThread<Integer> untimed = threads.start("untimed", () -> child.waitFor());
            TestThread<Boolean> timed = threads.start("timed", () -> child.waitFor(Duration.ofHours(1)));
            Children.awaitWaiting(untimed);
            Children.awaitWaiting(timed);
            untimed.interrupt();
            timed.interrupt();
            assertThat(untimed.failure()).isInstanceOf(InterruptedException.class);
            assertThat(timed.failure()).isInstanceOf(InterruptedException.class);
            assertThat(child.isAlive()).isTrue();
            child.stdin().close();
            assertThat(child.waitFor()).isZero();
        }
    }

    @EachThreadKind
    void communicate_isInterrupted_andCanBeRepeated(ThreadKind kind, @TempDir Path directory) throws Exception {
        Path gate = directory.resolve("gate");
        Command command = Command.shell("echo early; until [ -e \"$1\" ]; do sleep 0.01; done; cat", gate.toString());
        try (Subprocess child = Subprocess.start(command);
                TestThreads threads = new TestThreads(kind)) {
            TestThread<CompletedProcess> waiter =
                    threads.start("waiter", () -> child.communicate("late\n", Duration.ofHours(1)));
            Children.awaitWaiting(waiter);
            waiter.interrupt();
            assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
            assertThat(child.isAlive()).isTrue();
            Files.createFile(gate);
            assertThat(child.communicate().stdout()).isEqualTo("early\nlate\n");
        }
    }

    @EachThreadKind
    void run_isInterrupted_andTheTreeIsGone(ThreadKind kind, @TempDir Path directory) {
        Path file = directory.resolve("pids");
        Command command =
                Command.shell("exec 3>\"$1\"; echo $$ >&3; setsid sleep 3600 & echo $! >&3; wait", file.toString());
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<CompletedProcess> runner = threads.start("runner", () -> Subprocess.run(command.grace(SOON)));
            List<Long> pids = Children.awaitPids(file, 2);
            runner.interrupt();
            assertThat(runner.failure()).isInstanceOf(InterruptedException.class);
            Children.awaitGone(pids);
        }
    }

    @Test
    void pendingInterrupt_ofRun_leavesNothing() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> Subprocess.run(Command.of("sleep", "3600").grace(SOON)));
        assertThat(Thread.interrupted()).isFalse();
    }

    @EachThreadKind
    void runPipeline_isInterrupted_andAllAreGone(ThreadKind kind, @TempDir Path directory) {
        Path file = directory.resolve("pids");
        Command sleeper = Command.shell("echo $$ >> \"$1\"; exec sleep 3600", file.toString())
                .grace(SOON);
        try (TestThreads threads = new TestThreads(kind)) {
            TestThread<List<CompletedProcess>> runner =
                    threads.start("runner", () -> Subprocess.runPipeline(sleeper, sleeper));
            List<Long> pids = Children.awaitPids(file, 2);
            runner.interrupt();
            assertThat(runner.failure()).isInstanceOf(InterruptedException.class);
            Children.awaitGone(pids);
        }
    }

    /** An interrupt does not make close give up the child: it ends at once, by force, and the interrupt stays. */
    @Test
    void close_withAPendingInterrupt_endsTheTree() throws Exception {
        Subprocess child = Subprocess.start(Command.of("sleep", "3600").grace(SOON));
        Thread.currentThread().interrupt();
        child.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(child.isAlive()).isFalse();
        assertThat(child.exitCode()).isNegative();
    }

    /** The writer's thread may wait in the operating system; the end of the child frees it. */
    @Test
    void close_freesWhoWritesToAChildThatNeverReads() throws Exception {
        try (TestThreads threads = new TestThreads()) {
            Subprocess child = Subprocess.start(Command.of("sleep", "3600").grace(SOON));
            TestThread<Void> writer = threads.start("writer", () -> {
                byte[] much = new byte[1 << 20];
                while (true) {
                    child.stdin().write(much);
                }
            });
            TestThread<Integer> waiter = threads.start("waiter", () -> child.waitFor());
            Children.awaitWaiting(waiter);
            child.close();
            assertThat(writer.failure()).isInstanceOf(IOException.class);
            assertThat(waiter.result()).isNegative();
        }
    }
}
