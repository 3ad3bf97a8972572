// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;

/**
 * What all the JVMs that ran one test saw together.
 *
 * @param status whether they could run it
 * @param outcomes what came out, with outcomes that were named but did not come
 * @param messages what went wrong, as jcstress says it
 */
record Tally(Status status, List<Outcome> outcomes, List<String> messages) {

    /**
     * One outcome.
     *
     * @param id the values of the result, or the pattern for them if it did not come
     * @param expect what the test says of it
     * @param count how often it came
     * @param description what it means
     */
    record Outcome(String id, Expect expect, long count, String description) {}

    boolean normal() {
        return status == Status.NORMAL;
    }

    long count() {
        return outcomes.stream().mapToLong(Outcome::count).sum();
    }

    boolean saw(Expect expect) {
        return outcomes.stream().anyMatch(outcome -> outcome.expect() == expect && outcome.count() > 0);
    }

    /** The outcomes that came, in one line. */
    String seen() {
        return outcomes.stream()
                .filter(outcome -> outcome.count() > 0)
                .map(outcome -> String.format(Locale.ROOT, "[%s] x %,d", outcome.id(), outcome.count()))
                .collect(Collectors.joining("  "));
    }
}
