// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Names and numbers of signals, and the number of the process that was started last. */
class SignalsTest {

    @Test
    void names_andNumbers() {
        assertThat(Signals.number("SIGTERM")).isEqualTo(15);
        assertThat(Signals.number("int")).isEqualTo(2);
        assertThat(Signals.name(9)).isEqualTo("SIGKILL");
        assertThat(Signals.name(0)).isNull();
        assertThat(Signals.name(64)).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signals.number("SIGNONE"))
                .withMessageContaining("SIGNONE");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "its numbers")
    void everyName_hasItsNumber() {
        for (int signal = 1; signal <= 31; signal++) {
            assertThat(Signals.number(String.valueOf(Signals.name(signal)))).isEqualTo(signal);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "exit codes of Windows stand for no signals")
    void exitCodes_inWords() {
        assertThat(Signals.describe(1)).isEqualTo("ended with exit code 1");
        assertThat(Signals.describe(-9)).isEqualTo("was ended by SIGKILL");
        assertThat(Signals.describe(139)).isEqualTo("ended with exit code 139 (SIGSEGV)");
        assertThat(Signals.describe(-40)).isEqualTo("was ended by unknown signal 40");
        assertThat(Signals.describe(255)).isEqualTo("ended with exit code 255");
        assertThat(Signals.describe(128)).isEqualTo("ended with exit code 128");
    }

    @Test
    void lastProcess_isTheLastNumber() {
        assertThat(lastIs(321, "0.00 0.01 0.05 1/108 321\n")).isTrue();
        assertThat(lastIs(21, "0.00 0.01 0.05 1/108 321\n")).isFalse();
        assertThat(lastIs(108, "0.00 0.01 0.05 1/108")).isFalse();
        assertThat(lastIs(0, "")).isFalse();
    }

    private static boolean lastIs(long pid, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return LastProcess.is(pid, bytes, bytes.length);
    }
}
