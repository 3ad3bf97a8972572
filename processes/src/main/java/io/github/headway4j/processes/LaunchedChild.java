// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * The parent's side of a child JVM that runs and is connected.
 *
 * @param root the child and its descendants
 * @param down frames to the child
 * @param up frames from the child; null at the end, which comes when the child ends. An interrupt of the thread that
 *     reads closes the way up
 * @param channel what {@code up} reads from
 */
record LaunchedChild(RootProcess root, FrameOutput down, FrameInput up, SocketChannel channel) {

    /** The child. Its input is the way down, its outputs are pipes where the options said so. */
    Process process() {
        return root.process;
    }

    /** The child and its descendants. */
    ProcessTree tree() {
        return root.tree;
    }

    /** Ends the way up; the child goes on. */
    void closeUp() {
        close(channel);
    }

    /** Ends the way down, the child's life line: a child that still runs ends, by force after a second. */
    void closeDown() {
        close(process().getOutputStream());
    }

    /** Closes what may be broken: the child may have ended before it had read everything. */
    static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // Closed all the same.
        }
    }
}
