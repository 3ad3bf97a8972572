// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

/**
 * One stop of the tour: a small program of the examples, run with the sizes of the tour, and judged.
 *
 * <p>A stop prints nothing. It shows how far it is through {@link StopContext#progress} and hands back what it found.
 */
public interface Stop {

    /** {@return the name to type, in lower case and without blanks} */
    String name();

    /** {@return the title, a few words} */
    String title();

    /** {@return one sentence that says what there is to see} */
    String explanation();

    /**
     * Runs the program.
     *
     * @param context the sizes to use and the place to show progress
     * @return what was found, compared with the naive way, and the checks
     * @throws Exception if the program fails, which fails the stop
     */
    Outcome run(StopContext context) throws Exception;
}
