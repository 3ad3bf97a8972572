// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.outside.ChildProgram;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that children start with. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
class ArchiveTest {

    @Test
    void jars_getAnArchive_thatChildrenUse_unlessItIsNotWhatItWas(@TempDir Path directory) throws Exception {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path place = Path.of(entry);
            if (Files.isDirectory(place)) {
                place = jar(place, directory.resolve(jars.size() + ".jar"));
            }
            if (Files.exists(place)) {
                jars.add(place.toString());
            }
        }
        Path cache = directory.resolve("cache");
        assertThat(run(jars, directory, cache, Maker.class)).contains(".jsa");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("rwx------");
        Path archive = only(cache);
        assertThat(archive.getFileName().toString())
                .endsWith("-" + Files.size(archive) + ".jsa")
                .hasSizeGreaterThan(40);

        String withArchive = run(jars, directory, cache, Reporter.class);
        assertThat(withArchive).contains("-XX:SharedArchiveFile=" + archive).contains("shared: true");
        assertThat(run(jars, directory, cache, ChildProgram.class))
                .isEqualTo("captured in Process-1 of the class path\n");

        Path truncated = cache.resolve(archive.getFileName() + ".short");
        Files.move(archive, truncated);
        Files.write(archive, new byte[1000]);
        assertThat(run(jars, directory, cache, Reporter.class)).doesNotContain("SharedArchiveFile");

        Files.delete(archive);
        Files.move(truncated, archive);
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(run(jars, directory, cache, Reporter.class)).doesNotContain("SharedArchiveFile");
    }

    @Test
    void archive_isNotUsed_whereUsersChooseOtherwise() {
        for (String option : List.of("-Xshare:off", "-XX:SharedArchiveFile=x", "-cp", "-javaagent:a.jar")) {
            assertThat(ChildArchive.options(List.of(option))).isEmpty();
        }
        assertThat(ChildArchive.options(List.of()))
                .as("with directories on the class path")
                .isEmpty();
    }

    @Test
    void commandLine_isReadWhereItTellsAll() {
        List<String> beginnings = List.of("--add-opens=", "-ea");
        assertThat(CommandLine.hasNone(beginnings, List.of("java", "-Xmx1g", "a.Main"), Map.of()))
                .isTrue();
        assertThat(CommandLine.hasNone(beginnings, List.of("java", "-ea:a...", "a.Main"), Map.of()))
                .isFalse();
        assertThat(CommandLine.hasNone(beginnings, List.of("java", "--add-opens", "a/b=c"), Map.of()))
                .isFalse();
        assertThat(CommandLine.hasNone(beginnings, List.of("java", "@file", "a.Main"), Map.of()))
                .isFalse();
        assertThat(CommandLine.hasNone(beginnings, List.of("java"), Map.of("JDK_JAVA_OPTIONS", "")))
                .isFalse();
    }

    /** Makes the archive at once. */
    static final class Maker {
        /** The program. */
        public static void main(String[] args) throws Exception {
            System.out.println(ChildArchive.makeNow());
        }
    }

    /** Tells whether a child would use an archive, and whether one does. */
    static final class Reporter {
        /** The program. */
        public static void main(String[] args) throws Exception {
            List<String> options = ChildArchive.options(List.of());
            System.out.println(options);
            List<String> strict = new ArrayList<>(options);
            if (!options.isEmpty()) {
                strict.add("-Xshare:on"); // ends the JVM if the archive cannot be used
            }
            ChildOptions child = ChildOptions.defaults().jvmOptions(strict.toArray(String[]::new));
            try (ChildProcess reader =
                    ChildProcess.start(() -> System.out.println("shared: " + !options.isEmpty()), child)) {
                reader.join();
            }
        }
    }

    private static String run(List<String> jars, Path directory, Path cache, Class<?> program) throws Exception {
        Path errors = directory.resolve("errors");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + ChildArchive.PROPERTY + "=" + cache,
                        "-cp",
                        String.join(File.pathSeparator, jars),
                        program.getName(),
                        directory.toString())
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        assertThat(Files.readString(errors)).isEmpty();
        assertThat(code).isZero();
        return output;
    }

    private static Path only(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.setLevel(0);
            Files.walkFileTree(classes, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path found, BasicFileAttributes attributes) throws IOException {
                    out.putNextEntry(
                            new JarEntry(classes.relativize(found).toString().replace(File.separatorChar, '/')));
                    Files.copy(found, out);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return jar;
    }
}
