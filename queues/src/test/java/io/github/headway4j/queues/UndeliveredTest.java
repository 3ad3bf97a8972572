// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndeliveredTest {

    @Test
    void withoutAHandler_elementsAreCountedAndNotHeld() {
        Undelivered<Object> undelivered = new Undelivered<>(null);
        WeakReference<Object> dropped = new WeakReference<>(addOne(undelivered));
        Retention.awaitCleared(dropped);
        assertThat(undelivered.size()).isOne();
        undelivered.tell();
    }

    private static Object addOne(Undelivered<Object> undelivered) {
        Object element = new Object();
        undelivered.add(element);
        return element;
    }

    @Test
    void handler_hearsOfEachOnce() {
        List<Object> told = new ArrayList<>();
        Undelivered<Object> undelivered = new Undelivered<>(told::add);
        undelivered.add(1);
        undelivered.add(2);
        undelivered.tell();
        assertThat(told).containsExactly(1, 2);
        assertThat(undelivered.size()).isEqualTo(2);
    }
}
