// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.events;

import io.github.headway4j.primitives.Event;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Something that one thread sets and others wait for, while they do a bit of work now and then. */
public interface Signal {

    /** Sets the signal. It stays set. */
    void set();

    /**
     * Rests until the next bit of work, or until the signal is set.
     *
     * @param rest how long
     * @return whether the signal is set
     * @throws InterruptedException if the caller is interrupted
     */
    boolean rest(Duration rest) throws InterruptedException;

    /**
     * Makes a signal of an {@link Event}. Who rests is woken when it is set.
     *
     * @return the signal
     */
    static Signal ofEvent() {
        Event event = new Event();
        return new Signal() {
            @Override
            public void set() {
                event.set();
            }

            @Override
            public boolean rest(Duration rest) throws InterruptedException {
                return event.await(rest);
            }
        };
    }

    /**
     * Makes a signal of a variable. Who rests sleeps to the end and looks then.
     *
     * @return the signal
     */
    static Signal ofVariable() {
        return new Signal() {
            private volatile boolean set;

            @Override
            public void set() {
                set = true;
            }

            @Override
            public boolean rest(Duration rest) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(rest.toNanos());
                return set;
            }
        };
    }
}
