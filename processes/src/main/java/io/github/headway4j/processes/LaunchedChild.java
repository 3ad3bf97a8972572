// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * The parent's side of a child JVM that runs and is connected.
 *
 * @param process the child; its input is the way down, its outputs are pipes where the options said so
 * @param down frames to the child
 * @param up frames from the child; null at the end, which comes when the child ends. An interrupt of the thread that
 *     reads closes the way up
 * @param channel what {@code up} reads from
 */
record LaunchedChild(Process process, FrameOutput down, FrameInput up, SocketChannel channel) {

    /** Ends the way up; the child goes on. */
    void closeUp() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written to it, so nothing is lost.
        }
    }

    /** Ends the way down, the child's life line: a child that still runs ends, by force after a second. */
    void closeDown() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The child ended before it had read everything.
        }
    }
}
