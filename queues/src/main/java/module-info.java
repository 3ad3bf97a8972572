// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/** Task queues that never lose an element: first in first out, last in first out, by priority, and at both ends. */
module io.github.headway4j.queues {
    requires transitive io.github.headway4j.primitives;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.github.headway4j.queues;
}
