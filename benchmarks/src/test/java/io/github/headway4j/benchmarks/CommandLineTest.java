// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @Test
    void parse_nameAlone_takesTheDefaults() {
        CommandLine command = CommandLine.parse("mutex");

        assertThat(command.name()).isEqualTo("mutex");
        assertThat(command.budget()).isEqualTo(Duration.ofMinutes(3));
        assertThat(command.rounds()).isZero();
        assertThat(command.jdk()).isEmpty();
        assertThat(command.out()).isEmpty();
        assertThat(command.requireIdle()).isFalse();
    }

    @Test
    void parse_allOptions_takesThem() {
        CommandLine command = CommandLine.parse(
                "--budget=90s",
                "hand-off",
                "--interleave",
                "5",
                "--jdk",
                "some/jdk",
                "--out",
                "here",
                "--require-idle");

        assertThat(command.name()).isEqualTo("hand-off");
        assertThat(command.budget()).isEqualTo(Duration.ofSeconds(90));
        assertThat(command.rounds()).isEqualTo(5);
        assertThat(command.jdk()).contains(Path.of("some/jdk"));
        assertThat(command.out()).contains(Path.of("here"));
        assertThat(command.requireIdle()).isTrue();
    }

    @Test
    void parse_listOrReport_needsNoName() {
        assertThat(CommandLine.parse("--list").list()).isTrue();
        assertThat(CommandLine.parse("--report", "old.json").report()).contains(Path.of("old.json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mutex hand-off",
                "mutex --fast",
                "mutex --budget",
                "mutex --budget soon",
                "mutex --budget 0s",
                "mutex --interleave 0",
                "mutex --interleave few"
            })
    void parse_nonsense_isRefused(String line) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");

        assertThatThrownBy(() -> CommandLine.parse(arguments)).isInstanceOf(IllegalArgumentException.class);
    }
}
