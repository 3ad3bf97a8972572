// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

/** An action that runs once. */
final class SingleTimeout extends Timeout {

    SingleTimeout(TimerCore core, long time, int priority, Runnable action) {
        super(core, time, priority, action);
    }
}
