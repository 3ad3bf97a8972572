// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.primitives.LockedSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;

/** Sets for several threads. */
public enum SetImplementation {
    HEADWAY(LockedSet::new),
    KEY_SET(ConcurrentHashMap::newKeySet),
    SYNCHRONIZED_SET(() -> Collections.synchronizedSet(new HashSet<>())),
    COPY_ON_WRITE(CopyOnWriteArraySet::new);

    @SuppressWarnings("ImmutableEnumChecker") // a function without a state
    private final Supplier<Set<Integer>> creation;

    SetImplementation(Supplier<Set<Integer>> creation) {
        this.creation = creation;
    }

    Set<Integer> create() {
        return creation.get();
    }
}
