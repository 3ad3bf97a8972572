// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.queues;

import java.util.ArrayList;
import java.util.List;

/** Planted bug: each change makes a new list from the one it has read, whatever the list is by then. */
final class CopyingQueue {

    private volatile List<Integer> elements;

    CopyingQueue(Integer... elements) {
        this.elements = List.of(elements);
    }

    int put(int element) {
        List<Integer> copy = new ArrayList<>(elements);
        copy.add(element);
        elements = copy;
        return 1;
    }

    /** 1 if removed, 0 if it was not there. */
    int remove(int element) {
        List<Integer> copy = new ArrayList<>(elements);
        boolean removed = copy.remove((Integer) element);
        elements = copy;
        return removed ? 1 : 0;
    }

    /** The element, or 0 if there is none. */
    int poll() {
        List<Integer> copy = new ArrayList<>(elements);
        int first = copy.isEmpty() ? 0 : copy.remove(0);
        elements = copy;
        return first;
    }
}
