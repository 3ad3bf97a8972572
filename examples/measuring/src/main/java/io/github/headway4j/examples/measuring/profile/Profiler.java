// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.profile;

import java.io.IOException;

/** Finds out where the time of one class goes. */
interface Profiler {

    /**
     * Runs something, and measures the methods of a class meanwhile, in the calling thread.
     *
     * @param type the class
     * @param work what runs
     * @return what was found
     * @throws IOException if there is no place for the recording
     */
    Profile profile(Class<?> type, Runnable work) throws IOException;

    /**
     * The best one that this JVM has.
     *
     * @return one that counts each call if there is one, or one that samples
     */
    static Profiler best() {
        return TracingProfiler.isSupported() ? new TracingProfiler() : new SamplingProfiler();
    }
}
