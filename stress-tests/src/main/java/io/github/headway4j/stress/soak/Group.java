// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.util.List;

/**
 * Scenarios that share a round: few enough that threads meet in each of them.
 *
 * @param module the module that they are about
 * @param name what they are about, in a word or two
 * @param scenarios the scenarios
 */
record Group(String module, String name, List<Scenario> scenarios) {

    Group(String module, String name, Scenario... scenarios) {
        this(module, name, List.of(scenarios));
    }
}
