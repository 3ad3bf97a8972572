// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A task of a {@link ProcessPool} ran longer than it may. Its worker process was killed, with all processes that this
 * had started, and replaced. Whether the task has had its effect is not known.
 *
 * @since 0.1
 */
public final class TaskTimeoutException extends TimeoutException {

    private static final long serialVersionUID = 1L;

    private final Duration timeout;

    TaskTimeoutException(String worker, Duration timeout) {
        super("the task ran longer than " + timeout + "; worker process " + worker + " was killed");
        this.timeout = timeout;
    }

    /**
     * How long the task might have run.
     *
     * @return the time chosen for it
     */
    public Duration timeout() {
        return timeout;
    }
}
