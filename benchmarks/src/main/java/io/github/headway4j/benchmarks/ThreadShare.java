// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/** Counts what one thread did while all threads were measured; {@link ThreadShareProfiler} reports it. */
@State(Scope.Thread)
public class ThreadShare {
    private long operations;
    private int weight = 1;

    /** Has each operation count for so many: with few threads of a kind, each has more to do. */
    void weigh(int threadsOfTheKind) {
        weight = threadsOfTheKind;
    }

    @Setup(Level.Iteration)
    public void reset() {
        operations = 0;
    }

    /** Counts one operation, unless the threads are still being started or stopped. */
    public void count(Control control) {
        if (control.startMeasurement && !control.stopMeasurement) {
            operations += weight;
        }
    }

    @TearDown(Level.Iteration)
    public void publish(ThreadParams thread) {
        ThreadShareProfiler.publish(thread.getThreadIndex(), operations);
    }
}
