// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A deque as the JDK knows it.
 *
 * @param name how it appears in the names of tests
 * @param full what it does with an element for which there is no room
 * @param creation makes a deque for so many elements; one that grows ignores the number
 */
record DequeSubject(String name, Full full, IntFunction<BlockingDeque<Integer>> creation) {

    /** What happens when there is no room. */
    enum Full {
        REFUSES,
        GROWS,
        EVICTS
    }

    /** All deques of this module, and one of the JDK's own, which keeps the tests honest. */
    static Stream<DequeSubject> all() {
        return Stream.of(
                new DequeSubject("bounded deque", Full.REFUSES, RingDeque::bounded),
                new DequeSubject("growing deque", Full.GROWS, ignored -> RingDeque.unbounded()),
                new DequeSubject("evicting deque", Full.EVICTS, RingDeque::evicting),
                new DequeSubject("JDK's LinkedBlockingDeque", Full.REFUSES, LinkedBlockingDeque::new));
    }

    /** Those that refuse, or wait, when they are full. */
    static Stream<DequeSubject> refusing() {
        return all().filter(subject -> subject.full == Full.REFUSES);
    }

    BlockingDeque<Integer> empty(int capacity) {
        return creation.apply(capacity);
    }

    /** A deque with the numbers from 1 to the given one, put in this order at its end. */
    BlockingDeque<Integer> filled(int size, int capacity) {
        BlockingDeque<Integer> deque = empty(capacity);
        IntStream.rangeClosed(1, size).forEach(deque::addLast);
        return deque;
    }

    @Override
    public String toString() {
        return name;
    }
}
