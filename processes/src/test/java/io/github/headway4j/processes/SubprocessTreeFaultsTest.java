// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that leave processes of their own, or do not want to end: nothing is left of them after any test. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "orphans are found through /proc")
class SubprocessTreeFaultsTest {

    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration LATE = Duration.ofSeconds(30);

    /** Ways to leave a grandchild. Each says its process id. */
    private static final String PLAIN = "sleep 3600 & echo $!; ";

    private static final String IN_ITS_OWN_SESSION = "setsid sleep 3600 & echo $!; ";
    private static final String ORPHAN = "sh -c 'sleep 3600 & echo $!'; ";
    private static final String DEAF =
            "sh -c 'trap \"\" TERM HUP INT; echo $$; while :; do sleep 1; done' & sleep 0.1; ";
    private static final String DEAF_ORPHAN_IN_ITS_OWN_SESSION =
            "setsid sh -c 'trap \"\" TERM; sleep 3600 & echo $!; exec sleep 3601' & ";

    /** One look in seventy falls into a change of programs. */
    private static final int LOOKS_AT_CHANGES = 300;

    /** The JDK closes the pipe of one that ends before somebody is there who reads it, whoever else may have it. */
    private static final String LINGERING = "sleep 0.3; echo said";

    private Leaks leaks;

    @BeforeAll
    static void useOnce() throws Exception {
        Subprocess.run(Command.of("cat").input("warm"));
        Subprocess.run(Command.of("sleep", "0").timeout(LATE));
    }

    @BeforeEach
    void watch() {
        leaks = Leaks.watch();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        leaks.close();
    }

    /** The child has ended; whoever holds its pipe is waited for, but not for ever, and is not killed. */
    @ParameterizedTest
    @ValueSource(strings = {PLAIN, IN_ITS_OWN_SESSION, ORPHAN})
    void grandchildThatHoldsThePipe_cutsTheOutputOff_andLives(String way) throws Exception {
        CompletedProcess completed =
                Subprocess.run(Command.shell(way + LINGERING).outputGrace(SOON));
        List<Long> left = Children.pids(completed.stdout());
        try {
            assertThat(completed.exitCode()).isZero();
            assertThat(completed.stdout()).endsWith("said\n");
            assertThat(completed.outputCutOff()).isTrue();
            assertThat(left).hasSize(1).allMatch(Leaks::isRunning);
        } finally {
            Children.kill(left);
        }
    }

    @Test
    void grandchildThatHoldsNoPipe_isNotWaitedFor(@TempDir Path directory) throws Exception {
        Path gate = directory.resolve("gate"); // the child does not end before the grandchild has let go of its pipes
        Subprocess.run(Command.of("mkfifo", gate.toString()).check());
        String script = "(exec </dev/null >/dev/null 2>&1; : > \"$1\"; exec sleep 3600) & echo $!; exec < \"$1\"";
        CompletedProcess completed =
                Subprocess.run(Command.shell(script, gate.toString()).outputGrace(Duration.ofHours(1)));
        List<Long> left = Children.pids(completed.stdout());
        try {
            assertThat(completed.outputCutOff()).isFalse();
            assertThat(left).hasSize(1).allMatch(Leaks::isRunning);
        } finally {
            Children.kill(left);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, IN_ITS_OWN_SESSION, ORPHAN, DEAF, DEAF_ORPHAN_IN_ITS_OWN_SESSION})
    void timeout_endsGrandchildren_thatHoldThePipes(String way) {
        CommandTimeoutException late = catchThrowableOfType(
                CommandTimeoutException.class,
                () -> Subprocess.run(Command.shell(way + "echo said; wait; sleep 3600")
                        .timeout(Duration.ofMillis(700))
                        .grace(SOON)));
        assertThat(late.stdout()).contains("said\n");
        List<Long> left = Children.pids(late.stdout());
        assertThat(left).hasSize(1);
        Children.awaitGone(left);
    }

    @Test
    void times_mayBeAnything() throws Exception {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        Duration shortest = Duration.ofSeconds(Long.MIN_VALUE);
        Command sleeping = Command.of("sleep", "3600").grace(longest);
        assertThatExceptionOfType(CommandTimeoutException.class)
                .isThrownBy(() -> Subprocess.run(sleeping.timeout(shortest)));
        assertThatExceptionOfType(CommandTimeoutException.class)
                .isThrownBy(() -> Subprocess.runPipeline(sleeping, sleeping.timeout(shortest)));
        try (Subprocess child = Subprocess.start(sleeping.timeout(longest))) {
            assertThatExceptionOfType(CommandTimeoutException.class).isThrownBy(() -> child.communicate(shortest));
            child.endTree(longest);
            assertThat(child.communicate(longest).exitCode()).isEqualTo(-15);
        }
    }

    @Test
    void timeout_afterTheChildHasEnded_endsWhoHoldsThePipe() {
        CommandTimeoutException late = catchThrowableOfType(
                CommandTimeoutException.class,
                () -> Subprocess.run(Command.shell(IN_ITS_OWN_SESSION + LINGERING)
                        .outputGrace(Duration.ofHours(1))
                        .timeout(Duration.ofMillis(700))
                        .grace(SOON)));
        assertThat(late.stdout()).endsWith("said\n");
        Children.awaitGone(Children.pids(late.stdout()));
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, IN_ITS_OWN_SESSION, ORPHAN, DEAF, DEAF_ORPHAN_IN_ITS_OWN_SESSION})
    void killTree_ofAChildThatHasEnded_endsItsOrphans(String way, @TempDir Path directory) throws Exception {
        Path file = directory.resolve("pids");
        try (Subprocess child = Subprocess.start(Command.shell("exec >\"$1\" 2>&1; " + way, file.toString()))) {
            List<Long> left = Children.awaitPids(file, 1);
            assertThat(child.waitFor()).isZero();
            assertThat(left).allMatch(Leaks::isRunning);
            child.killTree();
            Children.awaitGone(left);
            assertThat(child.exitCode()).isZero();
        }
    }

    @Test
    void endTree_isPoliteFirst() throws Exception {
        String script = "trap 'exit 7' TERM; sleep 3600 & echo $!; while :; do sleep 0.02; done";
        try (Subprocess child = Subprocess.start(Command.shell(script).stdout(Output.stream()))) {
            List<Long> left = Children.pids(line(child));
            child.endTree(LATE);
            assertThat(child.waitFor()).isEqualTo(7);
            Children.awaitGone(left);
        }
    }

    @Test
    void endTree_endsOneThatIgnoresSigterm() throws Exception {
        String script = "trap '' TERM; echo $$; while :; do sleep 0.02; done";
        try (Subprocess child = Subprocess.start(Command.shell(script).stdout(Output.stream()))) {
            assertThat(Children.pids(line(child))).containsExactly(child.pid());
            child.terminate();
            assertThat(child.waitFor(SOON)).isFalse();
            child.endTree(SOON);
            assertThat(child.waitFor()).isEqualTo(-9);
        }
    }

    @Test
    void close_endsOneThatIgnoresEverything_withItsTree() throws Exception {
        String script = "trap '' TERM HUP INT PIPE; echo $$; " + IN_ITS_OWN_SESSION + "while :; do sleep 0.02; done";
        Subprocess child =
                Subprocess.start(Command.shell(script).stdout(Output.stream()).grace(SOON));
        List<Long> left;
        try (child) {
            left = Children.pids(line(child) + line(child));
            assertThat(left).hasSize(2);
        }
        assertThat(child.exitCode()).isEqualTo(-9);
        Children.awaitGone(left);
    }

    @Test
    void close_ofOneThatReadsToTheEnd_letsItEnd() throws Exception {
        Subprocess child = Subprocess.start(Command.shell("cat; exit 3").grace(LATE));
        child.close();
        assertThat(child.exitCode()).isEqualTo(3);
    }

    /** Forks faster than one look can see: what was started meanwhile is found by the next one. */
    @Test
    void killTree_ofOneThatForksAllTheTime_endsAll(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pids");
        String fork = "f() { setsid sleep 3600 & echo $! >> \"$1\"; sleep 0.01; f \"$1\"; }; f \"$1\"";
        try (Subprocess child = Subprocess.start(Command.shell(fork, file.toString()))) {
            Children.awaitAtLeast(file, 10);
            child.killTree();
            assertThat(child.waitFor()).isEqualTo(-9);
            List<Long> all = Children.awaitAtLeast(file, 10);
            Children.awaitGone(all);
        }
    }

    /** What is in the middle of a change to another program has no environment to be found by. */
    @Test
    void orphanThatChangesItsProgramAllTheTime_isFoundByEachLook_andKilled(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pids");
        Path script = Files.writeString(directory.resolve("again"), "exec sh \"$0\"\n");
        Command command =
                Command.shell("exec >\"$1\" 2>&1; setsid sh \"$2\" & echo $!", file.toString(), script.toString());
        try (Subprocess child = Subprocess.start(command)) {
            long orphan = Children.awaitPids(file, 1).get(0);
            assertThat(child.waitFor()).isZero();
            for (int look = 0; look < LOOKS_AT_CHANGES; look++) {
                assertThat(child.tree()).extracting(ProcessHandle::pid).containsExactly(orphan);
            }
            child.killTree();
            Children.awaitGone(List.of(orphan));
        }
    }

    /** Only the tree of the command: another child of this process, and its grandchild, live on. */
    @Test
    void killTree_sparesOthers() throws Exception {
        try (Subprocess other = Subprocess.start(Command.shell(PLAIN + "cat").stdout(Output.stream()));
                Subprocess child = Subprocess.start(Command.shell(PLAIN + "cat").stdout(Output.stream()))) {
            List<Long> spared = Children.pids(line(other));
            List<Long> killed = Children.pids(line(child));
            child.killTree();
            Children.awaitGone(killed);
            assertThat(child.waitFor()).isEqualTo(-9);
            assertThat(spared).hasSize(1).allMatch(Leaks::isRunning);
            assertThat(other.isAlive()).isTrue();
            other.killTree();
            Children.awaitGone(spared);
        }
    }

    @Test
    void pipelineWithATimeout_isEndedAsAWhole(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pids");
        Command sleeper = Command.shell("echo $$ >> \"$1\"; exec sleep 3600", file.toString());
        assertThatExceptionOfType(CommandTimeoutException.class)
                .isThrownBy(() -> Subprocess.runPipeline(sleeper, sleeper, sleeper.timeout(Duration.ofMillis(700))));
        Children.awaitGone(Children.awaitPids(file, 3));
    }

    private static String line(Subprocess child) throws Exception {
        StringBuilder line = new StringBuilder();
        for (int next = child.stdout().read(); next >= 0; next = child.stdout().read()) {
            line.append(new String(new byte[] {(byte) next}, StandardCharsets.US_ASCII));
            if (next == '\n') {
                break;
            }
        }
        return line.toString();
    }
}
