// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/** Counts elements that have arrived, where calls are both of those who put and of those who take. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Deliveries {
    static final String LABEL = "deliveries";

    /** In this iteration; JMH resets and reports it. */
    public long deliveries;

    /** Counts elements, unless the threads are still being started or stopped. */
    public void count(int elements, Control control) {
        if (control.startMeasurement && !control.stopMeasurement) {
            deliveries += elements;
        }
    }
}
