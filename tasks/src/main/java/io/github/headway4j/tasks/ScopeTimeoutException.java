// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.concurrent.TimeoutException;

/**
 * The {@linkplain ScopeOptions#deadline deadline} of a {@link TaskScope} came before its subtasks had ended. A type of
 * its own, so that it can be told from a time-out that a subtask has met.
 *
 * @since 0.1
 */
public final class ScopeTimeoutException extends TimeoutException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message which deadline of which scope
     */
    public ScopeTimeoutException(String message) {
        super(message);
    }
}
