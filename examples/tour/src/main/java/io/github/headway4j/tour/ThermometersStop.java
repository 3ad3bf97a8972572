// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.tasks.thermometers.ControlRoom;
import io.github.headway4j.examples.tasks.thermometers.Reading;
import io.github.headway4j.examples.tasks.thermometers.Thermometers;
import java.time.Duration;
import java.util.List;

/** Streams of temperatures, and an alarm that may be slow. */
final class ThermometersStop implements Stop {
    private static final int RACKS = 20;
    private static final Duration REACTION = Duration.ofMillis(1);

    /** What a reading takes with that reaction, about, both times. */
    private static final Duration ABOUT = Duration.ofMillis(2);

    /**
     * A rack that got too hot has this temperature when it is cooled after as many readings as there may be behind, at
     * the latest.
     */
    private static final double HOT = 34;

    @Override
    public String name() {
        return "thermometers";
    }

    @Override
    public String title() {
        return "Thermometers";
    }

    @Override
    public String explanation() {
        return "Racks stream temperatures, and an alarm raises the cooling of those that are too hot: with RxJava in"
                + " virtual time, and through Flow and a queue for " + Thermometers.CAPACITY
                + " readings, where racks that measure too fast wait for the alarm.";
    }

    @Override
    public Outcome run(StopContext context) throws Exception {
        int seconds = context.size(100, 40);
        Thermometers.Result result;
        try (Progress bar = context.progress("Measuring " + Words.count(RACKS * seconds) + " times, in three ways");
                Pace pace = new Pace(bar, 0, 100, ABOUT.multipliedBy((long) RACKS * seconds))) {
            result = Thermometers.compare(RACKS, seconds, REACTION);
        }
        return judge(result, (long) RACKS * seconds);
    }

    private static Outcome judge(Thermometers.Result result, long all) {
        ControlRoom.Report rx = result.rx();
        ControlRoom.Report bounded = result.bounded();
        ControlRoom.Report unbounded = result.unbounded();
        int mostBehind = Thermometers.CAPACITY + 1;
        return Outcome.showing(Words.count(bounded.alarms()) + " alarms, none on a reading older than "
                        + bounded.mostBehind() + " s")
                .grid(
                        Words.count(all) + " readings of " + RACKS + " racks",
                        List.of("Way", "In the queue", "Too hot", "Hottest", "Alarms", "Seconds behind"),
                        List.of(
                                row("RxJava, virtual time", "-", rx),
                                row("Flow, bounded queue", "at most " + result.mostInQueue(), bounded),
                                row("Flow, no bound", "at most " + Words.count(result.mostInUnbounded()), unbounded)))
                .note("Readings that had to wait for room: " + Words.count(result.waits()) + ". Too hot is more than "
                        + Words.decimals(Reading.LIMIT, 0) + " degrees.")
                .naive("Without a bound, up to " + Words.count(result.mostInUnbounded())
                        + " readings were in memory, the alarm reacted to one that was " + unbounded.mostBehind()
                        + " seconds old, and a rack got as hot as " + degrees(unbounded) + ".")
                .check(
                        "every reading arrives once, those of a rack in order",
                        List.of(rx, bounded, unbounded).stream()
                                .allMatch(report -> report.readings() == all && report.outOfOrder() == 0),
                        "3 x " + Words.count(all))
                .check(
                        "the alarm comes in time: no rack gets hotter than " + Words.decimals(HOT, 0) + " degrees",
                        rx.hottest() < HOT && bounded.hottest() < HOT,
                        degrees(bounded))
                .check(
                        "the queue never holds more than it has room for",
                        result.mostInQueue() <= Thermometers.CAPACITY && result.waits() > 0,
                        "at most " + result.mostInQueue())
                .check(
                        "no rack is ahead by more than the queue and one reading",
                        bounded.mostBehind() <= mostBehind,
                        bounded.mostBehind() + " s of at most " + mostBehind + " s")
                .check(
                        "without a bound the racks run ahead",
                        unbounded.mostBehind() > mostBehind,
                        unbounded.mostBehind() + " s")
                .build();
    }

    private static List<String> row(String way, String inQueue, ControlRoom.Report report) {
        return List.of(
                way,
                inQueue,
                Words.count(report.tooHot()),
                degrees(report),
                Words.count(report.alarms()),
                Words.count(report.mostBehind()));
    }

    private static String degrees(ControlRoom.Report report) {
        return Words.decimals(report.hottest(), 1) + " degrees";
    }
}
