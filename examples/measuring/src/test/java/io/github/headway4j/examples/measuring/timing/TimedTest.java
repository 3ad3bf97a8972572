// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class TimedTest {
    private final Ticks clock = new Ticks();
    private final List<String> told = new ArrayList<>();

    private <T> Callable<T> timed(Callable<T> function) {
        return Timed.timed("work", function, clock, (name, took) -> told.add(name + " " + took.toMillis()));
    }

    @Test
    void timedFunction_returnsTheSame_andTellsItsTime_eachTime() throws Exception {
        Callable<String> function = timed(() -> {
            clock.pass(Duration.ofMillis(5));
            return "done";
        });
        assertThat(told).isEmpty();

        assertThat(function.call()).isEqualTo("done");
        assertThat(function.call()).isEqualTo("done");

        assertThat(told).containsExactly("work 5", "work 5");
    }

    @Test
    void functionThatThrows_throwsTheSame_andTellsItsTime() {
        IOException failure = new IOException();
        Callable<String> function = timed(() -> {
            clock.pass(Duration.ofMillis(7));
            throw failure;
        });

        assertThatThrownBy(function::call).isSameAs(failure);
        assertThat(told).containsExactly("work 7");
    }
}
