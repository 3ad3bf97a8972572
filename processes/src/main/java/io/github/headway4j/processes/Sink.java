// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of an output go. Called by the one thread that reads the pipe, unless it says otherwise. */
abstract class Sink {

    /**
     * The most that is read at once: as much as a pipe of Linux holds. The JDK reads into a piece of memory of that size
     * outside the heap first, which it gets fast as long as it is not larger.
     */
    static final int READ = 1 << 16;

    /** The contents of bytes that nobody wants. Written by all threads at once, read by none. */
    private static final byte[] NOWHERE = new byte[READ];

    /** Reads once. The number of bytes, or -1 at the end. */
    abstract int fill(InputStream pipe) throws IOException;

    /** Does with the bytes what is to be done. May take time. */
    abstract void deliver(int length);

    /** There is no more. May be called only once. */
    void end() {}

    /** There is no more, as something went wrong. */
    void fail(Throwable thrown) {}

    /** Whether nobody wants any more, so that the pipe can be closed. */
    boolean isClosed() {
        return false;
    }

    /** Nobody wants any more, or waits; the pipe may stay open. Any thread may call this. */
    void abandon() {}

    /** Reads once, and forgets. */
    static int drain(InputStream pipe) throws IOException {
        return pipe.read(NOWHERE, 0, READ);
    }
}
