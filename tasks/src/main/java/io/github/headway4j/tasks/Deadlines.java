// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.WaitQueue;
import io.github.headway4j.scheduler.Timeout;
import io.github.headway4j.scheduler.TimerOptions;
import io.github.headway4j.scheduler.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The deadlines of all scopes: timers of their own, whose thread is started with the first deadline. */
final class Deadlines {

    private static final Timers TIMERS = new Timers(TimerOptions.defaults().name("headway-scope-deadlines"));

    private Deadlines() {}

    /** Cancels the scope after the given time, at once if it is not positive; null if nothing is left to be done. */
    static @Nullable Timeout begin(ScopeCore scope, Duration time) {
        if (WaitQueue.saturatedNanos(time) <= 0L) {
            scope.timeOut();
            return null;
        }
        return TIMERS.schedule(time, scope::timeOut);
    }
}
