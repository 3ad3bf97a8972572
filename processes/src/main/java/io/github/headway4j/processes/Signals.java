// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of signals and what exit codes say about them. Linux's numbers; of those, the ones that other systems number
 * differently are known on Linux only.
 */
final class Signals {

    static final int TERM = 15;
    static final int KILL = 9;

    /** The largest number of a signal: a bit of a long for each. */
    static final int LARGEST = 63;

    /** What the JDK adds to the number of the signal that has ended a process. */
    private static final int OF_A_SIGNAL = 128;

    private static final String[] EVERYWHERE = {
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "", "FPE", "KILL", "", "SEGV", "", "PIPE", "ALRM", "TERM"
    };
    private static final Map<Integer, String> ON_LINUX = Map.ofEntries(
            Map.entry(7, "BUS"),
            Map.entry(10, "USR1"),
            Map.entry(12, "USR2"),
            Map.entry(16, "STKFLT"),
            Map.entry(17, "CHLD"),
            Map.entry(18, "CONT"),
            Map.entry(19, "STOP"),
            Map.entry(20, "TSTP"),
            Map.entry(21, "TTIN"),
            Map.entry(22, "TTOU"),
            Map.entry(23, "URG"),
            Map.entry(24, "XCPU"),
            Map.entry(25, "XFSZ"),
            Map.entry(26, "VTALRM"),
            Map.entry(27, "PROF"),
            Map.entry(28, "WINCH"),
            Map.entry(29, "IO"),
            Map.entry(30, "PWR"),
            Map.entry(31, "SYS"));

    private Signals() {}

    /** The name of a signal, like {@code SIGTERM}, or null. */
    static @Nullable String name(int signal) {
        String name = signal >= 1 && signal <= EVERYWHERE.length ? EVERYWHERE[signal - 1] : "";
        if (name.isEmpty() && Platform.IS_LINUX) {
            name = ON_LINUX.getOrDefault(signal, "");
        }
        return name.isEmpty() ? null : "SIG" + name;
    }

    /** The number of a signal that is called so, with or without {@code SIG}. */
    static int number(String name) {
        String full = name.toUpperCase(Locale.ROOT);
        full = full.startsWith("SIG") ? full : "SIG" + full;
        for (int signal = 1; signal <= LARGEST; signal++) {
            if (full.equals(name(signal))) {
                return signal;
            }
        }
        throw new IllegalArgumentException("signal: \"" + name + "\"; expected the name of a signal, like SIGINT");
    }

    /** The signal that an exit code stands for, or 0. */
    static int ofExitCode(int exitCode) {
        int signal = exitCode < 0 ? -exitCode : exitCode - OF_A_SIGNAL;
        return !Platform.IS_WINDOWS && signal >= 1 && signal <= 64 ? signal : 0;
    }

    /** The name of the signal that an exit code stands for, or null. */
    static @Nullable String nameOfExitCode(int exitCode) {
        return name(ofExitCode(exitCode));
    }

    /** What an exit code says, for a message. */
    static String describe(int exitCode) {
        int signal = ofExitCode(exitCode);
        if (signal == 0) {
            return "ended with exit code " + exitCode;
        }
        String name = name(signal);
        if (exitCode < 0) {
            return "was ended by " + (name == null ? "unknown signal " + signal : name);
        }
        return "ended with exit code " + exitCode + (name == null ? "" : " (" + name + ")");
    }
}
