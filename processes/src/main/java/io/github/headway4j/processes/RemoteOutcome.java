// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a task: the bytes of its result or failure, or what the pool says itself.
 *
 * @param result the bytes of the result
 * @param remoteFailure the bytes of the failure
 * @param failure what happened to it in this process's view
 * @param place which worker it was, for messages
 */
record RemoteOutcome(
        byte @Nullable [] result,
        byte @Nullable [] remoteFailure,
        @Nullable Throwable failure,
        String place) {

    static RemoteOutcome result(byte[] bytes, String place) {
        return new RemoteOutcome(bytes, null, null, place);
    }

    static RemoteOutcome remoteFailure(byte[] bytes, String place) {
        return new RemoteOutcome(null, bytes, null, place);
    }

    static RemoteOutcome failure(Throwable failure) {
        return new RemoteOutcome(null, null, failure, "");
    }

    static RemoteOutcome cancelled(String why) {
        return failure(new CancellationException(why));
    }

    /** Whether the result can be read without running code of users. */
    boolean isPlainResult() {
        return result != null && result.length > 0 && Wire.isPlain(result[0]);
    }

    /** The failure as it is to be thrown here, or null if there is a result. Runs code of users. */
    @Nullable
    RemoteFailure readFailure(@Nullable ObjectInputFilter filter) {
        if (failure != null) {
            return new RemoteFailure(failure, null);
        }
        return remoteFailure == null ? null : RemoteFailure.read(remoteFailure, filter, place);
    }

    /** The result. Runs code of users unless it is plain. */
    @Nullable
    Object readResult(@Nullable ObjectInputFilter filter) {
        byte[] bytes = result;
        if (bytes == null) {
            throw new IllegalStateException("there is no result");
        }
        try {
            return Wire.read(WireBuffer.wrap(bytes, 0, bytes.length), filter);
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError unreadable) {
            throw new RemoteTaskException("the result of a task " + place + " cannot be read", unreadable);
        }
    }
}
