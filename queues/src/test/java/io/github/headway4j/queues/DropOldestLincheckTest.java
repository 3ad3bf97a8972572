// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.testing.Model;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A full FIFO queue that drops its oldest element for a newcomer does both in one step. */
class DropOldestLincheckTest {

    /** Scenarios: many, as few operations are enough to see what is in between. */
    private static final int ITERATIONS = 5 * Model.ITERATIONS;

    static List<Class<?>> stores() {
        return List.of(One.class, Two.class);
    }

    @ParameterizedTest
    @MethodSource("stores")
    @DisplayName("Nobody sees the queue between the drop and the put, nor a shutdown there")
    void modelChecked(Class<?> store) {
        new ModelCheckingOptions()
                .iterations(ITERATIONS)
                .invocationsPerIteration(Model.INVOCATIONS)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(2)
                .actorsAfter(1)
                .sequentialSpecification(store == One.class ? SequentialOne.class : SequentialTwo.class)
                .check(store);
    }

    /** What a full queue is used for. */
    @Param(name = "element", gen = IntGen.class, conf = "1:3")
    public abstract static class Store {
        private final FifoTaskQueue<Integer> queue;

        Store(int capacity) {
            queue = FifoTaskQueue.bounded(
                    capacity, QueueOptions.<Integer>defaults().overflow(OverflowPolicy.DROP_OLDEST));
        }

        @Operation
        public boolean offer(@Param(name = "element") int element) {
            return queue.offer(element);
        }

        @Operation
        public Integer poll() {
            return queue.poll();
        }

        @Operation
        public boolean isEmpty() {
            return queue.isEmpty();
        }

        @Operation
        public String shutdownNow() {
            return queue.shutdownNow().toString();
        }
    }

    public static class One extends Store {
        public One() {
            super(1);
        }
    }

    public static class Two extends Store {
        public Two() {
            super(2);
        }
    }

    /** The same for one thread. */
    public abstract static class Sequential {
        private final ArrayDeque<Integer> elements = new ArrayDeque<>();
        private final int capacity;
        private boolean shut;

        Sequential(int capacity) {
            this.capacity = capacity;
        }

        public boolean offer(int element) {
            if (shut) {
                return false;
            }
            if (elements.size() == capacity) {
                elements.remove();
            }
            return elements.add(element);
        }

        public Integer poll() {
            return elements.poll();
        }

        public boolean isEmpty() {
            return elements.isEmpty();
        }

        public String shutdownNow() {
            String rest = new ArrayList<>(elements).toString();
            elements.clear();
            shut = true;
            return rest;
        }
    }

    public static class SequentialOne extends Sequential {
        public SequentialOne() {
            super(1);
        }
    }

    public static class SequentialTwo extends Sequential {
        public SequentialTwo() {
            super(2);
        }
    }
}
