// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The ordered queues, but for waiting, are linearizable under every interleaving that the model checker tries. */
class OrderedQueuesLincheckTest {

    private static final int SCENARIOS = Integer.getInteger("headway.lincheck.scenarios", 30);
    private static final int INVOCATIONS = Integer.getInteger("headway.lincheck.invocations", 250);

    private static void check(Class<?> operations) {
        new ModelCheckingOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(INVOCATIONS)
                .threads(2)
                .actorsPerThread(3)
                .check(operations);
    }

    @Test
    @DisplayName("LIFO: offer, poll, remove, clear, the end")
    void lifo() {
        check(Lifo.class);
    }

    @Test
    @DisplayName("Priority by key")
    void byKey() {
        check(ByKey.class);
    }

    @Test
    @DisplayName("Priority by comparator")
    void byComparator() {
        check(ByComparator.class);
    }

    @Test
    @DisplayName("Both ends and the middle of a deque")
    void ringDeque() {
        check(Deque.class);
    }

    /** The operations that all queues have. */
    @Param(name = "e", gen = IntGen.class, conf = "1:3")
    abstract static class Operations {
        private final BlockingTaskQueue<Integer> queue;

        Operations(BlockingTaskQueue<Integer> queue) {
            this.queue = queue;
        }

        @Operation
        public boolean offer(@Param(name = "e") int e) {
            return queue.offer(e);
        }

        @Operation
        public Integer poll() {
            return queue.poll();
        }

        @Operation
        public Integer peek() {
            return queue.peek();
        }

        @Operation
        public int size() {
            return queue.size();
        }

        @Operation
        public String clear() {
            return java.util.Arrays.toString(queue.takeAll(false));
        }

        @Operation
        public void shutdown() {
            queue.shutdown();
        }

        @Operation
        public String shutdownNow() {
            return queue.shutdownNow().toString();
        }

        @Operation
        public boolean isShutdown() {
            return queue.isShutdown();
        }
    }

    /** Two fit. */
    public static class Lifo extends Operations {
        public Lifo() {
            super(LifoTaskQueue.bounded(2));
        }
    }

    /** Two fit. */
    public static class ByKey extends Operations {
        public ByKey() {
            super(PriorityTaskQueue.bySmallestKey(2, e -> e));
        }
    }

    /** Two fit. */
    public static class ByComparator extends Operations {
        public ByComparator() {
            super(PriorityTaskQueue.bounded(2, (a, b) -> Integer.compare(a, b)));
        }
    }

    /** Two fit. */
    @Param(name = "e", gen = IntGen.class, conf = "1:3")
    public static class Deque {
        private final RingDeque<Integer> deque = RingDeque.bounded(2);

        @Operation
        public boolean offerFirst(@Param(name = "e") int e) {
            return deque.offerFirst(e);
        }

        @Operation
        public boolean offerLast(@Param(name = "e") int e) {
            return deque.offerLast(e);
        }

        @Operation
        public Integer pollFirst() {
            return deque.pollFirst();
        }

        @Operation
        public Integer pollLast() {
            return deque.pollLast();
        }

        @Operation
        public Integer peekLast() {
            return deque.peekLast();
        }

        @Operation
        public void rotate() {
            deque.rotate(1);
        }

        @Operation
        public String shutdownNow() {
            return deque.shutdownNow().toString();
        }
    }
}
