// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.synchronization.lockedset.GuestList;
import java.util.List;

/** Seats that are booked twice when asking and adding are two steps. */
final class LockedSetStop implements Stop {
    private static final int THREADS = 4;

    @Override
    public String name() {
        return "locked-set";
    }

    @Override
    public String title() {
        return "Locked set";
    }

    @Override
    public String explanation() {
        return "Four clerks book " + GuestList.SEATS + " seats at the same time: a LockedSet makes one step of asking"
                + " whether there is a seat and adding the guest.";
    }

    @Override
    public Outcome run(StopContext context) throws Exception {
        int evenings = context.size(1_500, 150);
        GuestList.Result atomic;
        try (Progress bar = context.progress("Booking in one step")) {
            atomic = GuestList.atomically(THREADS, evenings, bar);
        }
        GuestList.Result naive = Chances.until(
                () -> {
                    try (Progress bar = context.progress("Booking in two steps")) {
                        return GuestList.inTwoSteps(THREADS, evenings, bar);
                    }
                },
                result -> result.overbooked() > 0);
        return Outcome.showing(Words.count(evenings) + " evenings, none overbooked")
                .grid(
                        Words.count(evenings) + " evenings with " + GuestList.SEATS + " seats",
                        List.of("Way", "Overbooked", "Most guests", "Time"),
                        List.of(row("LockedSet, atomically", atomic), row("synchronizedSet, two steps", naive)))
                .naive("A set whose every method locks does not help between two methods: "
                        + Words.percent(naive.overbooked(), naive.evenings())
                        + " of the evenings were overbooked this time.")
                .check(
                        "no evening is overbooked",
                        atomic.overbooked() == 0 && atomic.mostGuests() == GuestList.SEATS,
                        "at most " + atomic.mostGuests() + " guests")
                .check(
                        "whoever was promised a seat has one",
                        atomic.wrongAnswers() == 0,
                        Words.count(evenings) + " evenings compared")
                .check(
                        "in two steps, evenings are overbooked",
                        naive.overbooked() > 0 && naive.mostGuests() > GuestList.SEATS,
                        Words.count(naive.overbooked()) + " of " + Words.count(naive.evenings()) + ", up to "
                                + naive.mostGuests() + " guests")
                .build();
    }

    private static List<String> row(String way, GuestList.Result result) {
        return List.of(
                way, Words.count(result.overbooked()), Words.count(result.mostGuests()), Words.time(result.elapsed()));
    }
}
