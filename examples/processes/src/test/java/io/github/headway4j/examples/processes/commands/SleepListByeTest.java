// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.processes.Subprocess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is one of a POSIX shell")
class SleepListByeTest {

    @Test
    void run_listsTheDirectory_checksTheCode_andReadsTheErrors(@TempDir Path directory) throws Exception {
        Path listed = Files.createDirectory(directory.resolve("it's \"here\"; echo no"));
        Files.createFile(listed.resolve("apple"));
        Files.createFile(listed.resolve("pear"));
        List<String> told = new ArrayList<>();
        SleepListBye.Result result = SleepListBye.run(listed, Duration.ofMillis(50), told::add);

        assertThat(result.lines()).containsExactly("apple", "pear", "BYE");
        assertThat(result.exitCode()).isZero();
        assertThat(result.took()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        assertThat(result.failure().exitCode()).isEqualTo(3);
        assertThat(result.failure().stderr()).contains("no-such-directory");
        assertThat(result.notStarted()).contains("no-such-program");
        assertThat(told).contains("  BYE", "3 lines, return code 0").anyMatch(line -> line.startsWith("return code 3"));
    }

    @Test
    void directoryThatIsNotThere_isWrittenToTheErrors_andByeIsSaid(@TempDir Path directory) throws Exception {
        var completed = Subprocess.run(SleepListBye.script(directory.resolve("missing"), Duration.ZERO));
        assertThat(completed.stdoutLines()).containsExactly("BYE");
        assertThat(completed.stderr()).contains("missing");
    }

    @Test
    void seconds_areWrittenAsSleepWantsThem() {
        assertThat(SleepListBye.seconds(Duration.ofMillis(2_050))).isEqualTo("2.050");
        assertThat(SleepListBye.seconds(Duration.ZERO)).isEqualTo("0.000");
    }

    @Test
    void main_saysBye() throws Exception {
        assertThat(ProgramRun.linesOf(SleepListBye.class, "10"))
                .contains("  BYE")
                .anyMatch(line -> line.endsWith("lines, return code 0"));
    }
}
