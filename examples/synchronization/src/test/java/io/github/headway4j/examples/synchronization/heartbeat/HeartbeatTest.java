// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @Test
    void close_theHeartHasItsLastWordAndIsOver() {
        Heartbeat heart = new Heartbeat(Duration.ofMillis(1), said::add);
        Await.until("some beats", () -> heart.beats() >= 3);
        heart.close();

        assertThat(heart.state()).isEqualTo(Thread.State.TERMINATED);
        int beats = heart.beats();
        assertThat(said)
                .hasSize(beats + 1)
                .startsWith("beat 1", "beat 2", "beat 3")
                .endsWith("over after " + beats + " beats");
    }

    /** A heart that slept to its next beat would keep the test for an hour. */
    @Test
    void close_aSlowHeart_isOverAtOnce() {
        Heartbeat heart = new Heartbeat(Duration.ofHours(1), said::add);
        Await.until("its pause", () -> heart.state() == Thread.State.TIMED_WAITING);
        heart.close();

        assertThat(said).containsExactly("beat 1", "over after 1 beats");
    }

    @Test
    void close_twice_changesNothing() {
        Heartbeat heart = new Heartbeat(Duration.ofHours(1), said::add);
        heart.close();
        heart.close();

        assertThat(said).hasSize(2);
    }

    @Test
    void main_hasItsLastWord() throws Exception {
        List<String> lines = ProgramRun.linesOf(Heartbeat.class, "5");

        assertThat(lines)
                .hasSizeGreaterThan(1)
                .startsWith("beat 1")
                .endsWith("over after " + (lines.size() - 1) + " beats");
    }
}
