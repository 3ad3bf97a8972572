// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.headway4j.processes.ChildBodies.Endless;
import io.github.headway4j.processes.ChildBodies.Lines;
import io.github.headway4j.processes.ChildBodies.Unreadable;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.File;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Children that are started, or cannot be, and what is chosen for them. */
class ChildProcessTest {

    private static final ChildOptions OPTIONS = ChildOptions.defaults().jvmOptions("-XX:TieredStopAtLevel=1");

    // ---- what is chosen ----

    @Test
    void options_reachTheChild(@TempDir Path directory) throws Exception {
        Lines lines = new Lines();
        ChildOptions options = lines.of(OPTIONS)
                .environment("HEADWAY_TEST", "from the parent")
                .directory(directory)
                .jvmOptions("-Dheadway.test=property", "-Xmx77m");
        try (ChildProcess child = ChildProcess.start(
                () -> {
                    System.out.println(System.getenv("HEADWAY_TEST"));
                    System.out.println(Path.of("").toAbsolutePath());
                    System.out.println(System.getProperty("headway.test"));
                    System.out.println(Runtime.getRuntime().maxMemory() >> 20);
                    System.out.println(Thread.currentThread().getName());
                    try {
                        System.out.println(System.in.read());
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                options)) {
            child.join();
        }
        assertThat(lines.all().get(0)).isEqualTo("from the parent");
        assertThat(Path.of(lines.all().get(1)).toRealPath()).isEqualTo(directory.toRealPath());
        assertThat(lines.all().get(2)).isEqualTo("property");
        assertThat(Integer.parseInt(lines.all().get(3))).isBetween(60, 77);
        assertThat(lines.all().subList(4, lines.all().size())).containsExactly("main", "-1");
    }

    @Test
    void outputs_canBeStreamedAndGoToFiles(@TempDir Path directory) throws Exception {
        Path errors = directory.resolve("errors");
        try (ChildProcess child = ChildProcess.start(
                () -> {
                    System.out.print("one ");
                    System.out.println("two");
                    System.err.println("three");
                },
                OPTIONS.stdout(Output.stream()).stderr(Output.to(errors)))) {
            assertThat(new String(child.stdout().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("one two\n");
            child.join();
            assertThat(errors).hasContent("three");
            assertThatIllegalStateException().isThrownBy(child::stderr).withMessageContaining("stream");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.stdout(Output.capture()))
                .withMessageContaining("capture");
    }

    @Test
    void options_areImmutable_andRefuseNull() {
        ChildOptions defaults = ChildOptions.defaults();
        defaults.name("other").daemon(true).jvmOptions("-ea").environment("A", "B");
        assertThat(defaults).hasToString(ChildOptions.defaults().toString());
        assertThat(defaults.name("other").daemon(true))
                .hasToString("ChildOptions[name=other, daemon=true, jvmOptions=[], environment=[], "
                        + "stdout=inherit, stderr=inherit]");
        assertThatNullPointerException().isThrownBy(() -> defaults.name(null));
        assertThatNullPointerException().isThrownBy(() -> defaults.environment("A", null));
        assertThatNullPointerException().isThrownBy(() -> defaults.jvmOptions((String) null));
        assertThatNullPointerException().isThrownBy(() -> ChildProcess.start(null));
        assertThatNullPointerException().isThrownBy(() -> ChildProcess.startMain((String) null));
    }

    @Test
    void listenersFailure_comesOutOfJoin() throws Exception {
        ChildOptions options = OPTIONS.stdout(Output.lines(line -> {
            throw new IllegalStateException("listener of " + line);
        }));
        try (ChildProcess child = ChildProcess.start(() -> System.out.println("a line"), options)) {
            assertThatIllegalStateException().isThrownBy(child::join).withMessage("listener of a line");
            assertThat(child.exitCode()).isZero();
        }
    }

    @Test
    void mainOfAClass_getsItsArguments() throws Exception {
        Lines lines = new Lines();
        try (ChildProcess child =
                ChildProcess.startMain(lines.of(OPTIONS), Program.class.getName(), "a b", "", "\"ü\"")) {
            child.join();
            assertThat(child.exitCode()).isEqualTo(3);
        }
        assertThat(lines.all()).containsExactly("[a b, , \"\u00fc\"]");
    }

    /** A program whose class is not public. */
    static final class Program {
        /** Called by the child. */
        public static void main(String[] args) {
            byte[] line = (Arrays.toString(args) + "\n").getBytes(StandardCharsets.UTF_8);
            System.out.write(line, 0, line.length);
            System.exit(args.length);
        }
    }

    // ---- starts that fail ----

    @Test
    void start_ofWhatCannotBeSent_namesIt_andStartsNothing() {
        Object mute = new Object();
        try (Leaks leaks = Leaks.watch()) {
            assertThatExceptionOfType(NotSerializableException.class)
                    .isThrownBy(() -> ChildProcess.start(mute::notifyAll, OPTIONS))
                    .withMessageContaining("java.lang.Object");
        }
    }

    @Test
    void start_ofWhatCannotBeReadThere_throwsItsCause_andLeavesNothing() throws Exception {
        close(ChildProcess.start(() -> {}, OPTIONS)); // what is opened once
        Unreadable unreadable = new Unreadable();
        try (Leaks leaks = Leaks.watch()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(
                            () -> ChildProcess.start(() -> Objects.requireNonNull(unreadable), OPTIONS.name("reader")))
                    .withMessageContaining("reader")
                    .withRootCauseInstanceOf(IllegalArgumentException.class)
                    .withStackTraceContaining("made in another process");
        }
    }

    @Test
    void start_withoutAClassInTheChild_throwsItsCause() {
        String withoutTests = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ChildProcess.start(() -> {}, OPTIONS.jvmOptions("-cp", withoutTests)))
                .withRootCauseInstanceOf(ClassNotFoundException.class)
                .withStackTraceContaining(ChildProcessTest.class.getName());
    }

    @Test
    void startMain_withoutClassOrMethod_throwsItsCause() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ChildProcess.startMain(OPTIONS, "no.such.Program"))
                .withRootCauseInstanceOf(ClassNotFoundException.class);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ChildProcess.startMain(OPTIONS, String.class.getName()))
                .withRootCauseInstanceOf(NoSuchMethodException.class);
    }

    @Test
    void start_ofAJvmThatDoesNotBegin_tellsHowItEnded_andLeavesNothing() throws Exception {
        close(ChildProcess.start(() -> {}, OPTIONS)); // what is opened once
        Lines complaints = new Lines();
        ChildOptions options = OPTIONS.jvmOptions("-XX:+NoSuchOption").stderr(Output.lines(complaints::add));
        try (Leaks leaks = Leaks.watch()) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> ChildProcess.start(() -> {}, options))
                    .withMessageContaining("exit code 1");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> ChildProcess.start(() -> {}, OPTIONS.directory(Path.of("/no/such/directory"))))
                    .withMessageContaining("directory");
        }
        assertThat(complaints.next()).contains("NoSuchOption");
    }

    @Test
    void start_whoseChildEndsWhileItReads_tellsHowItEnded() {
        Exiting exiting = new Exiting();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ChildProcess.start(() -> Objects.requireNonNull(exiting), OPTIONS))
                .withMessageContaining("exit code 17");
    }

    /** An object whose reading ends the process. */
    static final class Exiting implements java.io.Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(java.io.ObjectInputStream in) {
            Runtime.getRuntime().halt(17);
        }
    }

    @Test
    void start_interrupted_leavesNothing() throws Exception {
        close(ChildProcess.start(() -> {}, OPTIONS)); // what is opened once
        Endless endless = new Endless();
        try (Leaks leaks = Leaks.watch();
                TestThreads threads = new TestThreads()) {
            TestThread<Void> before = threads.start("interrupted before", () -> {
                Thread.currentThread().interrupt();
                assertThatExceptionOfType(InterruptedException.class)
                        .isThrownBy(() -> ChildProcess.start(() -> {}, OPTIONS));
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            });
            before.join();
            TestThread<Void> during = threads.start("interrupted", () -> {
                assertThatExceptionOfType(InterruptedException.class)
                        .isThrownBy(() -> ChildProcess.start(() -> Objects.requireNonNull(endless), OPTIONS));
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            });
            Await.until(
                    "a child",
                    () -> ProcessHandle.current().children().findAny().isPresent());
            during.interrupt();
            during.join();
        }
    }

    // ---- waiting and ending ----

    @Test
    void join_interrupted_leavesTheChildAlone() throws Exception {
        try (ChildProcess child = ChildProcess.start(ChildBodies::idle, OPTIONS);
                TestThreads threads = new TestThreads()) {
            TestThread<Void> joiner = threads.start("joiner", () -> {
                assertThatExceptionOfType(InterruptedException.class).isThrownBy(child::join);
                Thread.currentThread().interrupt();
                assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> child.join(Duration.ofDays(1)));
            });
            Await.until("the wait", () -> joiner.thread().getState() == Thread.State.WAITING);
            joiner.interrupt();
            joiner.join();
            assertThat(child.isAlive()).isTrue();
            assertThat(child).hasToString("ChildProcess[" + child.name() + ", pid " + child.pid() + ", running]");
        }
    }

    @Test
    void close_endsAChildWhoseHooksHang() throws Exception {
        Lines lines = new Lines();
        ChildProcess child = ChildProcess.start(
                () -> {
                    Runtime.getRuntime().addShutdownHook(new Thread(ChildBodies::idle));
                    System.out.println("hooked");
                    ChildBodies.idle();
                },
                lines.of(OPTIONS));
        lines.next();
        child.close();
        assertThat(Leaks.isRunning(child.pid())).isFalse();
    }

    @Test
    void children_leaveNothingBehind() throws Exception {
        close(ChildProcess.start(() -> {}, OPTIONS)); // what is opened once
        try (Leaks leaks = Leaks.watch()) {
            for (int i = 0; i < 3; i++) {
                Lines lines = new Lines();
                ChildProcess child = ChildProcess.start(() -> System.out.println("here"), lines.of(OPTIONS));
                child.join(); // and not closed
                assertThat(lines.all()).containsExactly("here");
                ChildProcess.start(() -> {}, OPTIONS); // neither joined nor closed
                close(ChildProcess.start(ChildBodies::idle, OPTIONS));
            }
        }
        assertThat(ChildProcess.active()).isEmpty();
    }

    private static void close(ChildProcess child) {
        child.close();
    }

    @Test
    void fileOfArguments_isGoneOnceTheChildRuns() throws Exception {
        try (ChildProcess child = ChildProcess.start(ChildBodies::idle, OPTIONS)) {
            String own = String.format("%016x", ProcessIdentity.own());
            try (var files = Files.list(PrivateFiles.directory())) {
                assertThat(files.map(file -> file.getFileName().toString())
                                .filter(name -> name.startsWith("a-" + own) || name.startsWith("s-" + own)))
                        .isEmpty();
            }
            assertThat(child.isAlive()).isTrue();
        }
    }
}
