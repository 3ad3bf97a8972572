// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps one buffer for the next message: a thread that finds none makes one. Any thread may call the methods. */
final class Buffers {

    private final AtomicReference<@Nullable WireBuffer> spare = new AtomicReference<>();

    /** An empty buffer. */
    WireBuffer get() {
        WireBuffer buffer = spare.getAndSet(null);
        return buffer == null ? new WireBuffer() : buffer;
    }

    /** Gives a buffer back, which the caller does not use any more. */
    void give(WireBuffer buffer) {
        buffer.clear();
        spare.setRelease(buffer);
    }
}
