// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A sentence that is a cron text. */
final class CronSentence extends Sentence {

    private final String text;
    private final CronTimes times;

    CronSentence(String text, CronTimes times) {
        this.text = text;
        this.times = times;
    }

    @Override
    JobUnit unitOfTimes() {
        throw new IllegalArgumentException("at(...) does not go with " + this + ": the text tells the times, for"
                + " example cron(\"30 10 * * *\")");
    }

    @Override
    Recurrence rule(ZoneId zone, @Nullable DstGap gap, @Nullable DstOverlap overlap) {
        return new CronRule(text, times, zone, gap, overlap);
    }

    /** What the user wrote. */
    @Override
    public String toString() {
        return "cron(\"" + text + "\")";
    }
}
