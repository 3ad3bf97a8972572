// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.synchronization.publisher.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Numbers from a publisher to two subscribers, who wait for them or look for them. */
final class PublisherStop implements Stop {
    private static final int SUBSCRIBERS = 2;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(2);
    private static final long SEED = 27;

    @Override
    public String name() {
        return "publisher";
    }

    @Override
    public String title() {
        return "Publisher and subscribers";
    }

    @Override
    public String explanation() {
        return "A publisher appends numbers to a list at random moments, and two subscribers take them: a Guarded list"
                + " wakes a subscriber when there is something for it, with no signal to forget.";
    }

    @Override
    public Outcome run(StopContext context) throws InterruptedException {
        int numbers = context.size(2_000, 200);
        Publication.Result waiting;
        try (Progress bar = context.progress("Publishing to those who wait")) {
            waiting = Publication.guarded(numbers, SUBSCRIBERS, LONGEST_PAUSE, new Random(SEED), bar);
        }
        Publication.Result polling;
        try (Progress bar = context.progress("Publishing to those who look")) {
            polling = Publication.polling(numbers, SUBSCRIBERS, LONGEST_PAUSE, new Random(SEED), bar);
        }
        return Outcome.showing(Words.count(numbers) + " numbers to two subscribers")
                .grid(
                        Words.count(numbers) + " numbers",
                        List.of("Way", "Subscriber 1", "Subscriber 2", "Looks at the list", "Processor time", "Time"),
                        List.of(row("waiting, Guarded", waiting), row("looking again and again", polling)))
                .naive("Subscribers that look again and again looked " + Words.count(polling.looks())
                        + " times for " + Words.count(numbers) + " numbers and kept processors busy for "
                        + Words.time(polling.busy()) + "; those that wait needed " + Words.count(waiting.looks())
                        + " looks and " + Words.time(waiting.busy()) + ".")
                .check(
                        "each number is taken once",
                        isTakenOnce(waiting, numbers) && isTakenOnce(polling, numbers),
                        Words.count(numbers) + " published, " + Words.count(taken(waiting)) + " taken")
                .check(
                        "each subscriber takes them in the order of publication",
                        waiting.taken().stream().allMatch(taken -> isSubsequence(taken, waiting.published())),
                        SUBSCRIBERS + " subscribers compared")
                .check(
                        "who polls looks more often than who waits",
                        polling.looks() > waiting.looks(),
                        Words.count(polling.looks()) + " and " + Words.count(waiting.looks()) + " looks")
                .build();
    }

    private static List<String> row(String way, Publication.Result result) {
        List<String> row = new ArrayList<>(List.of(way));
        result.taken().forEach(taken -> row.add(Words.count(taken.size())));
        row.add(Words.count(result.looks()));
        row.add(Words.time(result.busy()));
        row.add(Words.time(result.elapsed()));
        return row;
    }

    private static int taken(Publication.Result result) {
        return result.taken().stream().mapToInt(List::size).sum();
    }

    private static boolean isTakenOnce(Publication.Result result, int numbers) {
        List<Integer> all =
                result.taken().stream().flatMap(List::stream).sorted().toList();
        return all.size() == numbers
                && all.equals(result.published().stream().sorted().toList());
    }

    private static boolean isSubsequence(List<Integer> part, List<Integer> whole) {
        int found = 0;
        for (Integer number : whole) {
            if (found < part.size() && part.get(found).equals(number)) {
                found++;
            }
        }
        return found == part.size();
    }
}
