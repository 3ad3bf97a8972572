// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The command line of this JVM as Linux knows it. To ask the JVM itself takes the module {@code java.management}, and
 * 20 ms when it is used for the first time.
 */
final class CommandLine {

    private static final Path ARGUMENTS = Path.of("/proc/self/cmdline");
    private static final Path PROGRAM = Path.of("/proc/self/exe");

    /** Where else options may come from. */
    private static final List<String> VARIABLES = List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    /** Options that name files with more of them. */
    private static final List<String> FILES = List.of("@", "-XX:Flags", "-XX:VMOptionsFile", "-XX:+ReadVMOptionsFile");

    private CommandLine() {}

    /** Whether it is sure that no option of this JVM begins like one of those. */
    static boolean hasNone(List<String> beginnings) {
        if (!Platform.IS_LINUX) {
            return false;
        }
        try {
            Path java = Path.of(System.getProperty("java.home", ""), "bin", "java");
            if (!Files.isSameFile(PROGRAM, java)) {
                return false; // another launcher, with options of its own
            }
            String line = new String(Files.readAllBytes(ARGUMENTS), StandardCharsets.ISO_8859_1);
            return hasNone(beginnings, Arrays.asList(line.split("\0")), System.getenv());
        } catch (IOException e) {
            return false;
        }
    }

    static boolean hasNone(List<String> beginnings, List<String> words, Map<String, String> environment) {
        return VARIABLES.stream().noneMatch(environment::containsKey)
                && words.stream().noneMatch(word -> startsWithOne(word, FILES) || startsWithOne(word, beginnings));
    }

    /** Also if the value is the next word: {@code --add-opens=} and {@code --add-opens}. */
    private static boolean startsWithOne(String word, List<String> beginnings) {
        for (String beginning : beginnings) {
            boolean hasValue = beginning.endsWith("=");
            if (word.startsWith(beginning)
                    || (hasValue && word.equals(beginning.substring(0, beginning.length() - 1)))) {
                return true;
            }
        }
        return false;
    }
}
