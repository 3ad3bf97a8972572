// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.jdkindex;

import java.io.IOException;
import java.nio.file.Path;

/** A file is no class file, or a damaged one; the message names its path. */
public final class BadClassFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Says that a file does not start like a class file. */
    BadClassFileException(Path path) {
        super(path + " is not a class file: it does not start with the bytes CAFEBABE");
    }

    /** Says that the content of a file makes no sense. */
    BadClassFileException(Path path, RuntimeException cause) {
        super(path + " is a damaged class file, or one of a newer Java: " + cause, cause);
    }
}
