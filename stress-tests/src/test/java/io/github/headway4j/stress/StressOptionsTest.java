// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StressOptionsTest {

    private static StressOptions parse(String... arguments) {
        return StressOptions.parse(Arrays.asList(arguments));
    }

    @Test
    void parse_nothing_givesDefaults() {
        StressOptions options = parse();
        assertThat(options.mode()).isEqualTo(Mode.QUICK);
        assertThat(options.budget()).isNull();
        assertThat(options.module()).isNull();
        assertThat(options.test()).isNull();
        assertThat(options.jdk()).isEqualTo(Path.of(System.getProperty("java.home")));
        assertThat(options.controls()).isTrue();
        assertThat(options.insistsOnControls()).isTrue();
        assertThat(options.list()).isFalse();
    }

    @Test
    void parse_everything_isUnderstood() {
        StressOptions options = parse(
                "--mode",
                "tough",
                "--budget=1h30m",
                "--module",
                "primitives",
                "--test=Mutex.*Winner",
                "--results",
                "reports",
                "--list",
                "--no-controls");
        assertThat(options.mode()).isEqualTo(Mode.TOUGH);
        assertThat(options.budget()).isEqualTo(Duration.ofMinutes(90));
        assertThat(options.module()).isEqualTo("primitives");
        assertThat(options.test()).hasToString("Mutex.*Winner");
        assertThat(options.results()).isEqualTo(Path.of("reports"));
        assertThat(options.list()).isTrue();
        assertThat(options.controls()).isFalse();
    }

    @Test
    void parse_times_inEveryForm() {
        assertThat(parse("--budget", "90s").budget()).isEqualTo(Duration.ofSeconds(90));
        assertThat(parse("--budget", "5m").budget()).isEqualTo(Duration.ofMinutes(5));
        assertThat(parse("--budget", "1H2M3S").budget()).isEqualTo(Duration.ofSeconds(3723));
    }

    @Test
    void insistsOnControls_inSanityMode_onlyWhenTold() {
        assertThat(parse("--mode", "sanity").insistsOnControls()).isFalse();
        assertThat(parse("--mode", "sanity", "--strict-controls").insistsOnControls())
                .isTrue();
    }

    @Test
    void parse_nonsense_saysWhatIsWrong(@TempDir Path empty) {
        for (List<String> nonsense : List.of(
                List.of("--mode", "slow"),
                List.of("--budget", "5"),
                List.of("--budget", "0s"),
                List.of("--budget", "m"),
                List.of("--budget"),
                List.of("--budget", "5m", "--mode", "sanity"),
                List.of("--test", "("),
                List.of("--jdk", empty.toString()),
                List.of("--no-controls", "--strict-controls"),
                List.of("--frobnicate"),
                List.of("mutex"))) {
            assertThatThrownBy(() -> StressOptions.parse(nonsense))
                    .as("%s", nonsense)
                    .isInstanceOf(UsageException.class)
                    .message()
                    .containsAnyOf("--mode", "--budget", "--test", "--jdk", "--no-controls", "--frobnicate", "'mutex'");
        }
    }

    @Test
    void parse_jdkThatRunsThis_isAccepted() {
        String home = System.getProperty("java.home");
        assertThat(parse("--jdk", home).jdk())
                .isEqualTo(Path.of(home).toAbsolutePath().normalize());
    }
}
