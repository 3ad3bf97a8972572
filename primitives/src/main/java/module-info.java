// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/** Locks, semaphores and the waiting machinery of Headway. */
module io.github.headway4j.primitives {
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.github.headway4j.primitives;
}
