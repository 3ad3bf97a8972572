// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What processes share, soaked by the threads of one. */
final class SharedGroups {

    private SharedGroups() {}

    static List<Group> all() {
        try {
            return List.of(new Group(
                    "processes", "locks in shared memory", new SharedSemaphoreScenario(), new SharedTokensScenario()));
        } catch (IOException e) {
            throw new UncheckedIOException("expected room in shared memory", e);
        }
    }
}
