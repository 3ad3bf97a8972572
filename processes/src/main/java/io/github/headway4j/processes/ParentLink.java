// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The child's side of the connection to its parent.
 *
 * <p>The way down is also the <b>life line</b>: when it ends, the parent is dead or has let go of this child, however
 * that came about, and this JVM ends too: by {@link System#exit} with its hooks, and by force if those take longer than
 * a second.
 */
interface ParentLink {

    /** Takes the frames that the parent sends, one after the other. */
    @FunctionalInterface
    interface Handler {
        /**
         * Takes a frame, which is good until this method returns. What it throws ends this JVM, as the end of the life
         * line does, with its trace on the standard error.
         */
        void take(ByteBuffer frame) throws IOException;
    }

    /**
     * Starts the one daemon thread that reads what the parent sends and minds the life line. To be called once.
     *
     * @param handler called on that thread
     */
    void listen(Handler handler);

    /** Frames to the parent. Never closed by an interrupt of the thread that writes. */
    FrameOutput up();

    /** Ends the way up, which the parent sees after what was sent; the life line stays. */
    void closeUp();
}
