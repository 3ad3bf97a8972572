// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.downloads;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that is removed with everything in it when it is closed.
 *
 * @param path where the folder is
 */
record TemporaryFolder(Path path) implements AutoCloseable {

    /**
     * Creates a folder with a name of its own.
     *
     * @param parent where to create it
     * @return the new folder
     * @throws IOException if it cannot be created
     */
    static TemporaryFolder in(Path parent) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(parent, "headway-downloads-"));
    }

    /**
     * Creates a folder inside this one.
     *
     * @param name its name
     * @return the new folder
     * @throws IOException if it cannot be created
     */
    Path subfolder(String name) throws IOException {
        return Files.createDirectory(path.resolve(name));
    }

    @Override
    public void close() throws IOException {
        MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
    }
}
