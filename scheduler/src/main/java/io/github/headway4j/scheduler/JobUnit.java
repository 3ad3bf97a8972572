// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The units in which the distance of two runs is told. */
enum JobUnit {
    SECOND(ChronoUnit.SECONDS),
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS),
    WEEK(ChronoUnit.WEEKS),
    MONTH(ChronoUnit.MONTHS);

    private final ChronoUnit chrono;

    JobUnit(ChronoUnit chrono) {
        this.chrono = chrono;
    }

    ChronoUnit chrono() {
        return chrono;
    }

    /** Whether it is told by the calendar; hours and what is shorter elapse. */
    boolean isDate() {
        return chrono.isDateBased();
    }

    /** The name of one of them, {@code day}. */
    String one() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of several, {@code days}. */
    String several() {
        return one() + "s";
    }
}
