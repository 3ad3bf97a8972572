// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.synchronization.events.NestedEvents;
import io.github.headway4j.examples.synchronization.events.PollingThread;
import io.github.headway4j.examples.synchronization.events.Signal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Threads that rest between two looks, stopped by an event and by a variable; one level and two. */
final class EventsStop implements Stop {
    /** Longer than any wake-up takes, and so short that a broken event is a failed check and no tour that hangs. */
    private static final Duration LONG_REST = Duration.ofSeconds(15);

    /** The signal is set as soon as all are at rest. */
    private static final PollingThread.Work NO_WORK = () -> {};

    private static final List<String> TWO = List.of("A", "B");
    private static final int THREADS_OF_EACH = 4;

    @Override
    public String name() {
        return "events";
    }

    @Override
    public String title() {
        return "Event, and events within";
    }

    @Override
    public String explanation() {
        return "A thread works now and then until an Event is set, which wakes it at once; then two threads with four"
                + " threads each are stopped from the outside in.";
    }

    @Override
    public Outcome run(StopContext context) throws InterruptedException {
        Duration shortRest = Duration.ofMillis(context.size(1_000, 300));
        PollingThread.Result event;
        NestedEvents.Result nestedEvents;
        PollingThread.Result variable;
        NestedEvents.Result nestedVariables;
        try (Progress bar = context.progress("Stopping threads by events")) {
            event = PollingThread.run(Signal.ofEvent(), LONG_REST, NO_WORK, line -> {});
            bar.accept(50);
            nestedEvents = NestedEvents.run(Signal::ofEvent, LONG_REST, NO_WORK, line -> {});
            bar.accept(100);
        }
        try (Progress bar = context.progress("Stopping threads by variables")) {
            try (Pace one = new Pace(bar, 0, 33, shortRest)) {
                variable = PollingThread.run(Signal.ofVariable(), shortRest, NO_WORK, line -> {});
            }
            try (Pace two = new Pace(bar, 33, 100, shortRest.multipliedBy(2))) {
                nestedVariables = NestedEvents.run(Signal::ofVariable, shortRest, NO_WORK, line -> {});
            }
        }
        return judge(event, nestedEvents, variable, nestedVariables, shortRest);
    }

    private static Outcome judge(
            PollingThread.Result event,
            NestedEvents.Result nestedEvents,
            PollingThread.Result variable,
            NestedEvents.Result nestedVariables,
            Duration shortRest) {
        Duration longestRest = Collections.max(nestedEvents.lastRests());
        Duration shortestSleep = Collections.min(nestedVariables.lastRests());
        return Outcome.showing(1 + nestedEvents.ends().size() + " threads stopped by events")
                .grid(
                        "How long it took to stop them",
                        List.of("Way", "They rest for", "One thread", "Two with four each"),
                        List.of(
                                row("an Event", LONG_REST, event, nestedEvents),
                                row("a variable and sleep", shortRest, variable, nestedVariables)))
                .note("The order of the ends: " + String.join(" ", nestedEvents.ends()) + ".")
                .naive("A thread that sleeps between two looks at a variable sleeps to the end first, once on each"
                        + " level: it took " + Words.time(nestedVariables.reaction()) + " for two levels.")
                .check(
                        "the event wakes one who rests",
                        event.looks() == 0 && event.lastRest().compareTo(LONG_REST) < 0,
                        "after " + Words.time(event.lastRest()) + " of a rest of " + Words.time(LONG_REST))
                .check(
                        "and all ten of the nest",
                        longestRest.compareTo(LONG_REST) < 0,
                        "the longest rest took " + Words.time(longestRest))
                .check(
                        "who sleeps sees the variable only after the rest",
                        variable.lastRest().compareTo(shortRest) >= 0 && shortestSleep.compareTo(shortRest) >= 0,
                        Words.time(variable.lastRest()) + " of " + Words.time(shortRest))
                .check(
                        "all ten threads of the nest end",
                        nestedEvents.ends().size() == TWO.size() * (1 + THREADS_OF_EACH),
                        nestedEvents.ends().size() + " ended")
                .check(
                        "each of the two ends after its four",
                        TWO.stream().allMatch(name -> isLast(name, nestedEvents)),
                        "")
                .build();
    }

    private static List<String> row(String way, Duration rest, PollingThread.Result one, NestedEvents.Result nest) {
        return List.of(way, Words.time(rest), Words.time(one.reaction()), Words.time(nest.reaction()));
    }

    private static boolean isLast(String name, NestedEvents.Result result) {
        List<String> group =
                result.ends().stream().filter(end -> end.startsWith(name)).toList();
        return group.size() == 1 + THREADS_OF_EACH && group.get(THREADS_OF_EACH).equals(name);
    }
}
