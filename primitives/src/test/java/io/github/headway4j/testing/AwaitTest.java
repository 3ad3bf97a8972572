// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

    @Test
    void until_looksAgainUntilTheConditionHolds() {
        AtomicInteger looks = new AtomicInteger();
        Await.until("the hundredth look", () -> looks.incrementAndGet() == 100);
        assertThat(looks).hasValue(100);
    }

    @Test
    void until_watchdogExpires_failsWithTheDescriptionAndADump() {
        assertThatThrownBy(() -> Await.until(Duration.ofMillis(20), "the impossible", () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("20 ms for the impossible")
                .hasMessageContaining('"' + Thread.currentThread().getName() + "\" platform")
                .hasMessageContaining("AwaitTest.until_watchdogExpires_failsWithTheDescriptionAndADump");
    }

    @Test
    void until_interrupted_failsAndKeepsTheStatus() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Await.until("the impossible", () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Interrupted while waiting for the impossible");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void until_conditionThrows_passesItOn() {
        assertThatThrownBy(() -> Await.until("anything", () -> {
                    throw new IllegalStateException("from the condition");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("from the condition");
    }
}
