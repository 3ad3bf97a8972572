// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a command could not be started. The JDK does not say whether it was the program, the directory or a file. */
final class StartFailure {

    private StartFailure() {}

    /** An exception that names the culprit, with that of the JDK as its cause; the latter itself if there is none. */
    static IOException explain(Command command, IOException thrown) {
        IOException explained = find(command);
        if (explained == null) {
            return thrown;
        }
        explained.initCause(thrown);
        return explained;
    }

    /** What is wrong, or null if nothing is found. */
    static @Nullable IOException find(Command command) {
        try {
            return look(command);
        } catch (InvalidPathException | SecurityException unknown) {
            return null;
        }
    }

    private static @Nullable IOException look(Command command) {
        IOException found = ofDirectory(command.directory());
        if (found == null) {
            found = ofInput(command.stdin().file);
        }
        if (found == null) {
            found = ofOutput(command.stdout().file);
        }
        if (found == null && !command.mergesStderr()) {
            found = ofOutput(command.stderr().file);
        }
        return found == null ? ofProgram(command.words().get(0), command.directory()) : found;
    }

    private static @Nullable IOException ofDirectory(Optional<Path> directory) {
        if (directory.isEmpty() || Files.isDirectory(directory.get())) {
            return null;
        }
        String name = directory.get().toString();
        return Files.exists(directory.get())
                ? new NotDirectoryException(name)
                : new NoSuchFileException(name, null, "the directory of the command is missing");
    }

    private static @Nullable IOException ofInput(@Nullable Path file) {
        if (file == null || Files.isReadable(file)) {
            return null;
        }
        return Files.exists(file)
                ? new AccessDeniedException(file.toString(), null, "the input of the command cannot be read")
                : new NoSuchFileException(file.toString(), null, "the input of the command is missing");
    }

    private static @Nullable IOException ofOutput(@Nullable Path file) {
        if (file == null) {
            return null;
        }
        if (Files.exists(file)) {
            return Files.isWritable(file) && !Files.isDirectory(file)
                    ? null
                    : new AccessDeniedException(file.toString(), null, "the output of the command cannot be written");
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || Files.isWritable(parent)) {
            return null;
        }
        return Files.exists(parent)
                ? new AccessDeniedException(file.toString(), null, "the output of the command cannot be made")
                : new NoSuchFileException(file.toString(), null, "there is no directory for the output of the command");
    }

    private static @Nullable IOException ofProgram(String program, Optional<Path> directory) {
        if (Platform.IS_WINDOWS) {
            return null; // too many rules for where programs are looked for
        }
        if (program.indexOf(File.separatorChar) >= 0) {
            Path path = directory.isPresent() ? directory.get().resolve(program) : Path.of(program);
            if (!Files.exists(path)) {
                return new NoSuchFileException(program, null, "the program is missing");
            }
            return isProgram(path) ? null : notAllowed(program);
        }
        String path = System.getenv("PATH");
        boolean there = false;
        for (String place : (path == null ? "/bin:/usr/bin" : path).split(File.pathSeparator)) {
            Path candidate = Path.of(place, program);
            if (Files.exists(candidate)) {
                if (isProgram(candidate)) {
                    return null;
                }
                there = true;
            }
        }
        return there ? notAllowed(program) : new NoSuchFileException(program, null, "no such program in the PATH");
    }

    private static boolean isProgram(Path path) {
        return Files.isExecutable(path) && !Files.isDirectory(path);
    }

    private static IOException notAllowed(String program) {
        return new AccessDeniedException(program, null, "the program cannot be executed");
    }
}
