// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.examples.processes.sharing.SharedCounter.Way;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharingTest {

    private static final int TIMES = 1_000_000;

    private final List<String> told = new ArrayList<>();

    /** Plain counting loses: each time that a process loses its processor between reading and writing, at the least. */
    @Test
    void counting_losesCounts_unlessItIsLockedOrAtomic() throws Exception {
        assertThat(SharedCounter.run(Way.PLAIN, TIMES).lost()).isPositive();
        assertThat(SharedCounter.run(Way.LOCKED, TIMES / 10).lost()).isZero();
        assertThat(SharedCounter.run(Way.ATOMIC, TIMES).lost()).isZero();
    }

    @Test
    void runners_waitForTheSignal_andCrossTheLineOneByOne() throws Exception {
        assertThat(StartSignal.run(2, told::add)).containsExactlyInAnyOrder(0, 1);
        assertThat(told).hasSize(3).first().isEqualTo("2 runners have come. Go!");
    }

    @Test
    void subscribers_popWhatWasPublished() throws Exception {
        ProcessPublisher.Result result = ProcessPublisher.run(50, told::add);
        assertThat(result.published().count()).isEqualTo(50);
        assertThat(result.shares().stream().mapToLong(ProcessPublisher.Share::count).sum())
                .isEqualTo(50);
        assertThat(result.shares().stream().mapToLong(ProcessPublisher.Share::sum).sum())
                .isEqualTo(result.published().sum());
        assertThat(told).hasSize(3);
    }

    @Test
    void lockOfADeadProcess_isTakenOver_andWhatItBeganIsFinished() throws Exception {
        assertThat(AbandonedLock.run(told::add)).isEqualTo(new AbandonedLock.Result(true, 500, 1_500, 500));
        assertThat(told).hasSize(3).last().isEqualTo("now there are 1500 and 500");
    }
}
