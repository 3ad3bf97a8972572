// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

/** The stores behind the ordered queues, where a queue does not show what they do. */
class OrderedStoresTest {

    private static final int PEAK = 100_000;

    private final Object[] elements = new Object[PEAK];

    private Integer element(int i) {
        Integer element = i;
        elements[i] = element;
        return element;
    }

    private Chosen most() {
        boolean[] goes = new boolean[PEAK];
        Arrays.fill(goes, 4, PEAK, true);
        return Chosen.among(elements, goes);
    }

    @Test
    void circularArray_peakRemovedAtOnce_isGivenBack() {
        CircularArray items = new CircularArray();
        for (int i = 0; i < PEAK; i++) {
            items.addLast(element(i), i);
        }
        assertThat(items.removeChosen(most(), false, PEAK)).isEqualTo(PEAK - 4);
        assertThat(items.length()).isEqualTo(16);
        assertThat(items.toArray(4)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void keyHeap_peakRemovedAtOnce_isGivenBack() {
        KeyHeap heap = new KeyHeap();
        for (int i = 0; i < PEAK; i++) {
            heap.insert(i, element(i), i);
        }
        assertThat(heap.removeChosen(most(), PEAK)).isEqualTo(PEAK - 4);
        assertThat(heap.length()).isEqualTo(16);
        heap.insert(2, 9, 4);
        assertThat(heap.drain(new Object[5])).containsExactly(0, 1, 2, 9, 3);
    }

    @Test
    void keyHeap_peakTakenOneByOne_isGivenBack() {
        KeyHeap heap = new KeyHeap();
        for (int i = 0; i < PEAK; i++) {
            heap.insert(-i, element(i), i);
        }
        for (int i = PEAK; i > 4; i--) {
            assertThat(heap.removeFirst(i)).isEqualTo(i - 1);
        }
        assertThat(heap.length()).isEqualTo(16);
        assertThat(heap.drain(new Object[4])).containsExactly(3, 2, 1, 0);
    }

    @Test
    void comparatorHeap_peakRemovedAtOnce_isGivenBack() {
        ComparatorHeap<Integer> heap = new ComparatorHeap<>(Comparator.<Integer>naturalOrder());
        for (int i = 0; i < PEAK; i++) {
            heap.insert(element(i), i);
        }
        assertThat(heap.removeChosen(most(), PEAK)).isEqualTo(PEAK - 4);
        assertThat(heap.length()).isEqualTo(16);
        heap.insert(2, 4);
        assertThat(heap.drain(new Object[5])).containsExactly(0, 1, 2, 2, 3);
    }

    @Test
    void comparatorHeap_peakTakenOneByOne_isGivenBack() {
        ComparatorHeap<Integer> heap = new ComparatorHeap<>(Comparator.<Integer>reverseOrder());
        for (int i = 0; i < PEAK; i++) {
            heap.insert(i, i);
        }
        for (int i = PEAK; i > 4; i--) {
            assertThat(heap.removeFirst(i)).isEqualTo(i - 1);
        }
        assertThat(heap.length()).isEqualTo(16);
        assertThat(heap.drain(new Object[4])).containsExactly(3, 2, 1, 0);
    }
}
