// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.scheduler.Timeout.Cancellation;
import io.github.headway4j.testing.Python;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What CPython's tests demand of {@code threading.Timer}. */
class PythonTimerTest {

    private final Timers timers = Timers.nonDaemon();
    private final List<Object> ran = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        timers.close();
    }

    @Test
    @Python("TH70")
    void timer_firesOnce_withTheArgumentsOfTheLambda() throws InterruptedException {
        String argument = "an argument";
        Timeout timer = timers.schedule(Duration.ofMillis(1), () -> ran.add(argument));
        Timeout atOnce = timers.schedule(Duration.ofMillis(-1), () -> ran.add("at once"));
        atOnce.await();
        timer.await();
        assertThat(timer.isDone()).isTrue();
        assertThat(ran).containsExactlyInAnyOrder("an argument", "at once");
    }

    @Test
    @Python("TH71")
    void cancel_beforeExpiry_prevents_afterwardsItHasNoEffect() throws InterruptedException {
        Timeout timer = timers.schedule(Duration.ofHours(1), () -> ran.add("never"));
        assertThat(timer.cancel()).isEqualTo(Cancellation.PREVENTED);
        assertThat(timer.cancel()).isEqualTo(Cancellation.DONE);
        timer.await();
        Timeout over = timers.schedule(Duration.ZERO, () -> ran.add("ran"));
        over.await();
        assertThat(over.cancel()).isEqualTo(Cancellation.DONE);
        assertThat(ran).containsExactly("ran");
    }

    @Test
    @Python("TH72")
    void argumentsOfOneTimer_areNotThoseOfAnother() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            List<String> arguments = new ArrayList<>();
            timers.schedule(Duration.ZERO, () -> {
                        arguments.add("changed");
                        ran.add(arguments);
                    })
                    .await();
        }
        assertThat(ran).containsExactly(List.of("changed"), List.of("changed"));
    }
}
