// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stores of {@link FifoTaskQueue}, and their blocking forms, under the interleavings that the checker tries. */
class FifoLincheckTest {

    static List<Class<?>> stores() {
        return List.of(One.class, Two.class, Three.class, Unbounded.class);
    }

    @ParameterizedTest
    @MethodSource("stores")
    @DisplayName("Everything that does not wait is linearizable, in the model")
    void modelChecked(Class<?> store) {
        new ModelCheckingOptions()
                .iterations(2 * Model.ITERATIONS) // there are many operations
                .invocationsPerIteration(Model.INVOCATIONS)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(1)
                .sequentialSpecification(specificationOf(store))
                .check(store);
    }

    @ParameterizedTest
    @MethodSource("stores")
    @DisplayName("Everything that does not wait is linearizable, on the machine")
    void stressed(Class<?> store) {
        new StressOptions()
                .iterations(Math.max(1, Model.ITERATIONS / 2))
                .invocationsPerIteration(Model.INVOCATIONS)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(1)
                .sequentialSpecification(specificationOf(store))
                .check(store);
    }

    private static Class<?> specificationOf(Class<?> store) {
        return store == One.class
                ? SequentialOne.class
                : store == Two.class
                        ? SequentialTwo.class
                        : store == Three.class ? SequentialThree.class : SequentialUnbounded.class;
    }

    /** The operations that never wait. */
    @Param(name = "element", gen = IntGen.class, conf = "1:3")
    public abstract static class Store {
        private final FifoTaskQueue<Integer> queue;

        Store(FifoTaskQueue<Integer> queue) {
            this.queue = queue;
        }

        @Operation
        public int put(@Param(name = "element") int element) {
            return queue.tryPut(element);
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
        public Integer peek() {
            return queue.peek();
        }

        @Operation
        public int size() {
            return queue.size();
        }

        @Operation
        public boolean remove(@Param(name = "element") int element) {
            return queue.remove((Object) element);
        }

        /** Returns nothing, since an iterator is over one moment and removes in another. */
        @Operation
        public void removeByIterator(@Param(name = "element") int element) {
            for (Iterator<Integer> iterator = queue.iterator(); iterator.hasNext(); ) {
                if (iterator.next() == element) {
                    iterator.remove();
                    return;
                }
            }
        }

        @Operation
        public boolean removeIf(@Param(name = "element") int element) {
            return queue.removeIf(e -> e == element);
        }

        @Operation
        public void clear() {
            queue.clear();
        }

        @Operation
        public String takeSome() {
            Object[] sink = new Object[1];
            return queue.tryTakeSome(sink, 1) == 0 ? "none" : "" + sink[0];
        }

        @Operation
        public String drainTo() {
            List<Integer> sink = new ArrayList<>();
            return queue.drainTo(sink, 1) + " " + sink;
        }

        /** Of one element, as others may come between several. */
        @Operation
        public String putAll(@Param(name = "element") int element) {
            try {
                queue.putAll(List.of(element));
                return "put";
            } catch (QueueFullException e) {
                return "full " + e.undelivered();
            } catch (QueueShutdownException e) {
                return "shut " + e.undelivered();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Operation
        public String iterator() {
            List<Integer> seen = new ArrayList<>();
            queue.iterator().forEachRemaining(seen::add);
            return seen.toString();
        }

        @Operation
        public boolean isShutdown() {
            return queue.isShutdown();
        }

        @Operation
        public void shutdown() {
            queue.shutdown();
        }

        @Operation
        public String shutdownNow() {
            return queue.shutdownNow().toString();
        }
    }

    /** So that nothing waits. */
    private static QueueOptions<Integer> refusing() {
        return QueueOptions.<Integer>defaults().overflow(OverflowPolicy.FAIL);
    }

    public static class One extends Store {
        public One() {
            super(FifoTaskQueue.bounded(1, refusing()));
        }
    }

    public static class Two extends Store {
        public Two() {
            super(FifoTaskQueue.bounded(2, refusing()));
        }
    }

    public static class Three extends Store {
        public Three() {
            super(FifoTaskQueue.bounded(3, refusing()));
        }
    }

    /** Segments of two slots, beginning with the second. */
    public static class Unbounded extends Store {
        public Unbounded() {
            super(new UnboundedFifo<>(refusing(), 1L, 1));
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

        public int put(int element) {
            if (shut) {
                return QueueCore.SHUT;
            }
            if (elements.size() == capacity) {
                return QueueCore.FULL;
            }
            elements.add(element);
            return QueueCore.PUT;
        }

        public boolean offer(int element) {
            return put(element) == QueueCore.PUT;
        }

        public Integer poll() {
            return elements.poll();
        }

        public Integer peek() {
            return elements.peek();
        }

        public int size() {
            return elements.size();
        }

        public boolean remove(int element) {
            return elements.remove((Object) element);
        }

        public void removeByIterator(int element) {
            elements.remove((Object) element);
        }

        public boolean removeIf(int element) {
            return elements.removeIf(e -> e == element);
        }

        public void clear() {
            elements.clear();
        }

        public String takeSome() {
            Integer element = elements.poll();
            return element == null ? "none" : "" + element;
        }

        public String drainTo() {
            Integer element = elements.poll();
            return element == null ? "0 []" : "1 [" + element + "]";
        }

        public String putAll(int element) {
            int result = put(element);
            return result == QueueCore.PUT ? "put" : (result == QueueCore.FULL ? "full [" : "shut [") + element + "]";
        }

        public String iterator() {
            return new ArrayList<>(elements).toString();
        }

        public boolean isShutdown() {
            return shut;
        }

        public void shutdown() {
            shut = true;
        }

        public String shutdownNow() {
            String rest = iterator();
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

    public static class SequentialThree extends Sequential {
        public SequentialThree() {
            super(3);
        }
    }

    public static class SequentialUnbounded extends Sequential {
        public SequentialUnbounded() {
            super(Integer.MAX_VALUE);
        }
    }

    // ---- blocking forms; a lost wake-up shows as a hang, as SemaphoreParker never wakes for no reason ----

    private static <E> QueueOptions<E> options() {
        return QueueOptions.<E>defaults().parker(new SemaphoreParker());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("Two putters against one taker: everything arrives, everybody goes on")
    void twoPutters_oneTaker(int capacity) {
        Model.check(() -> {
            FifoTaskQueue<Integer> queue = FifoTaskQueue.bounded(capacity, options());
            Thread first = start(() -> queue.put(1));
            Thread second = start(() -> queue.put(2));
            int sum = queue.take() + queue.take();
            join(first, second);
            expect(sum == 3 && queue.size() == 0, "sum " + sum + ", size " + queue.size());
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("Two takers against one batch: both wake")
    void oneBatch_wakesTwoTakers(boolean bounded) {
        Model.check(() -> {
            FifoTaskQueue<Integer> queue =
                    bounded ? FifoTaskQueue.bounded(2, options()) : new UnboundedFifo<>(options(), 1L, 1);
            AtomicInteger sum = new AtomicInteger();
            Thread first = start(() -> sum.addAndGet(queue.take()));
            Thread second = start(() -> sum.addAndGet(queue.take()));
            queue.putAll(List.of(1, 2));
            join(first, second);
            expect(sum.get() == 3 && queue.size() == 0, "sum " + sum.get());
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("A shutdown against a waiting taker and a put: the element is taken or refused, the taker goes on")
    void shutdown_losesNothing(boolean bounded) {
        Model.check(() -> {
            FifoTaskQueue<Integer> queue =
                    bounded ? FifoTaskQueue.bounded(1, options()) : new UnboundedFifo<>(options(), 1L, 1);
            AtomicInteger put = new AtomicInteger();
            AtomicInteger taken = new AtomicInteger();
            Thread taker = start(() -> {
                try {
                    taken.set(queue.take());
                } catch (QueueShutdownException e) {
                    taken.set(0);
                }
            });
            Thread putter = start(() -> {
                try {
                    queue.put(1);
                    put.set(1);
                } catch (QueueShutdownException e) {
                    put.set(0);
                }
            });
            queue.shutdown();
            join(taker, putter);
            expect(put.get() == taken.get(), put.get() + " put, " + taken.get() + " taken");
        });
    }

    @Test
    @DisplayName("A removal from a full queue lets a waiting putter go on")
    void removal_wakesPutter() {
        Model.check(() -> {
            FifoTaskQueue<Integer> queue = FifoTaskQueue.bounded(1, options());
            queue.offer(1);
            Thread putter = start(() -> queue.put(2));
            queue.clear();
            join(putter);
            expect(queue.size() == 1, "size " + queue.size());
        });
    }
}
