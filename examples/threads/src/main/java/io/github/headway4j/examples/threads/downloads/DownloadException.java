// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.downloads;

import java.io.IOException;
import java.net.URI;

/** A file could not be downloaded; the message names its address. */
public final class DownloadException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The address of the file. */
    private final URI address;

    /**
     * Creates the exception for an answer that is not the file.
     *
     * @param address the address of the file
     * @param status the status of the answer
     */
    public DownloadException(URI address, int status) {
        super(address + " could not be downloaded: the server answered with status " + status);
        this.address = address;
    }

    /**
     * Creates the exception for a failed connection or a file that could not be written.
     *
     * @param address the address of the file
     * @param cause what went wrong
     */
    public DownloadException(URI address, IOException cause) {
        super(address + " could not be downloaded: " + cause, cause);
        this.address = address;
    }

    /**
     * Tells which file is missing.
     *
     * @return the address of the file
     */
    public URI address() {
        return address;
    }
}
