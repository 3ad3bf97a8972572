// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/** Tasks: scopes that none of them outlives, pools of workers, and maps over many items at once. */
module io.github.headway4j.tasks {
    requires io.github.headway4j.primitives;
    requires io.github.headway4j.queues;
    requires io.github.headway4j.scheduler;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.github.headway4j.tasks;
}
