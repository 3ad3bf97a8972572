// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.util.concurrent.atomic.AtomicLong;

/** The function of one map, which each worker gets once, before the first chunk that it maps. */
final class RemoteFunction {

    private static final AtomicLong NUMBERS = new AtomicLong();

    final long id = NUMBERS.incrementAndGet();
    final byte[] bytes;

    RemoteFunction(byte[] bytes) {
        this.bytes = bytes;
    }
}
