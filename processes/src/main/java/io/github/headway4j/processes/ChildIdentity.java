// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which child process this JVM is: what {@link ChildProcess} tells of itself inside.
 *
 * @param name as the parent has chosen it, or derived from the path
 * @param path the numbers of the process among its parent's children and of its ancestors, like {@code 1:2}; empty for
 *     a process that is nobody's child
 * @param daemon whether it is one
 */
record ChildIdentity(String name, String path, boolean daemon) {

    /** How a process is called that was not started as a child. */
    static final String MAIN = "MainProcess";

    private static final AtomicInteger CHILDREN = new AtomicInteger();

    private static volatile ChildIdentity own = new ChildIdentity(MAIN, "", false);

    /** That of this JVM. */
    static ChildIdentity own() {
        return own;
    }

    /** Called once, in a child, before anything of users runs. */
    static void become(ChildIdentity identity) {
        own = identity;
    }

    /** Of the next child of this JVM. */
    static ChildIdentity next(ChildOptions options) {
        ChildIdentity parent = own;
        String number = Integer.toString(CHILDREN.incrementAndGet());
        String path = parent.path.isEmpty() ? number : parent.path + ":" + number;
        String name = options.name;
        Boolean daemon = options.daemon;
        return new ChildIdentity(
                name == null ? "Process-" + path : name, path, daemon == null ? parent.daemon : daemon);
    }

    void write(WireBuffer out) {
        out.writeString(name);
        out.writeString(path);
        out.writeByte(daemon ? 1 : 0);
    }

    static ChildIdentity read(WireBuffer in) throws IOException {
        return new ChildIdentity(in.readString(), in.readString(), in.readByte() != 0);
    }
}
