// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.headway4j.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who belongs to a tree. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "environments of others are read through /proc")
class ProcessTreeTest {

    private static final Duration SOON = Duration.ofMillis(200);

    @Test
    void variable_isFoundInAnEnvironment() {
        assertThat(value("HEADWAY_TREE=a:b\0X=1\0")).isEqualTo("a:b");
        assertThat(value("X=1\0HEADWAY_TREE=a")).isEqualTo("a");
        assertThat(value("X=HEADWAY_TREE=a\0MY_HEADWAY_TREE=b\0HEADWAY_TREES=c\0"))
                .isEmpty();
        assertThat(value("HEADWAY_TRE")).isEmpty();
        assertThat(value("HEADWAY_TREE=")).isEmpty();
        assertThat(value("")).isEmpty();
    }

    @Test
    void mark_isAnotherOneEachTime() {
        Map<String, String> one = new HashMap<>();
        Map<String, String> other = new HashMap<>();
        ProcessTree.create().mark(one);
        ProcessTree.create().mark(other);
        assertThat(one.get(ProcessTree.VARIABLE)).isNotEqualTo(other.get(ProcessTree.VARIABLE));
    }

    @Test
    void innerTrees_belongToTheOuterOne(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pids");
        Command inner = Command.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LeavesAnOrphan.class.getName(),
                file.toString());
        try (Subprocess child = Subprocess.start(inner.grace(SOON).outputGrace(Duration.ZERO))) {
            assertThat(child.communicate().exitCode()).isZero();
            List<Long> orphan = Children.awaitPids(file, 1);
            assertThat(pids(child)).containsAll(orphan);
            child.killTree();
            Children.awaitGone(orphan);
        }
    }

    /** Starts a command that outlives its virtual machine, and ends. */
    static final class LeavesAnOrphan {

        private LeavesAnOrphan() {}

        public static void main(String[] args) throws Exception {
            Subprocess.start(Command.shell("echo $$ > \"$1\"; exec sleep 3600", args[0])
                    .stdin(Input.empty())
                    .stdout(Output.discard())
                    .stderr(Output.discard())
                    .outliveParent());
        }
    }

    @Test
    void everyEnvironment_isMarked() throws Exception {
        CompletedProcess done =
                Subprocess.run(Command.shell("echo $HEADWAY_TREE $A").environment(Map.of("A", "1")));
        assertThat(done.stdout()).matches("\\S+ 1\\n");
    }

    @Test
    void members_areChildren_orphans_andThoseWithAClearedEnvironment(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pids");
        String script = "exec 3>\"$1\"; sleep 3600 & echo $! >&3; (setsid sleep 3600 & echo $! >&3); "
                + "env -i sleep 3600 & echo $! >&3; wait";
        try (Subprocess child =
                Subprocess.start(Command.shell(script, file.toString()).grace(SOON))) {
            List<Long> pids = Children.awaitPids(file, 3);
            Await.until("the cleared environment", () -> pids(child).containsAll(pids));
            assertThat(pids(child)).hasSize(4).startsWith(child.pid()).containsAll(pids);
            child.killTree();
            assertThat(child.tree()).isEmpty();
            assertThat(child.exitCode()).isEqualTo(-9);
            Children.awaitGone(pids);
        }
    }

    @Test
    void zombies_areNoMembers_andHoldNothingUp(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pids");
        String script = "sleep 0 & echo $! > \"$1\"; exec sleep 3600"; // which does not wait for it
        try (Subprocess child =
                Subprocess.start(Command.shell(script, file.toString()).grace(SOON))) {
            List<Long> zombie = Children.awaitPids(file, 1);
            Children.awaitGone(zombie);
            assertThat(ProcessHandle.of(zombie.get(0)).map(ProcessHandle::isAlive))
                    .as("the JDK calls it alive")
                    .contains(true);
            assertThat(pids(child)).containsExactly(child.pid());
            long start = System.nanoTime();
            child.killTree();
            assertThat(System.nanoTime() - start).as("not the limit").isLessThan(4_000_000_000L);
        }
    }

    @Test
    void startFailure_withinAPipeline_endsWhatTheOthersHaveStarted(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("pids");
        Path gate = directory.resolve("gate"); // the second is not started before the first has opened it
        Subprocess.run(Command.of("mkfifo", gate.toString()).check());
        Path broken = Files.writeString(directory.resolve("broken"), "#!/not/there\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        Command first = Command.shell(
                "sleep 3600 & echo $! > \"$1\"; exec sleep 3600 < \"$2\"", file.toString(), gate.toString());
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Subprocess.runPipeline(
                        first, Command.of(broken.toString()).stderr(Output.to(gate))));
        Children.awaitGone(Children.awaitPids(file, 1));
    }

    @Test
    void process_whoseFirstThreadHasEnded_isNoZombie() {
        String rest = " 1 7 7 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 ";
        assertThat(isZombie("7 (a) S (b)) Z" + rest + "2 0 5 0\n")).isFalse();
        assertThat(isZombie("7 (a) S (b)) Z" + rest + "1 0 5 0\n")).isTrue();
        assertThat(isZombie("7 (a) S (b)) X" + rest + "0 0 5 0\n")).isTrue();
        assertThat(isZombie("7 (a) Z (b)) S" + rest + "1 0 5 0\n")).isFalse();
        assertThat(isZombie("")).isFalse();
    }

    /** Flags, the end of the data, where the environment begins and ends. */
    @Test
    void process_thatChangesToAnotherProgram_isNotTakenForOneWithoutAnEnvironment() {
        String rest = " 9".repeat(36);
        String user = "7 (a) S (b)) R 1 7 7 0 -1 4194304" + rest;
        assertThat(hasNoEnvironment(user + " 0 9 9 9 0 0 0\n")).isFalse();
        assertThat(hasNoEnvironment(user + " 0 9 9 9 700 700 0\n"))
                .as("almost changed")
                .isFalse();
        assertThat(hasNoEnvironment(user + " 5 9 9 9 700 900 0\n"))
                .as("changed meanwhile")
                .isFalse();
        assertThat(hasNoEnvironment(user + " 5 9 9 9 700 700 0\n"))
                .as("cleared")
                .isTrue();
        assertThat(hasNoEnvironment("2 (k) S 0 0 0 0 -1 69238880" + rest + " 0 9 9 9 0 0 0\n"))
                .as("of the kernel")
                .isTrue();
        assertThat(hasNoEnvironment("")).isTrue();
    }

    private static boolean hasNoEnvironment(String stat) {
        return ProcessTree.hasNoEnvironment(ProcessTree.fields(stat));
    }

    private static boolean isZombie(String stat) {
        return ProcessTree.isZombie(ProcessTree.fields(stat));
    }

    @Test
    void end_saysWhatWasSent_beforeItIsSent() throws Exception {
        ProcessTree tree = ProcessTree.create();
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done");
        tree.mark(builder.environment());
        Process process = builder.start();
        process.getInputStream().read();
        StringBuilder sent = new StringBuilder();
        assertThat(tree.end(process, SOON, signal -> sent.append(signal).append(process.isAlive() ? " " : " late ")))
                .isTrue();
        assertThat(sent.toString().trim()).isEqualTo("15 9");
        assertThat(process.waitFor()).isEqualTo(137);
        assertThat(tree.members(process.toHandle())).isEmpty();
    }

    @Test
    void interrupt_takesTheGraceAway_andStaysPending() throws Exception {
        Subprocess child = Subprocess.start(Command.shell("trap '' TERM; echo ready; while :; do sleep 0.1; done")
                .stdout(Output.stream()));
        child.stdout().read();
        Thread.currentThread().interrupt();
        child.endTree(Duration.ofHours(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(child.exitCode()).isEqualTo(-9);
        child.close();
    }

    private static List<Long> pids(Subprocess child) {
        return child.tree().stream().map(ProcessHandle::pid).collect(Collectors.toList());
    }

    private static String value(String environment) {
        return ProcessTree.valueIn(environment.getBytes(StandardCharsets.US_ASCII));
    }
}
