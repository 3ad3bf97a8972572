// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Expect;

/**
 * What a run says about one test or control.
 *
 * @param test the test
 * @param kind the verdict
 * @param tally what was seen, or null if it did not run
 */
record Verdict(StressTest test, Kind kind, @Nullable Tally tally) {

    /** The verdicts there are. */
    enum Kind {
        PASSED("passed"),
        FORBIDDEN("FORBIDDEN"),
        SEEN("seen"),
        NOT_SEEN("not seen"),
        ERROR("ERROR"),
        NOT_RUN("NOT RUN");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** The verdict on a test, given the results of all tests. */
    static Verdict of(StressTest test, Map<String, Tally> tallies) {
        Tally tally = tallies.get(test.name());
        return new Verdict(test, kind(test, tally), tally);
    }

    private static Kind kind(StressTest test, @Nullable Tally tally) {
        if (tally == null) {
            return Kind.NOT_RUN;
        }
        if (!tally.normal()) {
            return Kind.ERROR;
        }
        boolean forbidden = tally.saw(Expect.FORBIDDEN) || tally.saw(Expect.UNKNOWN);
        if (test.isControl()) {
            return forbidden || tally.saw(Expect.ACCEPTABLE_INTERESTING) ? Kind.SEEN : Kind.NOT_SEEN;
        }
        if (forbidden) {
            return Kind.FORBIDDEN;
        }
        return tally.count() == 0 ? Kind.NOT_RUN : Kind.PASSED;
    }

    boolean isPassed() {
        return kind == Kind.PASSED || kind == Kind.SEEN;
    }
}
