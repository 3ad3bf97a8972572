// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.sharing;

import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.SerializableRunnable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Children that start together and are waited for; none is left behind, whatever happens. */
final class Children implements AutoCloseable {

    private final List<ChildProcess> children = new ArrayList<>();

    /** Starts another one. */
    ChildProcess start(SerializableRunnable work) throws IOException, InterruptedException {
        ChildProcess child = ChildProcess.start(work);
        children.add(child);
        return child;
    }

    /** Waits until all have ended, and well. */
    void join() throws InterruptedException {
        for (ChildProcess child : children) {
            child.join();
            if (child.exitCode() != 0) {
                throw new IllegalStateException("expected the child to end well, but it ended with " + child);
            }
        }
    }

    /** Ends those that have not ended. */
    @Override
    public void close() {
        children.forEach(ChildProcess::close);
    }
}
