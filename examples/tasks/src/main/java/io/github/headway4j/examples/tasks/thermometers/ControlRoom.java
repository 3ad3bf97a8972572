// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where readings arrive and from where cooling is raised. Any thread may do either. */
public final class ControlRoom {
    private final Consumer<String> out;
    private final Map<Rack, Reading> latest = new HashMap<>();
    private long readings;
    private long outOfOrder;
    private long tooHot;
    private double hottest;
    private int alarms;
    private int mostBehind;

    /** Tells each alarm. */
    ControlRoom(Consumer<String> out) {
        this.out = out;
    }

    /**
     * What was seen.
     *
     * @param readings how many readings arrived
     * @param outOfOrder how many were not the one after the last of their rack
     * @param tooHot how many told that a rack was too hot
     * @param hottest the highest temperature
     * @param alarms how often cooling was raised
     * @param mostBehind how many seconds, at most, had passed for a rack since the reading that arrived
     * @param hotAtLast how many racks were too hot by their last reading
     */
    public record Report(
            long readings, long outOfOrder, long tooHot, double hottest, int alarms, int mostBehind, int hotAtLast) {}

    /** Takes a reading, and returns the one before it of the same rack; null if it is the first. */
    synchronized @Nullable Reading see(Reading reading) {
        Reading before = latest.put(reading.rack(), reading);
        readings++;
        outOfOrder += reading.second() == (before == null ? 0 : before.second()) + 1 ? 0 : 1;
        tooHot += reading.isTooHot() ? 1 : 0;
        hottest = Math.max(hottest, reading.celsius());
        mostBehind = Math.max(mostBehind, reading.rack().seconds() - reading.second());
        return before;
    }

    /** Raises the cooling of the rack because of a reading. */
    synchronized void raiseCooling(Reading reading) {
        alarms++;
        out.accept(reading + ", cooling raised to " + reading.rack().raiseCooling());
    }

    synchronized Report report() {
        int hotAtLast = (int) latest.values().stream().filter(Reading::isTooHot).count();
        return new Report(readings, outOfOrder, tooHot, hottest, alarms, mostBehind, hotAtLast);
    }
}
