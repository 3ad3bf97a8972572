// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.tasks.Meetings;
import io.github.headway4j.examples.threads.ProgramRun;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LockAndSemaphoreTest {

    /** Who lets in fewer than three never gets past their meeting; who lets in more is counted. */
    @Test
    void run_oneAtATime_thenThree() throws Exception {
        Meetings meetings = new Meetings(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3);
        LockAndSemaphore.Result result = LockAndSemaphore.run(meetings.story(entry -> {}));

        Duration two = Duration.ofSeconds(2);
        Duration six = Duration.ofSeconds(6);
        assertThat(result.ways())
                .containsExactly(
                        new LockAndSemaphore.Way("lock, as a block", 1, six),
                        new LockAndSemaphore.Way("lock, by hand", 1, six),
                        new LockAndSemaphore.Way("semaphore of 3, as a block", 3, two),
                        new LockAndSemaphore.Way("semaphore of 3, by hand", 3, two));
        assertThat(result.entries()).hasSize(4 * (LockAndSemaphore.TASKS + 2));
        assertThat(meetings.areOver()).isTrue();
    }

    @Test
    void main_neverLetsInTooMany() throws Exception {
        assertThat(ProgramRun.linesOf(LockAndSemaphore.class, "10"))
                .extracting(line -> line.replaceFirst("^ *[0-9.]+ s  ", ""))
                .containsSubsequence("lock, as a block", "all done, at most 1 at once", "lock, by hand")
                .containsSubsequence("lock, by hand", "all done, at most 1 at once", "semaphore of 3, as a block")
                .filteredOn(line -> line.startsWith("all done"))
                .hasSize(4)
                .allMatch(line -> line.matches("all done, at most [123] at once"));
    }
}
