// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a child JVM is to be launched.
 *
 * @param entry what it does
 * @param name for messages
 * @param jvmOptions options of {@code java}, after ours, so that they win
 * @param environment what is added to the environment of this process, or replaced in it
 * @param directory the working directory, or null for that of this process
 * @param stdout where the standard output goes
 * @param stderr where the standard error goes
 */
record LaunchOptions(
        Class<? extends ChildEntry> entry,
        String name,
        List<String> jvmOptions,
        Map<String, String> environment,
        @Nullable Path directory,
        Redirect stdout,
        Redirect stderr) {

    LaunchOptions {
        jvmOptions = List.copyOf(jvmOptions);
        environment = Map.copyOf(environment);
    }

    /** With nothing but the defaults: both outputs go where those of this process go. */
    LaunchOptions(Class<? extends ChildEntry> entry, String name) {
        this(entry, name, List.of());
    }

    /** The same, with options of {@code java}. */
    LaunchOptions(Class<? extends ChildEntry> entry, String name, List<String> jvmOptions) {
        this(entry, name, jvmOptions, Map.of(), null, Redirect.INHERIT, Redirect.INHERIT);
    }
}
