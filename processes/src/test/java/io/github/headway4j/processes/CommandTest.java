// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A command is a value: what is chosen is in the copy, and nowhere else. */
class CommandTest {

    private static final Command LS = Command.of("ls", "-l");

    @Test
    void each_choice_isInTheCopyOnly() {
        Command changed = LS.directory(Path.of("/tmp"))
                .environment("A", "1")
                .stdin(Input.inherit())
                .stdout(Output.discard())
                .stderr(Output.inherit())
                .charset(StandardCharsets.UTF_16)
                .timeout(Duration.ofSeconds(3))
                .grace(Duration.ofSeconds(4))
                .outputGrace(Duration.ofSeconds(5))
                .check(1, 2)
                .outliveParent();
        assertThat(changed.words()).containsExactly("ls", "-l");
        assertThat(changed.directory()).contains(Path.of("/tmp"));
        assertThat(changed.environment()).containsEntry("A", "1");
        assertThat(changed.stdin()).isSameAs(Input.inherit());
        assertThat(changed.stdout()).isSameAs(Output.discard());
        assertThat(changed.stderr()).isSameAs(Output.inherit());
        assertThat(changed.charset()).isEqualTo(StandardCharsets.UTF_16);
        assertThat(changed.timeout()).contains(Duration.ofSeconds(3));
        assertThat(changed.grace()).isEqualTo(Duration.ofSeconds(4));
        assertThat(changed.outputGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(changed.accepts(2)).isTrue();
        assertThat(changed.accepts(0)).isFalse();
        assertThat(changed.outlivesParent()).isTrue();
        assertThat(changed.mergeStderr().mergesStderr()).isTrue();
        assertThat(changed.mergeStderr().stderr(Output.capture()).mergesStderr())
                .as("the last choice counts")
                .isFalse();

        assertThat(LS.directory()).isEmpty();
        assertThat(LS.environment()).isEqualTo(System.getenv());
        assertThat(LS.stdout()).isSameAs(Output.capture());
        assertThat(LS.stderr()).isSameAs(Output.capture());
        assertThat(LS.timeout()).isEmpty();
        assertThat(LS.grace()).isEqualTo(Duration.ofSeconds(1));
        assertThat(LS.outputGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(LS.accepts(77)).as("nothing is checked").isTrue();
        assertThat(LS.outlivesParent()).isFalse();
        assertThat(LS.mergesStderr()).isFalse();
    }

    @Test
    void whatTheUserKeeps_canBeChangedLater() {
        List<String> words = new ArrayList<>(List.of("echo", "a"));
        Map<String, String> variables = new HashMap<>(Map.of("A", "1"));
        byte[] input = {1, 2};
        Command command = Command.of(words).environment(variables).input(input);
        words.set(1, "b");
        variables.put("A", "2");
        input[0] = 9;
        assertThat(command.words()).containsExactly("echo", "a");
        assertThat(command.environment()).containsExactly(Map.entry("A", "1"));
        assertThat(command.stdin().bytes).containsExactly(1, 2);
    }

    @Test
    void environment_isChanged_orReplaced() {
        Command changed = LS.environment("HEADWAY_TEST", "1")
                .environment("HEADWAY_TEST", "2")
                .withoutEnvironment("PATH");
        assertThat(changed.environment()).containsEntry("HEADWAY_TEST", "2").doesNotContainKey("PATH");
        Command replaced = changed.environment(Map.of("X", "a=b")).environment("Y", "");
        assertThat(replaced.environment()).isEqualTo(Map.of("X", "a=b", "Y", ""));
        assertThat(replaced.withoutEnvironment("X").environment()).isEqualTo(Map.of("Y", ""));
        assertThat(LS.environment(Map.of()).environment()).isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "another shell")
    void shell_handsItsArgumentsOverAsTheyAre() throws Exception {
        CompletedProcess done = Subprocess.run(Command.shell("printf '%s|' \"$0\" \"$@\"", "$(id)", "a b", "'", "\n"));
        assertThat(done.stdout()).isEqualTo("sh|$(id)|a b|'|\n|");
        assertThat(Subprocess.run(Command.of("printf", "%s|", "$HOME", "*", "\""))
                        .stdout())
                .isEqualTo("$HOME|*|\"|");
    }

    @Test
    void nonsense_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Command.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Command.of(""));
        assertThatIllegalArgumentException().isThrownBy(() -> Command.of("ls", "a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> LS.environment("", "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LS.environment("A=B", "x"))
                .withMessageContaining("A=B");
        assertThatIllegalArgumentException().isThrownBy(() -> LS.environment("A", "\0"));
        assertThatIllegalArgumentException().isThrownBy(() -> LS.environment(Map.of("A=B", "x")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LS.grace(Duration.ofMillis(-7)))
                .withMessageContaining("PT-0.007S");
        assertThatIllegalArgumentException().isThrownBy(() -> LS.outputGrace(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> LS.check(new int[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Output.capture(-3, Output.Keep.HEAD))
                .withMessageContaining("-3");
    }

    @Test
    void nulls_areRefused() {
        List<Runnable> calls = Arrays.asList(
                () -> Command.of((String) null),
                () -> Command.of("ls", (String) null),
                () -> Command.shell(null),
                () -> LS.directory(null),
                () -> LS.environment("A", null),
                () -> LS.environment(null, "a"),
                () -> LS.withoutEnvironment(null),
                () -> LS.stdin(null),
                () -> LS.stdout(null),
                () -> LS.stderr(null),
                () -> LS.input((String) null),
                () -> LS.input((byte[]) null),
                () -> LS.charset(null),
                () -> LS.timeout(null),
                () -> LS.grace(null),
                () -> LS.outputGrace(null),
                () -> Output.lines(null),
                () -> Output.to(null),
                () -> Output.appendTo(null),
                () -> Output.capture(1, null),
                () -> Input.from(null));
        for (Runnable call : calls) {
            assertThatNullPointerException().isThrownBy(call::run);
        }
    }

    @Test
    void text_showsNoSecrets() {
        Command command = LS.environment("TOKEN", "sesame").input("sesame");
        assertThat(command).hasToString("Command[ls, -l]");
        assertThat(command.stdin().toString()).doesNotContain("sesame");
    }
}
