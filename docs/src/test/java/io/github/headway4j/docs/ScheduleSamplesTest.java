// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The samples of jobs do what their comments say. */
final class ScheduleSamplesTest {

    @Test
    void jobsInVirtualTime_runAsTheyWould() {
        assertThat(new ScheduleSamples.Simulated().runsOfTwoDays()).isEqualTo(2);
    }

    @Test
    void jobsOnAPool_beginAndEnd() {
        ScheduleSamples.Pool pool = new ScheduleSamples.Pool();
        pool.begin();
        pool.end();
    }

    @Test
    void jobsOfPython_beginAndEnd() {
        new ScheduleSamples.Python().endOfDay();
    }
}
