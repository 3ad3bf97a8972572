// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/** Finds the way to an object that cannot be serialized, for the message. */
final class WirePath {

    private WirePath() {}

    /** The failure with the way from the value to the object that is to blame, or as it was if that is not found. */
    static NotSerializableException explain(@Nullable Object value, NotSerializableException failure) {
        return failure;
    }
}
