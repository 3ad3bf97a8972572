// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StressTestsTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void list_namesTestsAndControlsAndRunsNothing() throws IOException, InterruptedException {
        assertThat(StressTests.run(List.of("--list", "--test", "MutexStress.*OneWinner"), out))
                .isZero();
        assertThat(output().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("MutexStress.ActualOneWinner: Of two calls"))
                .anyMatch(line -> line.contains("MutexStress.BrokenOneWinner: control: "));
    }

    @Test
    void run_withoutAMatch_exitsWithOne() throws IOException, InterruptedException {
        assertThat(StressTests.run(List.of("--module", "elsewhere"), out)).isOne();
        assertThat(output()).contains("No test matches.");
    }

    @Test
    void help_printsUsage() throws IOException, InterruptedException {
        assertThat(StressTests.run(List.of("--help"), out)).isZero();
        assertThat(output()).contains("usage:", "--budget", "--strict-controls", "soak");
    }

    @Test
    void run_badArguments_throws() {
        assertThatThrownBy(() -> StressTests.run(List.of("--mode", "slow"), out))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> StressTests.run(List.of("soak", "--minutes", "0"), out))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> StressTests.run(List.of("soak", "--module", "elsewhere"), out))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("primitives, queues");
    }

    @Test
    void machine_isDescribed() {
        Machine machine = Machine.of(Path.of(System.getProperty("java.home")));
        assertThat(machine.jdkFeature()).isEqualTo(Runtime.version().feature());
        assertThat(machine.processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(machine.pairs()).isPositive();
        assertThat(machine.toString()).contains("Processor: ", "System: ", "JDK: ", System.getProperty("os.arch"));
    }
}
