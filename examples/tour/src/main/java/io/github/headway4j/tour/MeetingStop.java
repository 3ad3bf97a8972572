// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.synchronization.meeting.Meeting;
import java.time.Duration;
import java.util.List;

/** Four threads that meet at a barrier, and four that do not. */
final class MeetingStop implements Stop {
    private static final Duration SECOND = Duration.ofNanos(20_000);

    @Override
    public String name() {
        return "barrier";
    }

    @Override
    public String title() {
        return "Four at a barrier";
    }

    @Override
    public String explanation() {
        return "Four threads work for a random time, meet at a Barrier and go on together, round after round;"
                + " the last to arrive never waits.";
    }

    @Override
    public Outcome run(StopContext context) throws InterruptedException {
        int rounds = context.size(3_000, 300);
        Meeting.Result together;
        try (Progress bar = context.progress("Meeting at a Barrier")) {
            together = Meeting.atBarrier(Meeting.THREADS, rounds, SECOND, bar);
        }
        Meeting.Result alone;
        try (Progress bar = context.progress("Each on its own")) {
            alone = Meeting.withoutBarrier(Meeting.THREADS, rounds, SECOND, bar);
        }
        int half = together.firstRound().size() / 2;
        List<String> goOn = together.firstRound().subList(half, 2 * half);
        return Outcome.showing(Words.count(rounds) + " rounds of four, all together")
                .grid(
                        Words.count(rounds) + " rounds of " + Meeting.THREADS + " threads",
                        List.of("Way", "Went on before another had come", "Time"),
                        List.of(row("at a Barrier", together), row("without", alone)))
                .note("The first round: " + String.join(", ", together.firstRound()) + ".")
                .naive("Without a barrier, a thread went on before another had come " + Words.count(alone.tooEarly())
                        + " times.")
                .check(
                        "nobody goes on before all have come",
                        together.tooEarly() == 0,
                        "in " + Words.count(rounds) + " rounds")
                .check(
                        "in the first round all four arrive before the first goes on",
                        half == Meeting.THREADS && goOn.stream().allMatch(line -> line.endsWith("goes on")),
                        "")
                .check(
                        "the arrival indexes are 0 to " + (Meeting.THREADS - 1),
                        together.arrivals().stream().sorted().toList().equals(List.of(0, 1, 2, 3)),
                        together.arrivals().toString())
                .check(
                        "without a barrier somebody is too early",
                        alone.tooEarly() > 0,
                        Words.count(alone.tooEarly()) + " times")
                .build();
    }

    private static List<String> row(String way, Meeting.Result result) {
        return List.of(way, Words.count(result.tooEarly()), Words.time(result.elapsed()));
    }
}
