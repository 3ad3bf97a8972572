// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

/** The command line cannot be understood; the message says why. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With a message for the user.
     *
     * @param message what is wrong
     */
    public UsageException(String message) {
        super(message);
    }
}
