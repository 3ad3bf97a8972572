// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * Gives what depends on luck more than one chance. A race does not go wrong each time; that it goes right again and
 * again is as good as impossible, and would be worth a failed check.
 */
final class Chances {
    private static final int MOST = 10;

    private Chances() {}

    /**
     * Tries until something has been shown, a few times at most.
     *
     * @param attempt the attempt
     * @param shows whether its result shows what it is there to show
     * @param <T> the result
     * @return the first result that shows it, or the last one if none does
     * @throws Exception if an attempt throws
     */
    static <T> T until(Callable<T> attempt, Predicate<T> shows) throws Exception {
        T result = attempt.call();
        for (int chance = 1; chance < MOST && !shows.test(result); chance++) {
            result = attempt.call();
        }
        return result;
    }
}
