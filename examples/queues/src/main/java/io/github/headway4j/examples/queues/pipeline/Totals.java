// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.pipeline;

import java.util.List;

/**
 * What class files have, all in all.
 *
 * @param files how many files
 * @param methods how many methods that have code
 * @param bytes how many bytes of bytecode
 * @param largest the largest methods, the largest first
 */
public record Totals(int files, int methods, long bytes, List<MethodSize> largest) {
    /** Copies the list. */
    public Totals {
        largest = List.copyOf(largest);
    }
}
