// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

/** One way of {@link HandOffBenchmark}: one thread sends, one other receives, and sends alternate with receipts. */
interface Signal {
    void send() throws InterruptedException;

    /** Waits for the next {@link #send}. */
    void receive() throws InterruptedException;
}
