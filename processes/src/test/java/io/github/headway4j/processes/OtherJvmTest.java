// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The helper that runs a part of a test in another virtual machine. */
class OtherJvmTest {

    @Test
    void body_isSentAndTalks() throws Exception {
        String captured = "captured";
        try (OtherJvm other = OtherJvm.start(talk -> {
            talk.say(captured + " by " + ProcessHandle.current().pid());
            talk.say(talk.hear() + " back");
        })) {
            assertThat(other.line()).isEqualTo("captured by " + other.pid());
            other.tell("there and");
            other.expect("there and back");
            other.expectEnd();
        }
    }

    @Test
    void failure_isSeen() throws Exception {
        try (OtherJvm other = OtherJvm.start(talk -> {
            throw new IllegalStateException("on purpose");
        })) {
            assertThatThrownBy(() -> other.expect("something")).hasMessageContaining("on purpose");
            assertThat(other.exitCode()).isEqualTo(1);
        }
    }
}
