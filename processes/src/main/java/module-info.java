// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/** Processes: commands and child JVMs that cannot hang or leak, pools of them, and memory that they share. */
module io.github.headway4j.processes {
    requires io.github.headway4j.primitives;
    requires io.github.headway4j.queues;
    requires io.github.headway4j.scheduler;
    requires io.github.headway4j.tasks;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.github.headway4j.processes;
}
