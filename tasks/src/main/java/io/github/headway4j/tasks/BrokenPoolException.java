// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.concurrent.RejectedExecutionException;

/**
 * A {@link WorkerPool} whose initializer has failed in one of its workers: Python's {@code BrokenThreadPool}.
 * Submitting throws it, and tasks that had been submitted and not begun fail with it. Its cause is what the initializer
 * threw.
 *
 * @since 0.1
 */
public final class BrokenPoolException extends RejectedExecutionException {

    private static final long serialVersionUID = 1L;

    BrokenPoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
