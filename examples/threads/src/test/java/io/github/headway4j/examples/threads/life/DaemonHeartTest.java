// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class DaemonHeartTest {

    @Test
    void main_endsWithTheStandardThreadAndTheDaemonDiesMidBeat() throws Exception {
        ProgramRun run = ProgramRun.of(List.of(), DaemonHeart.class, "10");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .contains("standard: 20 s of work", "standard: over", "daemon: beat 1")
                .noneMatch(line -> line.contains("never"));
    }
}
