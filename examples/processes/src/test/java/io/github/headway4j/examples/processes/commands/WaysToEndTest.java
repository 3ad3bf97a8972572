// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "processes in sessions of their own are found on Linux only")
class WaysToEndTest {

    @Test
    void run_endsEachInItsWay() throws Exception {
        List<String> told = new ArrayList<>();
        WaysToEnd.Result result = WaysToEnd.run(Duration.ofMillis(300), told::add);

        assertThat("HI\n").startsWith(result.tooEarly());
        assertThat(result.whole()).isEqualTo("HI\nBYE\n");
        assertThat(result.terminated()).isEqualTo(-15);
        assertThat(result.killed()).isEqualTo(-9);
        assertThat(result.byTimer()).isEqualTo(-9);
        assertThat(result.tree()).hasSize(2);
        assertThat(result.left()).isEmpty();
        assertThat(told).contains("terminate: exit code -15", "terminate: heard, but not obeyed", "kill: exit code -9");
    }

    @Test
    void main_leavesNothingBehind() throws Exception {
        assertThat(ProgramRun.linesOf(WaysToEnd.class, "300"))
                .last()
                .isEqualTo("run with a time-out: 2 descendants, 0 left");
    }
}
