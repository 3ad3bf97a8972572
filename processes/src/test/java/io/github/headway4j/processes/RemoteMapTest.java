// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the owner of a map waits for. */
class RemoteMapTest {

    @Test
    void endThatIsWaitedFor_comes_alsoIfAllHaveEndedMeanwhile() {
        for (long offered = 0; offered <= 50; offered++) {
            assertThat(RemoteMap.halfWay(offered, offered)).isEqualTo(offered);
            for (long ended = 0; ended < offered; ended++) {
                assertThat(RemoteMap.halfWay(ended, offered)).isBetween(ended + 1, offered);
            }
        }
        assertThat(RemoteMap.halfWay(100, 300)).isEqualTo(200);
    }
}
