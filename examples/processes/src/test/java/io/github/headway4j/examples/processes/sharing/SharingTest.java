// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.threads.ProgramRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharingTest {

    /** Plain counting loses: each time that a process loses its processor between reading and writing, at the least. */
    @Test
    void counting_losesCounts_unlessItIsLockedOrAtomic() throws Exception {
        List<String> lines = ProgramRun.linesOf(SharedCounter.class, "300000");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("read, add one, write: ").doesNotEndWith(" 0 lost");
        assertThat(lines.get(1)).contains("the same under a lock: ").endsWith(" 600,000, 0 lost");
        assertThat(lines.get(2)).contains("in one atomic step: ").endsWith(" 600,000, 0 lost");
    }

    @Test
    void runners_waitForTheSignal_andCrossTheLineOneByOne() throws Exception {
        List<String> lines = ProgramRun.linesOf(StartSignal.class);
        assertThat(lines).hasSize(4).first().isEqualTo("3 runners have come. Go!");
        assertThat(lines.subList(1, 4)).map(line -> line.substring(0, 2)).containsExactly("1.", "2.", "3.");
        assertThat(lines.subList(1, 4))
                .map(line -> line.substring(3))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 3).mapToObj(i -> "runner " + i).toList());
    }

    @Test
    void subscribers_popWhatWasPublished() throws Exception {
        List<String> told = new ArrayList<>();
        ProcessPublisher.Result result = ProcessPublisher.run(50, told::add);
        assertThat(result.published().count()).isEqualTo(50);
        assertThat(result.shares().stream()
                        .mapToLong(ProcessPublisher.Share::count)
                        .sum())
                .isEqualTo(50);
        assertThat(result.shares().stream()
                        .mapToLong(ProcessPublisher.Share::sum)
                        .sum())
                .isEqualTo(result.published().sum());
        assertThat(told).hasSize(3);
        assertThat(ProgramRun.linesOf(ProcessPublisher.class, "10"))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("published 10 integers, ");
    }

    @Test
    void lockOfADeadProcess_isTakenOver_andWhatItBeganIsFinished() throws Exception {
        List<String> lines = ProgramRun.linesOf(AbandonedLock.class);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).endsWith(" was killed in the middle of a transfer");
        assertThat(lines.get(1)).isEqualTo("the lock was abandoned, and 500 missing");
        assertThat(lines.get(2)).isEqualTo("now there are 1500 and 500");
    }
}
