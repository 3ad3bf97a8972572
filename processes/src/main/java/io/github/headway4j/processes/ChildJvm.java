// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Launches JVMs like this one: same JDK, same class path or modules, connected to this process. */
final class ChildJvm {

    private ChildJvm() {}

    /**
     * Starts a child JVM and waits until it is connected, which takes about 0.1 s of a processor. Several threads may
     * launch at the same time.
     *
     * @param first is handed to the entry in the child; all that remains in the buffer, which has an array
     * @throws IOException if it could not be started, or ended before it was connected; nothing is left of it then
     * @throws InterruptedException if interrupted before or while it waits; nothing is left of the child then
     */
    static LaunchedChild launch(LaunchOptions options, ByteBuffer first) throws IOException, InterruptedException {
        throw new UnsupportedOperationException(options.name() + first);
    }
}
