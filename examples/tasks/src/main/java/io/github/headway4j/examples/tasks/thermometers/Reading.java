// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import java.util.Locale;

/**
 * What a thermometer showed.
 *
 * @param rack the rack that it is fixed to
 * @param second when, counted from 1 on
 * @param celsius the temperature
 */
public record Reading(Rack rack, int second, double celsius) {
    /** No rack should be hotter. */
    public static final double LIMIT = 27;

    /** {@return whether the rack is hotter than it should be} */
    public boolean isTooHot() {
        return celsius > LIMIT;
    }

    /**
     * Says whether cooling has to be raised: the rack is too hot, and does not get cooler by itself.
     *
     * @param before the reading before this one, of the same rack
     * @return whether it has
     */
    public boolean isAlarmingAfter(Reading before) {
        return isTooHot() && celsius >= before.celsius;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "second %2d, %s: %.1f degrees", second, rack.name(), celsius);
    }
}
