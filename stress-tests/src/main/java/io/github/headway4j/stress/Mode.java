// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import java.util.Locale;

/** How thorough a run is. */
public enum Mode {
    /** Each test runs at all: seconds. Too short to say much, also for the controls. */
    SANITY,
    /** Some 200 milliseconds per iteration. */
    QUICK,
    /** A second per iteration. */
    DEFAULT,
    /** Ten times as much as {@link #DEFAULT}. */
    TOUGH;

    /** Whether a run in this mode is long enough for every control to show its bad outcome. */
    boolean showsControls() {
        return this != SANITY;
    }

    static Mode of(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--mode is '" + name + "'; expected sanity, quick, default or tough");
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
