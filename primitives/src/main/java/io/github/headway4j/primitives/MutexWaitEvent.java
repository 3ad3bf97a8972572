// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A thread parked to wait for a {@link Mutex}. */
@Name("headway.MutexWait")
@Label("Mutex Wait")
@Category("Headway")
@Description("A thread parked to wait for a mutex")
@Threshold("10 ms")
final class MutexWaitEvent extends Event {

    @Label("Mutex")
    @Description("State, owner and number of waiters of the mutex when the wait began")
    String mutex = "";

    @Label("Holder")
    @Description("The thread that held the mutex when the wait began")
    @Nullable
    Thread holder;

    @Label("Acquired")
    @Description("Whether the thread got the mutex; otherwise it was interrupted or its time ran out")
    boolean acquired;

    static @Nullable MutexWaitEvent begin(Mutex mutex) {
        MutexWaitEvent event = new MutexWaitEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.mutex = mutex.toString();
        event.holder = mutex.owner();
        event.begin();
        return event;
    }

    void end(boolean success) {
        end();
        acquired = success;
        commit();
    }
}
