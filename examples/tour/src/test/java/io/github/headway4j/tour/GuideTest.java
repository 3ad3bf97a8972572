// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The stop that does not end. */
class GuideTest {

    @Test
    void lead_aStopDoesNotEnd_failsItInterruptsItAndGoesOn() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Stop stuck = new ScriptedStop("stuck", context -> {
            try {
                never.await();
                return null;
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        Printed printed = Printed.toPipe();
        Guide guide = new Guide(printed.console(), true, Duration.ofMillis(100));

        boolean passed = guide.lead(List.of(stuck, new QuickStop()));

        assertThat(passed).isFalse();
        interrupted.await();
        assertThat(printed.out()).contains("TimeoutException: not over after 100 ms (GuideTest.java:", "2/2  Quick");
        assertThat(printed.lastLine()).endsWith("failed");
    }

    /** Over before anybody can lose patience, or failed as well on a very slow machine, which the test allows. */
    private record QuickStop() implements Stop {
        @Override
        public String name() {
            return "quick";
        }

        @Override
        public String title() {
            return "Quick";
        }

        @Override
        public String explanation() {
            return "Nothing to see.";
        }

        @Override
        public Outcome run(StopContext context) {
            return Outcome.showing("nothing")
                    .check("nothing is nothing", true, "")
                    .build();
        }
    }
}
