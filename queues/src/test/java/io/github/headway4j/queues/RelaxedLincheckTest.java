// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@link RelaxedPriorityTaskQueue} under every interleaving that the model checker tries: everything but the order is
 * strict. So its specification is a number: all elements are equal, and which of them is taken does not show.
 */
class RelaxedLincheckTest {

    /** More than an empty heap has places. */
    private static final int LOOPS = 20;

    @ParameterizedTest
    @ValueSource(classes = {Elements.class, End.class})
    @DisplayName("What does not depend on the order is linearizable")
    void allButTheOrder(Class<?> operations) {
        new ModelCheckingOptions()
                .iterations(2 * Model.ITERATIONS)
                .invocationsPerIteration(Model.INVOCATIONS)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .loopIterationsBeforeThreadSwitch(LOOPS) // loops over a heap are not waiting
                .loopBound(10 * LOOPS)
                .sequentialSpecification(Count.class)
                .check(operations);
    }

    private static RelaxedPriorityTaskQueue<Integer> queue() {
        return RelaxedPriorityTaskQueue.bySmallestKey(
                e -> e, QueueOptions.<Integer>defaults().parker(new SemaphoreParker()));
    }

    /** Elements come and go. */
    public static class Elements {
        private final RelaxedPriorityTaskQueue<Integer> queue = queue();

        @Operation
        public boolean offer() {
            return queue.offer(1);
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
        public boolean isEmpty() {
            return queue.isEmpty();
        }

        @Operation
        public int drainTo() {
            return queue.drainTo(new ArrayList<>(), 1);
        }
    }

    /** The queue ends. */
    public static class End {
        private final RelaxedPriorityTaskQueue<Integer> queue = queue();

        @Operation
        public boolean offer() {
            return queue.offer(1);
        }

        @Operation
        public Integer poll() {
            return queue.poll();
        }

        @Operation
        public void shutdown() {
            queue.shutdown();
        }

        @Operation
        public boolean isShutdown() {
            return queue.isShutdown();
        }

        /** As {@code stats()} tells it. */
        @Operation
        public boolean momentIsShut() {
            return queue.moment().shut();
        }
    }

    /** The same for one thread. */
    public static class Count {
        private int size;
        private boolean shut;

        public boolean offer() {
            size += shut ? 0 : 1;
            return !shut;
        }

        public Integer poll() {
            if (size == 0) {
                return null;
            }
            size--;
            return 1;
        }

        public Integer peek() {
            return size > 0 ? 1 : null;
        }

        public boolean isEmpty() {
            return size == 0;
        }

        public int drainTo() {
            return poll() == null ? 0 : 1;
        }

        public void shutdown() {
            shut = true;
        }

        public boolean isShutdown() {
            return shut;
        }

        public boolean momentIsShut() {
            return shut;
        }
    }

    @Test
    @DisplayName("Two threads put before they take: neither is told that there is nothing, each element is taken once")
    void everyElement_isTakenOnce() {
        Model.check(() -> {
            RelaxedPriorityTaskQueue<Integer> queue = queue();
            List<Integer> theirs = new ArrayList<>();
            Thread other = start(() -> {
                queue.put(2);
                theirs.add(queue.poll());
            });
            queue.put(1);
            Integer mine = queue.poll();
            join(other);
            Integer its = theirs.get(0);
            expect(mine != null && its != null && mine + its == 3, "got " + mine + " and " + its);
            expect(queue.isEmpty(), "not empty");
        });
    }

    @Test
    @DisplayName(
            "A taker waits, an element comes, the queue ends: the element is taken or there, and the taker goes on")
    void taker_againstTheEnd() {
        Model.check(() -> {
            RelaxedPriorityTaskQueue<Integer> queue = queue();
            List<Integer> theirs = new ArrayList<>();
            Thread taker = start(() -> {
                try {
                    theirs.add(queue.take());
                } catch (QueueShutdownException ended) {
                    theirs.add(0);
                }
            });
            boolean put = queue.offer(1);
            queue.shutdown();
            join(taker);
            expect(put && theirs.get(0) == 1 && queue.isTerminated(), "taken " + theirs);
        });
    }
}
