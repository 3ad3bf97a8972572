// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/** Events in exact order, at moments of the real or of a virtual clock. */
@SuppressWarnings("requires-automatic") // the library of cron texts has no descriptor
module io.github.headway4j.scheduler {
    requires transitive io.github.headway4j.primitives;
    requires static com.cronutils;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.github.headway4j.scheduler;
}
