// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

/** Permits as {@link SemaphoreBenchmark} needs them, one at a time. */
interface Permits {
    void acquire() throws InterruptedException;

    void release();
}
