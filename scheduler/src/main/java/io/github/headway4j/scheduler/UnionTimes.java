// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All the runs of several series; those at the same moment are one.
 *
 * @param all the series
 */
record UnionTimes(List<RunTimes> all) implements RunTimes {

    /** What a series is for each of some places: the union, or the series if there is one place. */
    static <P extends Object> RunTimes of(List<P> places, Function<P, RunTimes> series) {
        return places.size() == 1
                ? series.apply(places.get(0))
                : new UnionTimes(places.stream().map(series).toList());
    }

    @Override
    public @Nullable Instant after(Instant instant) {
        Instant first = null;
        for (RunTimes one : all) {
            Instant run = one.after(instant);
            if (run != null && (first == null || run.isBefore(first))) {
                first = run;
            }
        }
        return first;
    }
}
