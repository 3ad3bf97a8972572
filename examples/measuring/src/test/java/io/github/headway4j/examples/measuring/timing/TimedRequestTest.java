// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.life.Nap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimedRequestTest {

    @Test
    void run_timesTheWholeRequest() throws Exception {
        Duration latency = Duration.ofMillis(20);
        List<Duration> told = new ArrayList<>();

        String page = TimedRequest.run(Nap.of(latency), told::add);

        assertThat(page).isEqualTo(TimedRequest.PAGE);
        assertThat(told).hasSize(1).allMatch(took -> took.compareTo(latency) >= 0);
    }

    @Test
    void main_tellsTheTime_andThePage() throws Exception {
        List<String> lines = ProgramRun.linesOf(TimedRequest.class, "10");

        assertThat(lines).hasSize(2).last().isEqualTo(TimedRequest.PAGE);
        assertThat(lines.get(0)).matches("the request took \\d+\\.\\d{3} ms");
    }
}
