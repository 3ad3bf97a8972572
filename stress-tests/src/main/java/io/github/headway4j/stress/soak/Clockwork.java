// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Timers as a scenario uses them, so that broken ones can take the place of the shipped ones. */
interface Clockwork {

    /** So many alarms and series may be pending at once. */
    int MOST_PENDING = 100;

    /** How they are made. */
    interface Kind {

        /**
         * New ones.
         *
         * @param onFailure told of what actions throw
         */
        Clockwork create(Consumer<Throwable> onFailure);
    }

    /** One run of an action. */
    interface Alarm {

        /** Cancels it. Whether that is what keeps its action from ever beginning, or from beginning again. */
        boolean prevent();

        /** Whether it has run to its end, was cancelled or dropped. */
        boolean isDone();

        /** Waits until it is done. */
        void await() throws InterruptedException;

        /** Waits until it is done, or the time is up; false if it is. */
        boolean await(Duration timeout) throws InterruptedException;
    }

    /** Run after run, never two at the same time. */
    interface Series extends Alarm {

        /** Plans no runs until they are resumed. */
        void pause();

        /** Plans runs again. */
        void resume();

        /** Asks for a run now. */
        void runNow();
    }

    /** Plans one run; null if that is refused because too much is pending, or because they have been closed. */
    @Nullable
    Alarm set(Duration delay, int priority, Runnable action);

    /** Plans a series of runs; null if that is refused. */
    @Nullable
    Series repeat(Duration period, Runnable action);

    /** How many are pending. */
    int pending();

    /** Drops what has not begun, and waits for what has. */
    void close();
}
