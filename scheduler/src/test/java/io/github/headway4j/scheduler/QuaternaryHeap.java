// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A 4-ary heap by time, priority and insertion: slow, simple, and what {@link BucketQueue} must agree with. */
final class QuaternaryHeap<E extends TimedEntry> {

    private static final class Node<E extends TimedEntry> {
        private final E entry;
        private final long sequence;
        private int index;

        Node(E entry, long sequence) {
            this.entry = entry;
            this.sequence = sequence;
        }
    }

    private final Comparator<Node<E>> order = Comparator.<Node<E>>comparingLong(node -> node.entry.time)
            .thenComparingInt(node -> node.entry.priority)
            .thenComparingLong(node -> node.sequence);
    private final List<Node<E>> nodes = new ArrayList<>();
    private final Map<E, Node<E>> byEntry = new HashMap<>();
    private long sequence;

    int size() {
        return nodes.size();
    }

    void insert(E entry) {
        Node<E> node = new Node<>(entry, sequence++);
        byEntry.put(entry, node);
        nodes.add(node);
        siftUp(nodes.size() - 1, node);
    }

    E first() {
        return nodes.get(0).entry;
    }

    void remove(E entry) {
        Node<E> node = byEntry.remove(entry);
        Node<E> last = nodes.remove(nodes.size() - 1);
        if (last != node) {
            siftUp(node.index, last);
            siftDown(last.index, last);
        }
    }

    E get(int index) {
        return nodes.get(index).entry;
    }

    List<E> inOrder() {
        return nodes.stream().sorted(order).map(node -> node.entry).toList();
    }

    private void siftUp(int from, Node<E> node) {
        int i = from;
        while (i > 0 && order.compare(node, nodes.get((i - 1) >> 2)) < 0) {
            put(i, nodes.get((i - 1) >> 2));
            i = (i - 1) >> 2;
        }
        put(i, node);
    }

    private void siftDown(int from, Node<E> node) {
        int i = from;
        for (; ; ) {
            int least = -1;
            for (int child = 4 * i + 1; child <= 4 * i + 4 && child < nodes.size(); child++) {
                if (least < 0 || order.compare(nodes.get(child), nodes.get(least)) < 0) {
                    least = child;
                }
            }
            if (least < 0 || order.compare(node, nodes.get(least)) <= 0) {
                break;
            }
            put(i, nodes.get(least));
            i = least;
        }
        put(i, node);
    }

    private void put(int index, Node<E> node) {
        nodes.set(index, node);
        node.index = index;
    }

    @Override
    public String toString() {
        return Arrays.toString(nodes.stream().mapToLong(node -> node.entry.time).toArray());
    }
}
