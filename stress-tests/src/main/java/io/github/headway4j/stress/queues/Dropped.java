// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import io.github.headway4j.queues.OverflowPolicy;
import io.github.headway4j.queues.QueueOptions;

/** What a queue has dropped that makes room by dropping. */
final class Dropped {

    private int elements;

    /** Of the queue. */
    QueueOptions<Integer> options() {
        return QueueOptions.<Integer>defaults()
                .overflow(OverflowPolicy.DROP_OLDEST)
                .onUndelivered(element -> elements = Calls.append(elements, element));
    }

    /** The elements, one digit each, or 0 if there are none. */
    int elements() {
        return elements;
    }
}
