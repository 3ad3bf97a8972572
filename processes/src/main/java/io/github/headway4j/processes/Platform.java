// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.Locale;

/** What differs from one operating system to the next. */
final class Platform {

    static final boolean IS_WINDOWS = name().startsWith("windows");
    static final boolean IS_LINUX = name().startsWith("linux");

    private Platform() {}

    private static String name() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    }
}
