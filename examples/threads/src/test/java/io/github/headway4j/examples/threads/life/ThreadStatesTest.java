// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.life.ThreadStates.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ThreadStatesTest {

    @RepeatedTest(20)
    void run_everyStateIsEnteredOnce() throws InterruptedException {
        List<Seen> told = Collections.synchronizedList(new ArrayList<>());
        List<Seen> seen = ThreadStates.run(Nap.of(Duration.ofMillis(1)), told::add);

        assertThat(seen)
                .containsExactly(
                        new Seen("new", Thread.State.NEW),
                        new Seen("runnable", Thread.State.RUNNABLE),
                        new Seen("running", Thread.State.RUNNABLE),
                        new Seen("not running (sleeping)", Thread.State.TIMED_WAITING),
                        new Seen("dead", Thread.State.TERMINATED));
        assertThat(told).isEqualTo(seen);
    }

    @Test
    void main_printsEachState() throws Exception {
        assertThat(ProgramRun.linesOf(ThreadStates.class, "1"))
                .containsExactly(
                        "new                      NEW",
                        "runnable                 RUNNABLE",
                        "running                  RUNNABLE",
                        "not running (sleeping)   TIMED_WAITING",
                        "dead                     TERMINATED");
    }
}
