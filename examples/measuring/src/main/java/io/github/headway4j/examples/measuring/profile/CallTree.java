// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.profile;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up the calls that one thread has made, given when each began and ended. */
final class CallTree {

    /**
     * One call.
     *
     * @param where the method
     * @param start when it began, in nanoseconds since whenever
     * @param end when it ended
     */
    record Call(String where, long start, long end) {}

    /** What there is of one method. */
    private static final class Sum {
        private long calls;
        private long outermost;
        private long ownNanos;
        private long totalNanos;

        /** How many of its calls have begun and not ended. */
        private int open;
    }

    private final Map<String, Sum> sums = new LinkedHashMap<>();
    private final Deque<Call> open = new ArrayDeque<>();

    private CallTree() {}

    /**
     * Adds up.
     *
     * @param calls all calls of one thread, in any order
     * @return a row for each method
     */
    static List<Profile.Row> rows(Collection<Call> calls) {
        CallTree tree = new CallTree();
        // One that begins with another and ends later has called it.
        calls.stream()
                .sorted(Comparator.comparingLong(Call::start)
                        .thenComparing(Comparator.comparingLong(Call::end).reversed()))
                .forEach(tree::begin);
        tree.endThose(Long.MAX_VALUE);
        return tree.sums.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void begin(Call call) {
        endThose(call.start());
        long nanos = call.end() - call.start();
        Call caller = open.peek();
        if (caller != null) {
            sum(caller).ownNanos -= nanos;
        }
        Sum sum = sum(call);
        sum.calls++;
        sum.ownNanos += nanos;
        if (sum.open == 0) {
            sum.outermost++;
            sum.totalNanos += nanos;
        }
        sum.open++;
        open.push(call);
    }

    /** Those that have ended at the given moment call nothing any more. */
    private void endThose(long moment) {
        for (Call last = open.peek(); last != null && last.end() <= moment; last = open.peek()) {
            sum(last).open--;
            open.pop();
        }
    }

    private Sum sum(Call call) {
        return sums.computeIfAbsent(call.where(), where -> new Sum());
    }

    private static Profile.Row row(String where, Sum sum) {
        return new Profile.Row(
                where, sum.calls, sum.outermost, Duration.ofNanos(sum.ownNanos), Duration.ofNanos(sum.totalNanos));
    }
}
