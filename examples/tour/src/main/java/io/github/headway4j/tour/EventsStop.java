// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.synchronization.events.NestedEvents;
import io.github.headway4j.examples.synchronization.events.PollingThread;
import io.github.headway4j.examples.synchronization.events.Signal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Threads that rest between two looks, stopped by an event and by a variable; one level and two. */
final class EventsStop implements Stop {
    /** Nobody has the patience to sleep through it: who is over soon was woken. */
    private static final Duration LONG_REST = Duration.ofHours(1);

    private static final Duration WORK = Duration.ofMillis(50);
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
        PollingThread.Result variable;
        NestedEvents.Result nestedEvents;
        NestedEvents.Result nestedVariables;
        try (Progress bar = context.progress("Stopping threads at rest")) {
            event = poll(Signal.ofEvent(), LONG_REST);
            bar.accept(10);
            variable = poll(Signal.ofVariable(), shortRest);
            bar.accept(35);
            nestedEvents = nest(Signal::ofEvent, LONG_REST);
            bar.accept(45);
            nestedVariables = nest(Signal::ofVariable, shortRest);
            bar.accept(100);
        }
        return Outcome.showing(1 + nestedEvents.ends().size() + " threads stopped by events")
                .grid(
                        "How long it took to stop them",
                        List.of("Way", "They rest for", "One thread", "Two with four each"),
                        List.of(
                                row("an Event", LONG_REST, event, nestedEvents),
                                row("a variable and sleep", shortRest, variable, nestedVariables)))
                .note("The order of the ends: " + String.join(" ", nestedEvents.ends()) + ".")
                .naive("A thread that sleeps between two looks at a variable sleeps to the end first, once on each"
                        + " level: " + Words.time(nestedVariables.reaction()) + " for two levels.")
                .check(
                        "the event wakes those who rest",
                        event.looks() == 0,
                        "after " + Words.time(event.reaction()) + " of a rest of an hour")
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

    private static PollingThread.Result poll(Signal signal, Duration rest) throws InterruptedException {
        return PollingThread.run(signal, rest, () -> TimeUnit.NANOSECONDS.sleep(WORK.toNanos()), line -> {});
    }

    private static NestedEvents.Result nest(Supplier<Signal> signals, Duration rest) throws InterruptedException {
        return NestedEvents.run(signals, rest, () -> TimeUnit.NANOSECONDS.sleep(WORK.toNanos()), line -> {});
    }

    private static boolean isLast(String name, NestedEvents.Result result) {
        List<String> group =
                result.ends().stream().filter(end -> end.startsWith(name)).toList();
        return group.size() == 1 + THREADS_OF_EACH && group.get(THREADS_OF_EACH).equals(name);
    }
}
