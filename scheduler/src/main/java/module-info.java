// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/** Events in exact order, at moments of the real or of a virtual clock. */
module io.github.headway4j.scheduler {
    requires transitive io.github.headway4j.primitives;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.github.headway4j.scheduler;
}
