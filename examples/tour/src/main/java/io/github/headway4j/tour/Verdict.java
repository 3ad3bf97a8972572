// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.time.Duration;

/**
 * How a stop ended.
 *
 * @param stop the stop
 * @param passed whether each of its checks holds
 * @param shown what was shown or, if the stop broke, what happened
 * @param time how long it took
 */
record Verdict(Stop stop, boolean passed, String shown, Duration time) {

    /** {@return the verdict in a word} */
    String word() {
        return passed ? "passed" : "failed";
    }
}
