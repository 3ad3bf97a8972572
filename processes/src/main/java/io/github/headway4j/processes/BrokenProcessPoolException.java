// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ProcessPool} whose workers cannot be started, or whose initializer fails, several times in a row: Python's
 * {@code BrokenProcessPool}. Submitting throws it, and tasks that had been submitted fail with it. Its cause is what
 * went wrong the last time.
 *
 * @since 0.1
 */
public final class BrokenProcessPoolException extends RejectedExecutionException {

    private static final long serialVersionUID = 1L;

    BrokenProcessPoolException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
