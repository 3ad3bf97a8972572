// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.nio.ByteBuffer;

/**
 * What a child JVM does once it is connected to its parent. The parent names the class, which has a constructor without
 * parameters; {@link ChildMain} makes the one object of it.
 */
interface ChildEntry {

    /**
     * Does the child's work, on its main thread. The JVM ends as any other: when this method has returned and the last
     * thread that is not a daemon is over. What it throws is an uncaught exception of the main thread: its trace on the
     * standard error, exit code 1.
     *
     * @param first what the parent gave to {@link ChildJvm#launch}
     * @param parent the connection; the entry calls {@link ParentLink#listen} before it runs code of users
     */
    void run(ByteBuffer first, ParentLink parent) throws Throwable;
}
