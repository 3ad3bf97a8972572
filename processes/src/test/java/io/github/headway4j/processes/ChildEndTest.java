// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.processes.ChildBodies.Lines;
import io.github.headway4j.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How children end, and how their parents' ends reach them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals, and programs for a POSIX shell")
class ChildEndTest {

    private static final ChildOptions OPTIONS = ChildOptions.defaults().jvmOptions("-XX:TieredStopAtLevel=1");

    // ---- of the child ----

    @Test
    void haltAndErrors_areExitCodes() throws Exception {
        assertThat(exitCode(() -> Runtime.getRuntime().halt(5), OPTIONS)).isEqualTo(5);
        Lines complaints = new Lines();
        ChildOptions small = OPTIONS.jvmOptions("-Xmx16m").stderr(Output.lines(complaints::add));
        assertThat(exitCode(ChildEndTest::fillMemory, small)).isEqualTo(1);
        assertThat(complaints.all()).anyMatch(line -> line.contains("OutOfMemoryError"));
        assertThat(exitCode(ChildEndTest::fillMemory, small.jvmOptions("-XX:+ExitOnOutOfMemoryError")))
                .isEqualTo(3);
    }

    private static void fillMemory() {
        List<byte[]> kept = new ArrayList<>();
        for (; ; ) {
            kept.add(new byte[1 << 20]);
        }
    }

    private static int exitCode(SerializableRunnable target, ChildOptions options) throws Exception {
        try (ChildProcess child = ChildProcess.start(target, options)) {
            child.join();
            return child.exitCode();
        }
    }

    @Test
    void signalsOfOthers_arePositiveExitCodes() throws Exception {
        try (ChildProcess child = ChildProcess.start(ChildBodies::idle, OPTIONS)) {
            ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();
            child.join();
            assertThat(child.exitCode()).isEqualTo(137);
        }
    }

    @Test
    void endTree_endsWhatTheChildHasStarted() throws Exception {
        Lines lines = new Lines();
        try (ChildProcess child = ChildProcess.start(ChildEndTest::family, lines.of(OPTIONS))) {
            long command = Long.parseLong(lines.next());
            long grandchild = Long.parseLong(lines.next());
            child.endTree(Duration.ZERO);
            assertThat(Leaks.isRunning(child.pid())).isFalse();
            assertThat(Leaks.isRunning(command)).isFalse();
            assertThat(Leaks.isRunning(grandchild)).isFalse();
            assertThat(child.exitCode()).isEqualTo(-9);
        }
    }

    /** A command that only its starter knows, and a child of the child. */
    private static void family() {
        try {
            Process sleep = new ProcessBuilder("sleep", "1000").start();
            System.out.println(sleep.pid());
            System.out.println(ChildProcess.start(ChildBodies::idle, OPTIONS).pid());
            ChildBodies.idle();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /proc/self/fd")
    void programsOfTheChild_thatInheritItsInput_doNotWait_andDoNotHoldTheLifeLine() throws Exception {
        Lines lines = new Lines();
        try (ChildProcess child = ChildProcess.start(
                () -> {
                    try {
                        System.out.println(Subprocess.run(Command.of("cat").stdin(Input.inherit()))
                                .exitCode());
                        new ProcessBuilder("cat")
                                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                                .start()
                                .waitFor(); // fails
                    } catch (IOException | InterruptedException | CommandTimeoutException e) {
                        throw new AssertionError(e);
                    }
                },
                lines.of(OPTIONS))) {
            child.join();
            assertThat(child.exitCode()).isZero();
        }
        assertThat(lines.all()).containsExactly("0");
    }

    // ---- of the parent ----

    @Test
    void killOfTheParent_endsChildrenAndGrandchildren() throws Exception {
        try (OtherJvm parent = OtherJvm.start(talk -> {
            ChildProcess child = ChildProcess.start(ChildEndTest::commandOfOursAndChild, OPTIONS);
            talk.say(child.pid());
            talk.hear();
        })) {
            long[] pids = {pid(parent), pid(parent), pid(parent)};
            for (long pid : pids) {
                assertThat(Leaks.isRunning(pid)).isTrue();
            }
            parent.kill();
            for (long pid : pids) {
                Await.until("the end of " + pid, () -> !Leaks.isRunning(pid));
            }
        }
    }

    /** A command and a child, both started by this package. */
    private static void commandOfOursAndChild() {
        try {
            System.out.println(Subprocess.start(Command.of("sleep", "1000")).pid());
            System.out.println(ChildProcess.start(ChildBodies::idle, OPTIONS).pid());
            ChildBodies.idle();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void killOfTheParent_endsChildrenWhoseHooksHang() throws Exception {
        try (OtherJvm parent = OtherJvm.start(talk -> {
            talk.say(ChildProcess.start(() -> hang(false), OPTIONS).pid());
            talk.say(ChildProcess.start(() -> hang(true), OPTIONS).pid());
            talk.hear();
        })) {
            String first = parent.line();
            List<String> others = List.of(parent.line(), parent.line(), parent.line());
            List<Long> pids = new ArrayList<>();
            for (String line : others) {
                if (!line.equals("hooked")) {
                    pids.add(Long.parseLong(line));
                }
            }
            if (!first.equals("hooked")) {
                pids.add(Long.parseLong(first));
            }
            assertThat(pids).hasSize(2);
            parent.kill();
            for (long pid : pids) {
                Await.until("the end of " + pid, () -> !Leaks.isRunning(pid));
            }
        }
    }

    /** Has a hook that hangs, and exits or not. */
    private static void hang(boolean exits) {
        Runtime.getRuntime().addShutdownHook(new Thread(ChildBodies::idle));
        System.out.println("hooked");
        if (exits) {
            System.exit(0);
        }
        ChildBodies.idle();
    }

    @Test
    void exitOfTheParent_endsAllItsChildren() throws Exception {
        try (OtherJvm parent = OtherJvm.start(talk -> {
            talk.say(ChildProcess.start(ChildBodies::idle, OPTIONS).pid());
            talk.say(ChildProcess.start(ChildBodies::idle, OPTIONS.daemon(true)).pid());
            talk.hear();
            System.exit(6);
        })) {
            long[] pids = {pid(parent), pid(parent)};
            parent.tell("exit");
            assertThat(parent.exitCode()).isEqualTo(6);
            for (long pid : pids) {
                assertThat(Leaks.isRunning(pid)).isFalse();
            }
        }
    }

    @Test
    void endOfTheParentsMain_waitsForChildrenThatAreNoDaemons_andEndsDaemons(@TempDir Path directory) throws Exception {
        String gate = directory.resolve("gate").toString();
        try (OtherJvm parent = OtherJvm.start(talk -> {
            long daemon =
                    ChildProcess.start(ChildBodies::idle, OPTIONS.daemon(true)).pid();
            talk.say(daemon);
            ChildProcess.start(
                    () -> {
                        ChildBodies.awaitFile(gate);
                        System.out.println("the child is done");
                    },
                    OPTIONS);
            talk.say("main returns");
        })) {
            long daemon = pid(parent);
            parent.expect("main returns");
            Files.createFile(Path.of(gate));
            parent.expect("the child is done");
            parent.expectEnd();
            assertThat(Leaks.isRunning(daemon)).isFalse();
        }
    }

    private static long pid(OtherJvm parent) {
        return Long.parseLong(parent.line());
    }
}
