// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.timing;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The course's context manager that times its block: made at the top of a try-with-resources statement, it tells when
 * the block is left, in whatever way, how long that took.
 */
public final class Stopwatch implements AutoCloseable {

    private final LongSupplier nanos;
    private final Consumer<? super Duration> out;
    private final long start;
    private boolean stopped;

    /**
     * Starts.
     *
     * @param nanos the clock
     * @param out told the time, once
     */
    public Stopwatch(LongSupplier nanos, Consumer<? super Duration> out) {
        this.nanos = nanos;
        this.out = out;
        this.start = nanos.getAsLong();
    }

    /**
     * The time so far.
     *
     * @return since this was made
     */
    public Duration elapsed() {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }

    /** Stops, and tells the time. Without effect if stopped already. */
    @Override
    public void close() {
        if (!stopped) {
            stopped = true;
            out.accept(elapsed());
        }
    }
}
