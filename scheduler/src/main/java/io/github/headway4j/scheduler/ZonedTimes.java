// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * The moments at which the clocks of a zone show given times, with a choice for the times that they leave out and for
 * those that they show twice.
 */
final class ZonedTimes implements RunTimes {
    /*
     * Model. Time in a zone is a chain of stretches, each with one offset; at a transition one ends and the next
     * begins. Within a stretch the wall clock runs evenly over a window of local times, so that the wanted ones in the
     * window, less the offset, are the runs:
     *
     *     window of a stretch   from the local time at which it begins, inclusive, to that at which it ends, exclusive
     *     FIRST                 a stretch that begins with an overlap: its window begins where the overlap ends
     *     SECOND                a stretch that ends with an overlap: its window ends where the overlap begins
     *     RUN_AT_END            a wanted time between two windows, where there is a gap: one run at the transition
     *
     * Where nothing is wanted any more, the next stretch still counts if its window begins at an earlier local time.
     *
     * What is wanted far ahead is not looked for stretch by stretch. The clock never shows a time that is FAR before
     * one that it has shown; so if nothing is wanted from FAR before now up to the next time, it shows nothing that is
     * wanted until FAR before that, by whatever offset. The search goes on there, at least one stretch further.
     *
     * The windows that FIRST and SECOND cut may be empty. A wanted time that is just the end of a gap is in the next
     * window, and its run is the one at the transition: there are never two.
     *
     * Why not simpler. Resolving the next local time by ZonedDateTime.of shifts what is in a gap by its length, so that
     * it collides with later times or comes after them, and never gives the second time of an overlap. And what comes
     * next in local time need not be next in time: in the second pass of an overlap the local times begin anew.
     */

    /** More than the clocks of any zone are ever put forward or back, in days. */
    private static final int FAR = 3;

    /** More than centuries have. What is wanted in none of so many, since clocks always leave it out, never comes. */
    private static final int MOST_STRETCHES = 1_000;

    private final WallTimes wanted;
    private final ZoneRules rules;
    private final DstGap gap;
    private final DstOverlap overlap;

    ZonedTimes(WallTimes wanted, ZoneId zone, DstGap gap, DstOverlap overlap) {
        this.wanted = wanted;
        this.rules = zone.getRules();
        this.gap = gap;
        this.overlap = overlap;
    }

    @Override
    public @Nullable Instant after(Instant instant) {
        Instant inStretch = instant;
        ZoneOffset offset = rules.getOffset(instant);
        LocalDateTime from = notBeforeWindow(instant);
        for (int stretches = 0; stretches < MOST_STRETCHES; stretches++) {
            LocalDateTime next = wanted.after(from);
            ZoneOffsetTransition end = rules.nextTransition(inStretch);
            if (next == null) {
                if (end == null || !beforeWindow(end).isBefore(from)) {
                    return null;
                }
            } else {
                if (end == null || next.isBefore(windowEnd(end))) {
                    return next.toInstant(offset);
                }
                if (end.isGap() && gap == DstGap.RUN_AT_END && next.isBefore(end.getDateTimeAfter())) {
                    return end.getInstant();
                }
                Instant near = next.minusDays(FAR).toInstant(offset);
                if (near.isAfter(end.getInstant()) && next.equals(wanted.after(from.minusDays(FAR)))) {
                    inStretch = near;
                    offset = rules.getOffset(near);
                    from = notBeforeWindow(near);
                    continue;
                }
            }
            inStretch = end.getInstant();
            offset = end.getOffsetAfter();
            from = beforeWindow(end);
        }
        return null;
    }

    /** The local time that the clock shows at a moment, or the last one before the window of its stretch if later. */
    private LocalDateTime notBeforeWindow(Instant instant) {
        LocalDateTime shown = LocalDateTime.ofInstant(instant, rules.getOffset(instant));
        ZoneOffsetTransition begin = rules.previousTransition(instant.plusNanos(1));
        if (begin == null) {
            return shown;
        }
        LocalDateTime beforeWindow = beforeWindow(begin);
        return beforeWindow.isAfter(shown) ? beforeWindow : shown;
    }

    /** The last local time before the window of the stretch that begins with the given transition. */
    private LocalDateTime beforeWindow(ZoneOffsetTransition begin) {
        boolean shownBefore = begin.isOverlap() && overlap == DstOverlap.FIRST;
        return (shownBefore ? begin.getDateTimeBefore() : begin.getDateTimeAfter()).minusNanos(1);
    }

    /** The end of the window of the stretch that ends with the given transition. */
    private LocalDateTime windowEnd(ZoneOffsetTransition end) {
        boolean shownAgain = end.isOverlap() && overlap == DstOverlap.SECOND;
        return shownAgain ? end.getDateTimeAfter() : end.getDateTimeBefore();
    }
}
