// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that these tests read. */
final class Repository {

    /** The top: the directory that holds this module. */
    static final Path ROOT = root();

    /** Directories of the modules that users depend on. */
    static final List<String> PUBLISHED = List.of("primitives", "queues", "scheduler", "tasks", "processes");

    private Repository() {}

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.exists(directory.resolve("docs/conformance.tsv"))) {
            directory = directory.getParent();
        }
        if (directory == null) {
            throw new IllegalStateException(
                    "no docs/conformance.tsv above " + Path.of("").toAbsolutePath());
        }
        return directory;
    }

    static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files under a directory whose name ends as given, without build output; none if it does not exist. */
    static List<Path> files(Path directory, String suffix) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?target/.*"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Java files of all modules' tests, the stress tests with them. */
    static List<Path> testFiles() {
        return files(ROOT, ".java").stream()
                .filter(file -> ROOT.relativize(file).toString().matches("(.*/)?src/test/java/.*|stress-tests/.*"))
                .toList();
    }
}
