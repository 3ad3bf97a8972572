// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.util.ArrayList;
import java.util.List;

/**
 * What a stop found.
 *
 * @param shown what was shown, in a few words, for the summary
 * @param grids the results, as tables
 * @param notes what else there is to say of the results
 * @param naive how the naive way fared in comparison
 * @param checks the named assertions, at least one
 */
public record Outcome(String shown, List<Grid> grids, List<String> notes, String naive, List<Check> checks) {

    /** Copies the lists. An outcome without a check could not fail, and is refused. */
    public Outcome {
        grids = List.copyOf(grids);
        notes = List.copyOf(notes);
        checks = List.copyOf(checks);
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("A stop needs at least one check");
        }
    }

    /** {@return whether each check holds} */
    public boolean passed() {
        return checks.stream().allMatch(Check::holds);
    }

    /**
     * Starts an outcome.
     *
     * @param shown what was shown, in a few words
     * @return a builder without a result and without a check
     */
    public static Builder showing(String shown) {
        return new Builder(shown);
    }

    /** Collects the parts of an outcome. */
    public static final class Builder {
        private final String shown;
        private final List<Grid> grids = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final List<Check> checks = new ArrayList<>();
        private String naive = "";

        private Builder(String shown) {
            this.shown = shown;
        }

        /**
         * Adds a table.
         *
         * @param title what the table shows, or the empty string
         * @param header the names of the columns
         * @param rows the cells
         * @return this builder
         */
        public Builder grid(String title, List<String> header, List<List<String>> rows) {
            grids.add(new Grid(title, header, rows));
            return this;
        }

        /**
         * Adds a sentence about the result.
         *
         * @param note the sentence
         * @return this builder
         */
        public Builder note(String note) {
            notes.add(note);
            return this;
        }

        /**
         * Says how the naive way fared.
         *
         * @param comparison a sentence or two
         * @return this builder
         */
        public Builder naive(String comparison) {
            naive = comparison;
            return this;
        }

        /**
         * Adds an assertion.
         *
         * @param claim what has to be true, in words
         * @param holds whether it is
         * @param evidence the numbers behind it, or the empty string
         * @return this builder
         */
        public Builder check(String claim, boolean holds, String evidence) {
            checks.add(new Check(claim, holds, evidence));
            return this;
        }

        /** {@return the outcome} */
        public Outcome build() {
            return new Outcome(shown, grids, notes, naive, checks);
        }
    }
}
