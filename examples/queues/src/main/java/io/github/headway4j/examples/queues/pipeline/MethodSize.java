// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.pipeline;

import java.util.Comparator;

/**
 * A method and the size of its code. The largest come first; among equals the alphabet decides, so that the order is
 * the same whoever comes first.
 *
 * @param bytes how many bytes of bytecode it has
 * @param method class, name and descriptor
 */
public record MethodSize(int bytes, String method) implements Comparable<MethodSize> {
    private static final Comparator<MethodSize> ORDER =
            Comparator.comparingInt(MethodSize::bytes).reversed().thenComparing(MethodSize::method);

    @Override
    public int compareTo(MethodSize other) {
        return ORDER.compare(this, other);
    }
}
