// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.headway4j.outside.ChildProgram;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command lines of child JVMs, and programs that start some from all kinds of places. */
class ChildJvmTest {

    private static final String MODULE = "io.github.headway4j.processes";

    // ---- the command line ----

    @Test
    void arguments_areQuoted() throws Exception {
        byte[] file = ChildCommand.argumentFile(List.of("plain", "a b", "C:\\dir\\", "say \"hi\"", "#no comment", "*"));
        assertThat(new String(file, StandardCharsets.US_ASCII))
                .isEqualTo("\"plain\"\n\"a b\"\n\"C:\\\\dir\\\\\"\n\"say \\\"hi\\\"\"\n\"#no comment\"\n\"*\"\n");
    }

    @Test
    void collector_isOurs_unlessUsersChooseOne() {
        assertThat(ChildCommand.quickStart(List.of())).contains("-XX:+UseSerialGC");
        assertThat(ChildCommand.quickStart(List.of("-Xmx1g", "-XX:+UseStringDeduplication")))
                .contains("-XX:+UseSerialGC");
        assertThat(ChildCommand.quickStart(List.of("-XX:+UseZGC"))).doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void paths_areMadeAbsolute_entryByEntry() {
        String separator = File.pathSeparator;
        String here = new File("").getAbsolutePath();
        assertThat(ChildCommand.absolute("lib/a.jar" + separator + separator + "b"))
                .isEqualTo(here + File.separator + "lib" + File.separator + "a.jar" + separator + here + separator
                        + here + File.separator + "b");
    }

    @Test
    void inheritedOptions_areThoseThatChangeWhatClassesDo() {
        assertThat(InheritedOptions.among(List.of(
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-Xmx1g",
                        "-ea:some.pack...",
                        "-Dcom.sun.management.jmxremote.port=1",
                        "-javaagent:a.jar",
                        "-Dfile.encoding=UTF-8",
                        "-XX:+UseG1GC",
                        "-agentlib:jdwp=transport=dt_socket",
                        "--enable-preview")))
                .containsExactly(
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-ea:some.pack...",
                        "-Dfile.encoding=UTF-8",
                        "--enable-preview");
    }

    @Test
    void image_withoutTheProgramJava_saysSo() {
        String home = System.getProperty("java.home");
        System.setProperty("java.home", "/no/such/home");
        try {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(ChildCommand::java)
                    .withMessageContaining("/no/such/home");
        } finally {
            System.setProperty("java.home", home);
        }
    }

    // ---- programs ----

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need privileges")
    void classPath_mayBeLongAndHaveBlanksQuotesAndUnicode(@TempDir Path directory) throws Exception {
        Path odd = Files.createDirectory(directory.resolve("a b 'c' \"d\" \\e #f"));
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        List<String> links = new ArrayList<>();
        for (int i = 0; i < entries.length; i++) {
            Path link = Files.createSymbolicLink(odd.resolve("\u00fc \u65e5 " + i), Path.of(entries[i]));
            links.add(link.toString());
        }
        while (String.join(File.pathSeparator, links).length() < 10_000) {
            links.add("no such/place " + links.size()); // relative to a directory that is not the child's
        }
        Program program = new Program(directory, List.of());
        program.environment("CLASSPATH", String.join(File.pathSeparator, links));
        assertThat(program.run()).isEqualTo("captured in Process-1 of the class path\n");
    }

    @Test
    void modulePath_servesAsWell(@TempDir Path directory) throws Exception {
        List<String> modules = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            boolean ours = ModuleFinder.of(Path.of(entry)).findAll().stream()
                    .anyMatch(module -> module.descriptor().name().startsWith("io.github.headway4j.")
                            || module.descriptor().name().startsWith("org.jctools"));
            (ours && !entry.endsWith("test-classes") ? modules : others).add(entry);
        }
        Program program = new Program(
                directory,
                List.of(
                        "--module-path",
                        String.join(File.pathSeparator, modules),
                        "--add-modules",
                        MODULE,
                        "-cp",
                        others.stream()
                                .filter(entry -> entry.endsWith("test-classes"))
                                .collect(Collectors.joining(File.pathSeparator))));
        assertThat(program.run()).isEqualTo("captured in Process-1 of a module\n");
    }

    /** Runs {@link ChildProgram}, which has to end well and to write nothing on its standard error. */
    private static final class Program {
        private final ProcessBuilder builder;
        private final Path errors;

        Program(Path directory, List<String> options) {
            errors = directory.resolve("errors");
            List<String> words = new ArrayList<>();
            words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            words.addAll(options);
            words.addAll(Arrays.asList("-Dfile.encoding=UTF-8", ChildProgram.class.getName(), directory.toString()));
            builder = new ProcessBuilder(words).redirectError(errors.toFile());
            environment("LC_ALL", "C.UTF-8");
        }

        void environment(String name, String value) {
            builder.environment().put(name, value);
        }

        String run() throws Exception {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            assertThat(Files.readString(errors)).isEmpty();
            assertThat(code).isZero();
            return output;
        }
    }
}
