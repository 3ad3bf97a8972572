// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallTreeTest {

    private static Profile.Row row(String where, long calls, long outermost, long own, long total) {
        return new Profile.Row(where, calls, outermost, Duration.ofNanos(own), Duration.ofNanos(total));
    }

    @Test
    void time_isOfTheInnermostCall_andOfAllThatContainIt() {
        List<CallTree.Call> calls = new ArrayList<>(List.of(
                new CallTree.Call("main", 0, 100),
                new CallTree.Call("load", 0, 40), // with its caller, and ends before
                new CallTree.Call("read", 10, 20),
                new CallTree.Call("read", 20, 35), // at the end of the other, not within
                new CallTree.Call("store", 40, 90)));
        Collections.shuffle(calls, new Random(1));

        assertThat(CallTree.rows(calls))
                .containsExactlyInAnyOrder(
                        row("main", 1, 1, 10, 100),
                        row("load", 1, 1, 15, 40),
                        row("read", 2, 2, 25, 25),
                        row("store", 1, 1, 50, 50));
    }

    @Test
    void callsWithinTheSameMethod_areCountedApart_andTheirTimeOnce() {
        List<CallTree.Call> calls = List.of(
                new CallTree.Call("walk", 0, 50),
                new CallTree.Call("visit", 5, 45),
                new CallTree.Call("walk", 10, 40),
                new CallTree.Call("walk", 15, 25),
                new CallTree.Call("walk", 60, 70));

        assertThat(CallTree.rows(calls))
                .containsExactlyInAnyOrder(row("walk", 4, 2, 10 + 20 + 10 + 10, 60), row("visit", 1, 1, 10, 40));
    }

    @Test
    void nothing_hasNoRows() {
        assertThat(CallTree.rows(List.of())).isEmpty();
    }
}
