// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Where time went, as {@code cProfile} shows it.
 *
 * @param heading what was measured, and how
 * @param rows one for each method, the one with the most time of its own first
 */
public record Profile(String heading, List<Row> rows) {

    /** In place of a number of calls that is not known. */
    public static final long UNKNOWN = -1;

    private static final String FORMAT = "%12s%10s%10s%10s%10s  %s";

    /** Sorts a copy of the list. */
    public Profile {
        rows = rows.stream()
                .sorted(Comparator.comparing(Row::own)
                        .reversed()
                        .thenComparing(Row::total, Comparator.reverseOrder())
                        .thenComparing(Row::where))
                .toList();
    }

    /**
     * One method.
     *
     * @param where its class and name
     * @param calls how often it was called
     * @param outermost how many of these calls were not made, directly or not, by the method itself
     * @param own the time that it took itself
     * @param total the time from its call to its return, that of what it calls included; of outermost calls
     */
    public record Row(String where, long calls, long outermost, Duration own, Duration total) {}

    /**
     * Heading and table, as {@code cProfile} prints them; times are in seconds.
     *
     * @return the lines
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(heading);
        lines.add("");
        lines.add(String.format(FORMAT, "ncalls", "tottime", "percall", "cumtime", "percall", "where"));
        for (Row row : rows) {
            lines.add(String.format(
                    FORMAT,
                    calls(row),
                    seconds(row.own(), 1),
                    seconds(row.own(), row.calls()),
                    seconds(row.total(), 1),
                    seconds(row.total(), row.outermost()),
                    row.where()));
        }
        return lines;
    }

    private static String calls(Row row) {
        if (row.calls() == UNKNOWN) {
            return "-";
        }
        return row.calls() == row.outermost() ? "" + row.calls() : row.calls() + "/" + row.outermost();
    }

    private static String seconds(Duration time, long parts) {
        return parts <= 0 ? "-" : String.format(Locale.ROOT, "%.6f", time.toNanos() / 1e9 / parts);
    }
}
