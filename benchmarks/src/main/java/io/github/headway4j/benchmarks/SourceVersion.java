// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sources around the working directory: where they are and which version they have. */
final class SourceVersion {
    private SourceVersion() {}

    /** Returns the repository's root: the nearest folder from here upwards that holds this module. */
    static Optional<Path> root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isRegularFile(folder.resolve("benchmarks/pom.xml")))
                .findFirst();
    }

    /** Returns the commit that git names, with {@code +changes} where files differ from it, or {@code unknown}. */
    static String commit() {
        Optional<Path> root = root();
        if (root.isEmpty()) {
            return "unknown";
        }
        String commit = git(root.get(), "rev-parse", "HEAD");
        if (commit.isEmpty()) {
            return "unknown";
        }
        return git(root.get(), "status", "--porcelain", "--untracked-files=no").isEmpty()
                ? commit
                : commit + "+changes";
    }

    private static String git(Path root, String... arguments) {
        List<String> command =
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        try {
            Process process = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? output.trim() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
