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
 * @param cpuPeers its processor time for each operation must not exceed that of the fastest of these; empty if it may
 * @param withoutAllocation whether an operation must not allocate
 * @param fairness the least active thread's share over the most active's, at least
 * @param slowest the least active thread's share over the mean, at least
 * @param enough operations in a second that will do, whatever the ratio
 */
record Goal(
        String ours,
        double ratio,
        List<String> peers,
        List<String> cpuPeers,
        boolean withoutAllocation,
        double fairness,
        double slowest,
        double enough) {
    /** Below this many bytes for each operation, what is allocated is the harness's own. */
    static final double NO_ALLOCATION_BYTES = 0.1;

    static Goal of(String ours, double ratio, String... peers) {
        return new Goal(ours, ratio, List.of(peers), List.of(), false, 0, 0, Double.POSITIVE_INFINITY);
    }

    /** No more processor time than the best of the peers that the throughput is held against. */
    Goal andCpuNoHigher() {
        return andCpuNoHigherThan(peers);
    }

    /** No more processor time than the fastest of the given peers. */
    Goal andCpuNoHigherThan(List<String> others) {
        return new Goal(ours, ratio, peers, others, withoutAllocation, fairness, slowest, enough);
    }

    Goal andNoAllocation() {
        return new Goal(ours, ratio, peers, cpuPeers, true, fairness, slowest, enough);
    }

    Goal andFairness(double least) {
        return new Goal(ours, ratio, peers, cpuPeers, withoutAllocation, least, slowest, enough);
    }

    Goal andSlowest(double least) {
        return new Goal(ours, ratio, peers, cpuPeers, withoutAllocation, fairness, least, enough);
    }

    Goal orAtLeast(double perSecond) {
        return new Goal(ours, ratio, peers, cpuPeers, withoutAllocation, fairness, slowest, perSecond);
    }
}
