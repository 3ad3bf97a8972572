// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ordered queues, but for waiting, are linearizable under every interleaving that the model checker tries. */
class OrderedQueuesLincheckTest {

    /** More than an empty heap has places. */
    private static final int LOOPS = 20;

    @ParameterizedTest
    @ValueSource(classes = {Lifo.class, ByKey.class, ByComparator.class})
    @DisplayName("offer, poll, peek, remove, clear, the end")
    void oneByOne(Class<?> operations) {
        check(operations);
    }

    @ParameterizedTest
    @ValueSource(classes = {LifoBatches.class, ByKeyBatches.class, ByComparatorBatches.class})
    @DisplayName("Batches, drainTo, removeIf, Iterator.remove")
    void batches(Class<?> operations) {
        check(operations);
    }

    @ParameterizedTest
    @ValueSource(classes = {DequeEnds.class, DequeMiddle.class})
    @DisplayName("Both ends and the middle of a deque, and its end")
    void ringDeque(Class<?> operations) {
        check(operations);
    }

    private static void check(Class<?> operations) {
        new ModelCheckingOptions()
                .iterations(3 * Model.ITERATIONS / 2)
                .invocationsPerIteration(Model.INVOCATIONS)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(1)
                .loopIterationsBeforeThreadSwitch(LOOPS) // loops over a heap are not waiting
                .loopBound(10 * LOOPS)
                .check(operations);
    }

    // ---- one by one ----

    /** The operations that all queues have. */
    @Param(name = "e", gen = IntGen.class, conf = "1:3")
    public abstract static class Operations {
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
        public boolean remove(@Param(name = "e") int e) {
            return queue.remove((Object) e);
        }

        @Operation
        public String clear() {
            return Arrays.toString(queue.takeAll(false));
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
            super(LifoTaskQueue.bounded(2, options()));
        }
    }

    /** Two fit. */
    public static class ByKey extends Operations {
        public ByKey() {
            super(PriorityTaskQueue.bySmallestKey(2, e -> e, options()));
        }
    }

    /** Two fit. */
    public static class ByComparator extends Operations {
        public ByComparator() {
            super(PriorityTaskQueue.bounded(2, (a, b) -> Integer.compare(a, b), options()));
        }
    }

    // ---- several at a time ----

    /** What puts, takes or removes several. */
    @Param(name = "e", gen = IntGen.class, conf = "1:3")
    public abstract static class Batches {
        private final BlockingTaskQueue<Integer> queue;

        Batches(BlockingTaskQueue<Integer> queue) {
            this.queue = queue;
        }

        @Operation
        public int putTwo(@Param(name = "e") int e) {
            Object[] some = {9, e, e + 1};
            return queue.tryPutSome(some, queue.keysOf(some), 1);
        }

        /** Of one element, as others may come between several. */
        @Operation
        public String putAll(@Param(name = "e") int e) {
            try {
                queue.putAll(List.of(e));
                return "put";
            } catch (QueueFullException full) {
                return "full " + full.undelivered();
            } catch (QueueShutdownException shut) {
                return "shut " + shut.undelivered();
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        }

        @Operation
        public Integer poll() {
            return queue.poll();
        }

        @Operation
        public String takeTwo() {
            Object[] sink = new Object[2];
            return queue.tryTakeSome(sink, 2) + " " + Arrays.toString(sink);
        }

        @Operation
        public String drainTo() {
            List<Integer> sink = new ArrayList<>();
            return queue.drainTo(sink, 1) + " " + sink;
        }

        @Operation
        public boolean removeIf(@Param(name = "e") int e) {
            return queue.removeIf(element -> element == e);
        }

        /** Returns nothing, since an iterator is over one moment and removes in another. */
        @Operation
        public void removeByIterator(@Param(name = "e") int e) {
            for (Iterator<Integer> iterator = queue.iterator(); iterator.hasNext(); ) {
                if (iterator.next() == e) {
                    iterator.remove();
                    return;
                }
            }
        }

        @Operation
        public String elements() {
            return Arrays.toString(queue.toArray());
        }

        @Operation
        public void shutdown() {
            queue.shutdown();
        }
    }

    /** The pauses of a thread that looks again are an endless loop to the model checker. */
    private static QueueOptions<Integer> options() {
        return QueueOptions.<Integer>defaults().parker(new SemaphoreParker());
    }

    /** So that nothing waits. */
    private static QueueOptions<Integer> refusing() {
        return options().overflow(OverflowPolicy.FAIL);
    }

    /** Three fit. */
    public static class LifoBatches extends Batches {
        public LifoBatches() {
            super(LifoTaskQueue.bounded(3, refusing()));
        }
    }

    /** Three fit. */
    public static class ByKeyBatches extends Batches {
        public ByKeyBatches() {
            super(PriorityTaskQueue.bySmallestKey(3, e -> e, refusing()));
        }
    }

    /** Three fit. */
    public static class ByComparatorBatches extends Batches {
        public ByComparatorBatches() {
            super(PriorityTaskQueue.bounded(3, (a, b) -> Integer.compare(a, b), refusing()));
        }
    }

    // ---- the deque ----

    /** Both ends, and the end of all. Two fit. */
    @Param(name = "e", gen = IntGen.class, conf = "1:3")
    public static class DequeEnds {
        private final RingDeque<Integer> deque = RingDeque.bounded(2, options());

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
        public Integer peekFirst() {
            return deque.peekFirst();
        }

        @Operation
        public Integer peekLast() {
            return deque.peekLast();
        }

        @Operation
        public void clear() {
            deque.clear();
        }

        @Operation
        public void shutdown() {
            deque.shutdown();
        }

        @Operation
        public String shutdownNow() {
            return deque.shutdownNow().toString();
        }
    }

    /** Indices, occurrences and the order. Three fit. */
    @Param(name = "e", gen = IntGen.class, conf = "1:3")
    @Param(name = "i", gen = IntGen.class, conf = "0:2")
    public static class DequeMiddle {
        private final RingDeque<Integer> deque = RingDeque.bounded(3, options());

        /** A call with an index. */
        private interface Indexed {
            Object call();
        }

        private static String orWhyNot(Indexed call) {
            try {
                return "" + call.call();
            } catch (IndexOutOfBoundsException e) {
                return "no such index";
            } catch (QueueFullException e) {
                return "full";
            } catch (QueueShutdownException e) {
                return "shut";
            }
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
        public String insert(@Param(name = "i") int i, @Param(name = "e") int e) {
            return orWhyNot(() -> {
                deque.insert(i, e);
                return "inserted";
            });
        }

        @Operation
        public String get(@Param(name = "i") int i) {
            return orWhyNot(() -> deque.get(i));
        }

        @Operation
        public String set(@Param(name = "i") int i, @Param(name = "e") int e) {
            return orWhyNot(() -> deque.set(i, e));
        }

        @Operation
        public String removeAt(@Param(name = "i") int i) {
            return orWhyNot(() -> deque.removeAt(i));
        }

        @Operation
        public boolean removeFirstOccurrence(@Param(name = "e") int e) {
            return deque.removeFirstOccurrence(e);
        }

        @Operation
        public boolean removeLastOccurrence(@Param(name = "e") int e) {
            return deque.removeLastOccurrence(e);
        }

        @Operation
        public int indexOf(@Param(name = "e") int e) {
            return deque.indexOf(e);
        }

        @Operation
        public void rotate() {
            deque.rotate(1);
        }

        @Operation
        public void reverse() {
            deque.reverse();
        }

        @Operation
        public void shutdown() {
            deque.shutdown();
        }
    }
}
