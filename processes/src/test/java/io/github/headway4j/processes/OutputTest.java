// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Outputs that outlast their process: nothing of the process is lost, and nobody waits for ever. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the children are written for a POSIX shell")
class OutputTest {

    private static final Duration SOON = Duration.ofMillis(100);

    /** A descendant that writes after its ancestor has ended, some lines in all. */
    private static final String LATE_LINES = "(for i in 1 2 3 4 5; do sleep 0.2; echo $i; done) & echo first; ";

    /** Lets the start return before the end, also on a busy machine. */
    private static final String PAUSE = "sleep 0.15";

    private static final List<String> LINES = List.of("first", "1", "2", "3", "4", "5");

    @EachThreadKind
    void descendant_thatWritesLater_isHeard(ThreadKind kind) {
        try (TestThreads threads = new TestThreads(kind)) {
            threads.start("run", () -> {
                CompletedProcess done = Subprocess.run(Command.shell(LATE_LINES + PAUSE));
                assertThat(done.stdoutLines()).isEqualTo(LINES);
                assertThat(done.outputCutOff()).isFalse();
            });
            threads.start("start", () -> {
                try (Subprocess child = Subprocess.start(Command.shell(LATE_LINES + PAUSE))) {
                    assertThat(child.waitFor()).isZero();
                    assertThat(child.communicate().stdoutLines()).isEqualTo(LINES);
                }
            });
            threads.start("errors", () -> {
                CompletedProcess done = Subprocess.run(Command.shell("exec >&2; " + LATE_LINES + PAUSE));
                assertThat(done.stderrLines()).isEqualTo(LINES);
            });
        }
    }

    @Test
    void descendant_ofAProcessThatEndsAtOnce_isHeard_orKnownToBeCutOff() throws Exception {
        for (int i = 0; i < 5; i++) {
            CompletedProcess done = Subprocess.run(Command.shell(LATE_LINES));
            if (!done.outputCutOff()) {
                assertThat(done.stdoutLines()).isEqualTo(LINES);
            }
            assertThat(done.stdoutLines()).startsWith("first");
        }
    }

    @Test
    void slowListener_getsAllThatTheProcessWrote_whateverTheGrace() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        AtomicReference<Subprocess> child = new AtomicReference<>();
        Command command = Command.shell("sleep 600 & exec seq 1 5000")
                .outputGrace(Duration.ZERO)
                .grace(SOON)
                .stdout(Output.lines(line -> {
                    if (heard.isEmpty()) {
                        Await.until(
                                "the end of the process",
                                () -> child.get() != null && !child.get().isAlive());
                    }
                    heard.add(line);
                }));
        try (Subprocess started = Subprocess.start(command)) {
            child.set(started);
            CompletedProcess done = started.communicate();
            assertThat(done.outputCutOff()).isTrue();
            assertThat(heard)
                    .isEqualTo(IntStream.rangeClosed(1, 5000)
                            .mapToObj(Integer::toString)
                            .collect(Collectors.toList()));
            started.killTree();
        }
    }

    @Test
    void readThatBeganLongAgo_doesNotMean_thatAllIsRead() throws Exception {
        PipedInputStream pipe = new PipedInputStream();
        PipedOutputStream writer = new PipedOutputStream(pipe);
        OutputPump pump = new OutputPump(pipe, Capture.usual(StandardCharsets.US_ASCII), () -> {});
        pump.start(() -> {});
        long hour = Duration.ofHours(1).toNanos();
        Await.until("a long read", () -> pump.hasAllOfTheProcess(0L, System.nanoTime() - hour));
        assertThat(pump.hasAllOfTheProcess(0L, System.nanoTime() + hour))
                .as("it has ended just now")
                .isFalse();
        writer.close();
        Await.until("the end of the pipe", pump::hasEnded);
    }

    @Test
    void slowListener_isNoReasonToEndWhoHoldsNoOutput(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pids");
        CountDownLatch go = new CountDownLatch(1);
        Command command = Command.shell(
                        "sleep 3600 < /dev/null > /dev/null 2>&1 & echo $! > \"$1\"; echo line", file.toString())
                .grace(SOON)
                .stdout(Output.lines(line -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError("nobody interrupts the thread that reads", e);
                    }
                }));
        List<Long> left;
        try (Subprocess child = Subprocess.start(command)) {
            child.waitFor();
            left = Children.awaitPids(file, 1);
        }
        try {
            assertThat(left).allMatch(Leaks::isRunning);
        } finally {
            go.countDown();
            Children.kill(left);
        }
    }

    @Test
    void descendant_thatIsCutOff_canGoOnWriting(@TempDir Path directory) throws Exception {
        Path go = directory.resolve("go");
        Path went = directory.resolve("went");
        String script = "trap 'exit 1' PIPE; (until [ -e \"$1\" ]; do sleep 0.02; done;"
                + " head -c 300000 /dev/zero && touch \"$2\") & echo first; "
                + PAUSE;
        CompletedProcess done = Subprocess.run(
                Command.shell(script, go.toString(), went.toString()).outputGrace(SOON));
        assertThat(done.stdout()).isEqualTo("first\n");
        assertThat(done.outputCutOff()).isTrue();
        Files.createFile(go);
        Await.until("the descendant to have written", () -> Files.exists(went));
        assertThat(done.stdout()).isEqualTo("first\n");
    }

    @Test
    void descendant_thatWritesWithoutEnd_isCutOffToo() throws Exception {
        try (Subprocess child = Subprocess.start(
                Command.shell("yes & echo first").outputGrace(SOON).grace(SOON))) {
            CompletedProcess done = child.communicate();
            assertThat(done.outputCutOff()).isTrue();
            assertThat(done.stdout()).contains("first\n");
            child.killTree();
        }
    }

    @Test
    void listenerThatThrows_endsARun_andItsTree(@TempDir Path directory) {
        Path file = directory.resolve("pids");
        RuntimeException mine = new RuntimeException("mine");
        AtomicInteger calls = new AtomicInteger();
        Command command = Command.shell("sleep 3600 & echo $! > \"$1\"; echo line; echo more; wait", file.toString())
                .stdout(Output.lines(line -> {
                    calls.incrementAndGet();
                    throw mine;
                }));
        assertThatThrownBy(() -> Subprocess.run(command)).isSameAs(mine);
        assertThat(calls).hasValue(1);
        Children.awaitGone(Children.awaitPids(file, 1));
    }

    @Test
    void listenerThatThrows_whileAShortCommandEnds_isHeardOf() {
        Error mine = new AssertionError("mine");
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> Subprocess.run(Command.of("echo", "x").stdout(Output.lines(line -> {
                        throw mine;
                    }))))
                    .isSameAs(mine);
        }
    }

    @Test
    void listenerThatThrows_doesNotHoldUpACommandThatWasStarted() throws Exception {
        RuntimeException mine = new RuntimeException("mine");
        Command command = Command.shell("head -c 1000000 /dev/zero | tr '\\0' '\\n'; exit 4")
                .stdout(Output.lines(line -> {
                    throw mine;
                }));
        try (Subprocess child = Subprocess.start(command)) {
            assertThatThrownBy(child::communicate).isSameAs(mine);
            assertThat(child.exitCode()).isEqualTo(4);
        }
    }

    @Test
    void listenerThatWaits_doesNotHoldUpTheTimeout_howeverShortTheCommand() {
        CountDownLatch go = new CountDownLatch(1);
        Command command = Command.of("echo", "x").timeout(SOON).grace(SOON).stdout(Output.lines(line -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts the thread that reads", e);
            }
        }));
        try {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> Subprocess.run(command)).isInstanceOf(CommandTimeoutException.class);
            }
        } finally {
            go.countDown();
        }
    }

    @Test
    void listenerThatThrows_isHeardOf_whenNobodyCommunicates() throws Exception {
        RuntimeException mine = new RuntimeException("mine");
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Command command = Command.of("echo", "x").grace(Duration.ofSeconds(30)).stdout(Output.lines(line -> {
            throw mine;
        }));
        try (TestThreads threads = new TestThreads()) {
            threads.start("user", () -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
                try (Subprocess child = Subprocess.start(command)) {
                    assertThat(child.waitFor()).isZero();
                }
                assertThat(uncaught).containsExactly(mine);
                try (Subprocess child = Subprocess.start(command)) {
                    assertThatThrownBy(child::communicate).isSameAs(mine);
                }
                assertThat(uncaught).as("told before").hasSize(1);
            });
        }
    }

    @Test
    void secondListenerThatThrows_isSuppressed() throws Exception {
        RuntimeException first = new RuntimeException("first");
        RuntimeException second = new RuntimeException("second");
        RunningCommand running = CommandStart.start(
                Command.shell("echo x; echo x >&2")
                        .stdout(Output.lines(line -> {
                            throw first;
                        }))
                        .stderr(Output.lines(line -> {
                            throw second;
                        })),
                false,
                0L);
        running.awaitEnd(RunningCommand.FOR_EVER);
        Await.until("both to have thrown", () -> running.out.failure() != null && running.err.failure() != null);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(running::throwFailure).isSameAs(first);
            assertThat(first.getSuppressed()).containsExactly(second);
        }
        running.close();
    }

    @Test
    void listenerThatThrows_endsAllOfAPipelineThatIsRun() {
        RuntimeException mine = new RuntimeException("mine");
        Output throwing = Output.lines(line -> {
            throw mine;
        });
        Command sleeping = Command.of("sleep", "100000");
        assertThatThrownBy(() -> Subprocess.runPipeline(
                        sleeping, Command.shell("echo x; cat").stdout(throwing)))
                .isSameAs(mine);
        assertThatThrownBy(() -> Subprocess.runPipeline(
                        sleeping, Command.shell("echo x >&2; cat").stderr(throwing), Command.of("cat")))
                .isSameAs(mine);
    }

    @Test
    void listener_runsWithTheClassLoaderOfTheCaller() throws Exception {
        ClassLoader mine = new ClassLoader() {};
        Thread.currentThread().setContextClassLoader(mine);
        List<ClassLoader> seen = new ArrayList<>();
        Subprocess.run(Command.shell("sleep 0.05; echo x")
                .stdout(Output.lines(line -> seen.add(Thread.currentThread().getContextClassLoader()))));
        assertThat(seen).containsExactly(mine);
    }

    @Test
    void onExit_afterTheEnd_isCompleteAtOnce() throws Exception {
        try (Subprocess child = Subprocess.start(Command.of("true"))) {
            child.waitFor();
            assertThat(child.onExit()).isCompletedWithValue(child);
        }
    }

    @Test
    void run_refusesWhatNobodyServes() {
        assertThatThrownBy(() -> Subprocess.run(Command.of("cat").stdin(Input.pipe())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Subprocess.run(Command.of("cat").stdout(Output.stream())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Subprocess.run(Command.of("cat").stderr(Output.stream())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void result_saysWhatWasRun() throws Exception {
        Command command = Command.of("true").environment(Map.of());
        CompletedProcess done = Subprocess.run(command);
        assertThat(done.command()).isSameAs(command);
        assertThat(done.pid()).isPositive();
        assertThat(done.duration()).isPositive();
        assertThat(done.isSuccess()).isTrue();
        assertThat(done.check()).isSameAs(done);
        assertThat(done).hasToString("CompletedProcess[Command[true], exit code 0, stdout 0 bytes, stderr 0 bytes]");
    }
}
