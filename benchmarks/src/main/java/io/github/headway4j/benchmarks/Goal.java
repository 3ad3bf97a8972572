// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.List;

/**
 * What one implementation of ours must reach in a row.
 *
 * @param ours the implementation
 * @param ratio its throughput over that of the best of {@code peers}, at least
 * @param peers whom it is held against
 * @param cpuNoHigher whether its processor time for each operation must not exceed that of the best peer
 * @param withoutAllocation whether an operation must not allocate
 * @param fairness the least active thread's share over the most active's, at least
 */
record Goal(
        String ours,
        double ratio,
        List<String> peers,
        boolean cpuNoHigher,
        boolean withoutAllocation,
        double fairness) {
    /** Below this many bytes for each operation, what is allocated is the harness's own. */
    static final double NO_ALLOCATION_BYTES = 0.1;

    static Goal of(String ours, double ratio, String... peers) {
        return new Goal(ours, ratio, List.of(peers), false, false, 0);
    }

    Goal andCpuNoHigher() {
        return new Goal(ours, ratio, peers, true, withoutAllocation, fairness);
    }

    Goal andNoAllocation() {
        return new Goal(ours, ratio, peers, cpuNoHigher, true, fairness);
    }

    Goal andFairness(double least) {
        return new Goal(ours, ratio, peers, cpuNoHigher, withoutAllocation, least);
    }
}
