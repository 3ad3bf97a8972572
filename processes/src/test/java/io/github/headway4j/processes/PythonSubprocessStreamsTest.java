// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.headway4j.testing.Python;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What CPython's tests of {@code subprocess.Popen} show, by number: where its streams lead and where it runs. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the children are written for a POSIX shell")
class PythonSubprocessStreamsTest {

    @Test
    @Python("P4")
    void streamThatIsNotPiped_cannotBeHad() throws Exception {
        Command command =
                Command.of("true").stdin(Input.empty()).stdout(Output.discard()).stderr(Output.discard());
        try (Subprocess child = Subprocess.start(command)) {
            assertThatIllegalStateException().isThrownBy(child::stdin);
            assertThatIllegalStateException().isThrownBy(child::stdout);
            assertThatIllegalStateException().isThrownBy(child::stderr);
            CompletedProcess completed = child.communicate();
            assertThat(completed.stdout()).isEmpty();
            assertThat(completed.stderr()).isEmpty();
        }
    }

    @Test
    @Python("P4")
    @EnabledOnOs(value = OS.LINUX, disabledReason = "where a stream leads is seen through /proc")
    void streamThatIsInherited_isTheParents() throws Exception {
        String parents = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
        CompletedProcess completed = Subprocess.run(Command.shell("link=$(readlink /proc/$$/fd/1); echo \"$link\" >&2")
                .stdout(Output.inherit()));
        assertThat(completed.stderr().trim()).isEqualTo(parents);
        assertThat(completed.stdout()).isEmpty();
        String input = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
        assertThat(Subprocess.run(Command.shell("readlink /proc/$$/fd/0").stdin(Input.inherit()))
                        .stdout()
                        .trim())
                .isEqualTo(input);
    }

    @Test
    @Python("P5")
    void streams_leadToFiles_orNowhere(@TempDir Path directory) throws Exception {
        Path out = directory.resolve("out");
        Path both = directory.resolve("both");
        Command command = Command.shell("echo banana; echo pear >&2");
        CompletedProcess completed =
                Subprocess.run(command.stdout(Output.to(out)).stderr(Output.discard()));
        assertThat(completed.stdout()).isEmpty();
        assertThat(completed.stderr()).isEmpty();
        assertThat(out).hasContent("banana\n");
        Subprocess.run(command.stdout(Output.to(out)));
        assertThat(out).as("written anew").hasContent("banana\n");
        Subprocess.run(command.stdout(Output.appendTo(out)));
        assertThat(out).hasContent("banana\nbanana\n");
        Subprocess.run(command.stdout(Output.to(both)).mergeStderr());
        assertThat(both).as("merged").hasContent("banana\npear\n");
        Subprocess.run(command.stdout(Output.appendTo(out)).stderr(Output.appendTo(out)));
        assertThat(out).as("each to the same").hasContent("banana\nbanana\nbanana\npear\n");
    }

    @Test
    @Python("P6")
    void directory_absoluteRelativeAndMissing(@TempDir Path directory) throws Exception {
        Path real = directory.toRealPath();
        Command pwd = Command.of("pwd", "-P");
        assertThat(Subprocess.run(pwd.directory(real)).stdout()).isEqualTo(real + "\n");
        Path relative = Path.of("").toAbsolutePath().relativize(real);
        assertThat(Subprocess.run(pwd.directory(relative)).stdout()).isEqualTo(real + "\n");
        assertThat(Subprocess.run(pwd).stdout()).isEqualTo(Path.of("").toRealPath() + "\n");
        Path missing = real.resolve("not-there");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Subprocess.run(pwd.directory(missing)))
                .withMessageContaining(missing.toString());
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Subprocess.start(pwd.directory(missing)))
                .withMessageContaining(missing.toString());
    }

    @Test
    @Python("P7")
    void environment_isReplaced_addedTo_andChecked() throws Exception {
        Command env = Command.of("/usr/bin/env");
        assertThat(Subprocess.run(env.environment("FRUIT", "orange=1=2")).stdoutLines())
                .contains("FRUIT=orange=1=2")
                .anyMatch(line -> line.startsWith("PATH="));
        assertThat(Subprocess.run(env.environment(Map.of("FRUIT", "orange"))).stdoutLines())
                .filteredOn(line -> !line.startsWith("HEADWAY_"))
                .containsExactly("FRUIT=orange");
        assertThat(Subprocess.run(env.environment(Map.of())).stdoutLines())
                .allMatch(line -> line.startsWith("HEADWAY_"));
        assertThat(Subprocess.run(env.withoutEnvironment("PATH")).stdoutLines())
                .noneMatch(line -> line.startsWith("PATH="));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> env.environment("FRUIT=", "orange"))
                .withMessageContaining("FRUIT=");
        assertThatIllegalArgumentException().isThrownBy(() -> env.environment(Map.of("FR=UIT", "orange")));
        assertThatIllegalArgumentException().isThrownBy(() -> env.environment("FRUIT", "or\0ange"));
        assertThatIllegalArgumentException().isThrownBy(() -> env.environment("FR\0UIT", "orange"));
    }

    @Test
    @Python("P8")
    void communicate_inEachCombination() throws Exception {
        try (Subprocess child = Subprocess.start(Command.shell("read word; test \"$word\" = pear")
                .stdout(Output.discard())
                .stderr(Output.discard()))) {
            assertThat(child.communicate("pear\n").exitCode()).as("input only").isZero();
        }
        try (Subprocess child = Subprocess.start(Command.shell("echo pineapple").stdin(Input.empty()))) {
            CompletedProcess completed = child.communicate();
            assertThat(completed.stdout()).as("output only").isEqualTo("pineapple\n");
            assertThat(completed.stderr()).isEmpty();
        }
        try (Subprocess child =
                Subprocess.start(Command.shell("echo pineapple >&2").stdout(Output.discard()))) {
            CompletedProcess completed = child.communicate();
            assertThat(completed.stderr()).as("errors only").isEqualTo("pineapple\n");
            assertThat(completed.stdout()).isEmpty();
        }
        try (Subprocess child = Subprocess.start(Command.shell("echo pineapple >&2; cat"))) {
            CompletedProcess completed = child.communicate("banana");
            assertThat(completed.stdout()).as("all").isEqualTo("banana");
            assertThat(completed.stderr()).isEqualTo("pineapple\n");
        }
        try (Subprocess child = Subprocess.start(Command.of("true")
                .stdin(Input.inherit())
                .stdout(Output.discard())
                .stderr(Output.discard()))) {
            assertThat(child.communicate().exitCode()).as("none").isZero();
        }
    }

    @Test
    @Python("P9")
    void communicate_inputLargerThanThePipe_whileErrorsFlood() throws Exception {
        int size = 300_000;
        String flood = "head -c " + size + " /dev/zero | tr '\\0' x >&2; cat; head -c " + size + " /dev/zero >&2";
        try (Subprocess child = Subprocess.start(Command.shell(flood))) {
            CompletedProcess completed = child.communicate("abc".repeat(size));
            assertThat(completed.stdoutBytes()).hasSize(3 * size);
            assertThat(completed.stderrBytes()).hasSize(2 * size);
            assertThat(completed.stdout()).isEqualTo("abc".repeat(size));
        }
    }

    @Test
    @Python("P10")
    void whatWasWrittenBefore_comesFirst() throws Exception {
        try (Subprocess child = Subprocess.start(Command.of("cat"))) {
            child.stdin().write("banana".getBytes(StandardCharsets.US_ASCII));
            assertThat(child.communicate("split").stdout()).isEqualTo("bananasplit");
        }
    }

    @Test
    @Python("P12")
    @EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors are seen through /proc")
    void communicate_closesThePipes() throws Exception {
        Subprocess.run(Command.of("cat"));
        try (Leaks leaks = Leaks.watch()) {
            Subprocess child = Subprocess.start(Command.of("cat"));
            OutputStream stdin = child.stdin();
            child.communicate("pear");
            assertThat(leaks.found()).noneMatch(found -> found.contains("pipe:"));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                stdin.write(1);
                stdin.flush();
            });
        }
    }

    @Test
    @Python("P13")
    void brokenPipe_isIgnored() throws Exception {
        String tooMuch = "x".repeat(1 << 20);
        Command deaf = Command.shell("exec <&-; exit 3");
        Command mute = deaf.stdout(Output.discard()).stderr(Output.discard());
        assertThat(Subprocess.run(mute.input(tooMuch)).exitCode())
                .as("stdin only")
                .isEqualTo(3);
        assertThat(Subprocess.run(deaf.input(tooMuch)).exitCode())
                .as("all three")
                .isEqualTo(3);
        try (Subprocess child = Subprocess.start(deaf)) {
            assertThat(child.waitFor()).isEqualTo(3);
            assertThat(child.communicate(tooMuch).exitCode()).as("already gone").isEqualTo(3);
        }
    }

    @Test
    @Python("P14")
    void newlines_stayInTheText_andAreUnderstoodByLines() throws Exception {
        String script = "printf 'line1\\nline2\\r'; sleep 0.05; printf '\\nline3\\rline4\\r\\nline5'";
        CompletedProcess completed = Subprocess.run(Command.shell(script));
        assertThat(completed.stdout()).isEqualTo("line1\nline2\r\nline3\rline4\r\nline5");
        assertThat(completed.stdoutLines()).containsExactly("line1", "line2", "line3", "line4", "line5");
        List<String> heard = new CopyOnWriteArrayList<>();
        Subprocess.run(Command.shell(script).stdout(Output.lines(heard::add)));
        assertThat(heard).containsExactly("line1", "line2", "line3", "line4", "line5");
    }

    @Test
    @Python("P14")
    void charset_isTheUsers_alsoAcrossChunks() throws Exception {
        String text = "caf\u00e9 \u20ac \ud83c\udf4d\n".repeat(30_000);
        for (Charset charset :
                List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, Charset.forName("UTF-32LE"))) {
            CompletedProcess completed =
                    Subprocess.run(Command.of("cat").charset(charset).input(text));
            assertThat(completed.stdout()).as(charset.name()).isEqualTo(text);
            assertThat(completed.stdoutBytes()).isEqualTo(text.getBytes(charset));
        }
        CompletedProcess broken =
                Subprocess.run(Command.shell("printf 'a\\377b'").charset(StandardCharsets.UTF_8));
        assertThat(broken.stdout()).as("malformed").isEqualTo("a\ufffdb");
        assertThat(broken.stdoutBytes()).containsExactly('a', 0xff, 'b');
    }
}
