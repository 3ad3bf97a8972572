// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

/** An element of a priority queue, with a key that its holder may change while it is in no queue. */
final class Job {
    long key;

    Job(long key) {
        this.key = key;
    }

    long key() {
        return key;
    }
}
