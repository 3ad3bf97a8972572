// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.tasks;

import org.jspecify.annotations.Nullable;

/** Planted bug: an outcome that is filled in when others see it already. */
final class LateOutcome {

    private @Nullable Integer value;

    void fill(int number) {
        value = number;
    }

    int value() {
        Integer found = value;
        return found == null ? 0 : found;
    }
}
