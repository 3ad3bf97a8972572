// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.headway4j.processes.ChildBodies.Lines;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What CPython's tests of {@code multiprocessing.Process} show, by number. */
class PythonProcessTest {

    private static final ChildOptions OPTIONS = ChildOptions.defaults().jvmOptions("-XX:TieredStopAtLevel=1");

    @Test
    @Python({"M1", "M3", "M6"})
    void attributes_followTheLife_andJoinMayPoll() throws Exception {
        try (ChildProcess child = ChildProcess.start(ChildBodies::idle, OPTIONS)) {
            assertThat(child.isAlive()).isTrue();
            assertThat(child.isDaemon()).isFalse();
            assertThat(child.pid()).isNotEqualTo(ProcessHandle.current().pid());
            assertThat(child.poll()).isEmpty();
            assertThatIllegalStateException().isThrownBy(child::exitCode);
            CompletableFuture<ChildProcess> exit = child.onExit();
            assertThat(exit).isNotDone();
            assertThat(child.join(Duration.ZERO)).isFalse();
            assertThat(child.join(Duration.ofSeconds(-1))).isFalse();
            assertThat(child.isAlive()).isTrue();

            child.kill();
            child.join();
            assertThat(child.isAlive()).isFalse();
            assertThat(child.poll()).isPresent();
            assertThat(child.join(Duration.ZERO)).isTrue();
            assertThat(exit.get(30, TimeUnit.SECONDS)).isSameAs(child);
        }
    }

    @Test
    @Python({"M2", "M9"})
    void child_seesItsArgumentsNameAndPids() throws Exception {
        Lines lines = new Lines();
        List<Integer> arguments = List.of(1, 2, 3);
        assertThat(ChildProcess.currentName()).isEqualTo("MainProcess");
        try (ChildProcess child = ChildProcess.start(
                () -> {
                    System.out.println(arguments + " " + ChildProcess.currentName());
                    System.out.println(ProcessHandle.current().pid());
                    System.out.println(
                            ProcessHandle.current().parent().orElseThrow().pid());
                },
                lines.of(OPTIONS.name("messenger")))) {
            child.join();
            assertThat(child.name()).isEqualTo("messenger");
            assertThat(lines.all())
                    .containsExactly(
                            "[1, 2, 3] messenger",
                            Long.toString(child.pid()),
                            Long.toString(ProcessHandle.current().pid()));
            assertThat(child.exitCode()).isZero();
        }
    }

    @Test
    @Python("M4")
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no signals")
    void signalsOfOurs_areNegativeExitCodes_andDoNothingAfterTheEnd() throws Exception {
        try (ChildProcess polite = ChildProcess.start(ChildBodies::idle, OPTIONS);
                ChildProcess killed = ChildProcess.start(ChildBodies::idle, OPTIONS)) {
            assertThat(polite.terminate()).isTrue();
            assertThat(killed.kill()).isTrue();
            polite.join();
            killed.join();
            assertThat(polite.exitCode()).isEqualTo(-15);
            assertThat(killed.exitCode()).isEqualTo(-9);
            assertThat(polite.terminate()).isFalse();
            assertThat(killed.kill()).isFalse();
        }
    }

    @Test
    @Python("M5")
    void exitCodes() throws Exception {
        Lines complaints = new Lines();
        ChildOptions quiet = OPTIONS.stderr(Output.lines(complaints::add));
        assertThat(exitCode(() -> {}, quiet)).isZero();
        assertThat(exitCode(() -> System.exit(0), quiet)).isZero();
        assertThat(exitCode(() -> System.exit(7), quiet)).isEqualTo(7);
        assertThat(complaints.all()).isEmpty();
        assertThat(exitCode(
                        () -> {
                            throw new IllegalStateException("on purpose");
                        },
                        quiet))
                .isEqualTo(1);
        assertThat(complaints.all()).anyMatch(line -> line.contains("IllegalStateException: on purpose"));
    }

    private static int exitCode(SerializableRunnable target, ChildOptions options) throws Exception {
        try (ChildProcess child = ChildProcess.start(target, options)) {
            child.join();
            return child.exitCode();
        }
    }

    @Test
    @Python("M7")
    void close_endsTheChild_andItStillAnswers() throws Exception {
        ChildProcess child = ChildProcess.start(ChildBodies::idle, OPTIONS);
        child.close();
        child.close();
        assertThat(Leaks.isRunning(child.pid())).isFalse();
        assertThat(child.isAlive()).isFalse();
        assertThat(child.name()).startsWith("Process-");
        assertThat(child.exitCode()).isNotZero();
        child.join();
    }

    @Test
    @Python("M8")
    void childrenOfChildren_comeInTheOrderOfTheirTree() throws Exception {
        Lines lines = new Lines();
        try (ChildProcess root = ChildProcess.start(new Tree("", 2), lines.of(OPTIONS.name("root")))) {
            root.join();
            assertThat(root.exitCode()).isZero();
        }
        String own = lines.all().get(1).split(" ")[0].replaceFirst(":1$", "");
        assertThat(lines.all())
                .containsExactly(
                        "root .",
                        own + ":1 .0",
                        own + ":1:1 .00",
                        own + ":1:2 .01",
                        own + ":2 .1",
                        own + ":2:1 .10",
                        own + ":2:2 .11");
    }

    /** Writes its name and its place, and then lets two of its kind do so, one after the other. */
    record Tree(String place, int depth) implements SerializableRunnable {
        @Override
        public void run() {
            System.out.println(ChildProcess.currentName() + " ." + place);
            for (int i = 0; i < 2 && depth > 0; i++) {
                try (ChildProcess child = ChildProcess.start(new Tree(place + i, depth - 1), OPTIONS)) {
                    child.join();
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Test
    @Python("M9")
    void orphan_noticesTheEndOfItsParent() throws Exception {
        try (OtherJvm parent = OtherJvm.start(talk -> {
            ChildProcess child = ChildProcess.start(ChildBodies::idle);
            talk.say(child.pid());
            talk.hear();
        })) {
            long orphan = Long.parseLong(parent.line());
            assertThat(Leaks.isRunning(orphan)).isTrue();
            parent.kill();
            Await.until("the end of the orphan", () -> !Leaks.isRunning(orphan));
        }
    }

    @Test
    @Python("M10")
    void manyProcesses_atTheSameTime_allEndWell() throws Exception {
        List<ChildProcess> children = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                children.add(ChildProcess.start(() -> {}, OPTIONS));
            }
            for (ChildProcess child : children) {
                child.join();
                assertThat(child.exitCode()).isZero();
            }
        } finally {
            children.forEach(ChildProcess::close);
        }
    }

    @Test
    @Python("M11")
    void child_waitsForItsThreads_exceptDaemons() throws Exception {
        Lines lines = new Lines();
        try (ChildProcess child = ChildProcess.start(
                () -> {
                    Thread daemon = new Thread(ChildBodies::idle);
                    daemon.setDaemon(true);
                    daemon.start();
                    Thread main = Thread.currentThread();
                    new Thread(() -> {
                                while (main.isAlive()) {
                                    Thread.onSpinWait();
                                }
                                System.out.println("after main");
                            })
                            .start();
                },
                lines.of(OPTIONS))) {
            child.join();
            assertThat(child.exitCode()).isZero();
        }
        assertThat(lines.all()).containsExactly("after main");
    }

    @Test
    @Python("M12")
    void active_listsThoseThatRun() throws Exception {
        try (ChildProcess child = ChildProcess.start(ChildBodies::idle, OPTIONS)) {
            assertThat(ChildProcess.active()).contains(child);
            child.kill();
            Await.until("the child is not active", () -> !ChildProcess.active().contains(child));
        }
    }

    @Test
    @Python("M13")
    void daemon_isInherited_orChosen() throws Exception {
        Lines lines = new Lines();
        assertThat(ChildProcess.currentIsDaemon()).isFalse();
        SerializableRunnable body = () -> {
            System.out.println(ChildProcess.currentIsDaemon());
            try (ChildProcess grandchild = ChildProcess.start(() -> {})) {
                System.out.println(grandchild.isDaemon());
                grandchild.join();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        try (ChildProcess plain = ChildProcess.start(body, lines.of(OPTIONS))) {
            assertThat(plain.isDaemon()).isFalse();
            plain.join();
        }
        try (ChildProcess daemon = ChildProcess.start(body, lines.of(OPTIONS.daemon(true)))) {
            assertThat(daemon.isDaemon()).isTrue();
            daemon.join();
        }
        assertThat(lines.all()).containsExactly("false", "false", "true", "true");
    }
}
