// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What queues have in common, under the interleavings that the checker tries: tasks, interrupts, the end, selecting. */
class QueueLincheckTest {

    /** Fewer for each, as there are several queues. */
    private static final int INVOCATIONS = Math.max(1, Model.INVOCATIONS / 3);

    private static QueueOptions<Integer> options() {
        return QueueOptions.<Integer>defaults().parker(new SemaphoreParker());
    }

    /** A queue with room for one. */
    private record Kind(String name, Maker maker) {

        @FunctionalInterface
        interface Maker {
            BlockingTaskQueue<Integer> make(QueueOptions<Integer> options);
        }

        BlockingTaskQueue<Integer> make() {
            return maker.make(options());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** One queue of each way to guard a store. */
    static Stream<Kind> bounded() {
        return Stream.of(
                new Kind("FIFO", options -> FifoTaskQueue.bounded(1, options)),
                new Kind("LIFO", options -> LifoTaskQueue.bounded(1, options)));
    }

    static Stream<Kind> all() {
        return Stream.concat(
                bounded(),
                Stream.of(
                        new Kind("growing FIFO", options -> new UnboundedFifo<>(options, 0L, 1)),
                        new Kind("relaxed", options -> RelaxedPriorityTaskQueue.bySmallestKey(e -> e, options))));
    }

    // ---- tasks ----

    @ParameterizedTest
    @ValueSource(classes = {FifoTasks.class, LifoTasks.class})
    @DisplayName("taskDone and join are linearizable with puts and with each other")
    void tasks(Class<?> operations) {
        new ModelCheckingOptions()
                .iterations(2 * Model.ITERATIONS)
                .invocationsPerIteration(Model.INVOCATIONS)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(2)
                .check(operations);
    }

    /** What counts tasks. A poll would be another step than its task. */
    public abstract static class Tasks {
        private final BlockingTaskQueue<Integer> queue;

        Tasks(BlockingTaskQueue<Integer> queue) {
            this.queue = queue;
        }

        @Operation
        public boolean offer() {
            return queue.offer(1);
        }

        @Operation
        public boolean taskDone() {
            try {
                queue.taskDone();
                return true;
            } catch (IllegalStateException tooMany) {
                return false;
            }
        }

        @Operation
        public boolean join() {
            try {
                return queue.join(Duration.ZERO);
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        }
    }

    public static class FifoTasks extends Tasks {
        public FifoTasks() {
            super(FifoTaskQueue.bounded(2, options()));
        }
    }

    public static class LifoTasks extends Tasks {
        public LifoTasks() {
            super(LifoTaskQueue.bounded(2, options()));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("join against two workers: it returns when both are done, not before")
    void join_againstTwoWorkers(Kind kind) {
        Model.check(INVOCATIONS, () -> {
            BlockingTaskQueue<Integer> queue = kind.make();
            queue.put(1);
            AtomicInteger done = new AtomicInteger();
            Model.Body work = () -> {
                if (queue.take() == 1) {
                    queue.put(2); // before its own is done
                }
                done.incrementAndGet();
                queue.taskDone();
            };
            Thread worker = start(work);
            Thread other = start(work);
            queue.join();
            expect(done.get() == 2, "joined after " + done.get());
            join(worker, other);
        });
    }

    // ---- interrupts ----

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("An interrupt of a taker against a put: the element is taken or there, and the other taker goes on")
    void interruptOfATaker_againstAPut(Kind kind) {
        Model.check(INVOCATIONS, () -> {
            BlockingTaskQueue<Integer> queue = kind.make();
            boolean[] had = new boolean[1];
            Thread leaver = start(() -> {
                try {
                    queue.take();
                    had[0] = true;
                } catch (InterruptedException e) {
                    had[0] = false;
                }
            });
            Thread stayer = start(() -> queue.take());
            leaver.interrupt();
            queue.put(1);
            join(leaver);
            if (had[0]) {
                queue.put(1);
            }
            join(stayer);
            expect(
                    queue.isEmpty() && queue.stats().waitingTakers() == 0,
                    queue.stats().toString());
        });
    }

    @ParameterizedTest
    @MethodSource("bounded")
    @DisplayName("An interrupt of a putter against a take: put or not, and the other putter goes on")
    void interruptOfAPutter_againstATake(Kind kind) {
        Model.check(INVOCATIONS, () -> {
            BlockingTaskQueue<Integer> queue = kind.make();
            queue.put(1);
            AtomicInteger leavers = new AtomicInteger();
            Thread leaver = start(() -> {
                try {
                    queue.put(2);
                    leavers.incrementAndGet();
                    queue.poll(); // had its room: hands on
                } catch (InterruptedException e) {
                    // has put nothing
                }
            });
            Thread stayer = start(() -> queue.put(4));
            leaver.interrupt();
            queue.take();
            join(leaver, stayer);
            QueueStats stats = queue.stats();
            expect(stats.put() == 2L + leavers.get() && stats.size() == 1, stats.toString());
        });
    }

    @ParameterizedTest
    @MethodSource("bounded")
    @DisplayName("An interrupt of a batch against takes: what was not put is handed back, all else was put")
    void interruptOfABatch_againstTakes(Kind kind) {
        Model.check(INVOCATIONS, () -> {
            BlockingTaskQueue<Integer> queue = kind.make();
            List<Object> back = new ArrayList<>();
            Thread putter = start(() -> {
                try {
                    queue.putAll(List.of(1, 2, 4));
                } catch (PutInterruptedException e) {
                    back.addAll(e.undelivered());
                }
            });
            List<Integer> taken = new ArrayList<>();
            Thread taker = start(() -> {
                for (int i = 0; i < 2; i++) {
                    Integer element = queue.poll();
                    if (element != null) {
                        taken.add(element);
                    }
                }
            });
            putter.interrupt();
            join(taker);
            queue.drainTo(taken);
            join(putter);
            List<Object> all = new ArrayList<>(taken);
            all.addAll(queue);
            all.addAll(back);
            expect(all.equals(List.of(1, 2, 4)), "taken and left, then handed back: " + all);
        });
    }

    // ---- the end ----

    /** The relaxed queue hands back by copying its heaps, in loops that the checker takes for waiting. */
    static Stream<Kind> strict() {
        return all().filter(kind -> !kind.name.equals("relaxed"));
    }

    @ParameterizedTest
    @MethodSource("strict")
    @DisplayName("shutdownNow against a put and a waiting taker: the element is taken, handed back or refused, once")
    void shutdownNow_losesNothing(Kind kind) {
        Model.check(INVOCATIONS, () -> {
            BlockingTaskQueue<Integer> queue = kind.make();
            int[] put = new int[1];
            int[] taken = new int[1];
            Thread taker = start(() -> {
                try {
                    taken[0] = queue.take();
                } catch (QueueShutdownException e) {
                    taken[0] = 0;
                }
            });
            Thread putter = start(() -> {
                try {
                    queue.put(1);
                    put[0] = 1;
                } catch (QueueShutdownException e) {
                    put[0] = 0;
                }
            });
            List<Integer> back = queue.shutdownNow();
            join(taker, putter);
            expect(put[0] == taken[0] + back.size(), put[0] + " put, " + taken[0] + " taken, back " + back);
            expect(queue.isTerminated(), "not terminated");
        });
    }

    @ParameterizedTest
    @MethodSource("bounded")
    @DisplayName("A shutdown against a waiting putter and a take: put or refused, and nobody waits for ever")
    void shutdown_againstAWaitingPutter(Kind kind) {
        Model.check(INVOCATIONS, () -> {
            BlockingTaskQueue<Integer> queue = kind.make();
            queue.put(1);
            int[] put = new int[1];
            Thread putter = start(() -> {
                try {
                    queue.put(2);
                    put[0] = 1;
                } catch (QueueShutdownException e) {
                    put[0] = 0;
                }
            });
            Thread taker = start(queue::poll);
            queue.shutdown();
            join(putter, taker);
            QueueStats stats = queue.stats();
            expect(stats.put() == 1L + put[0] && stats.shutdown(), put[0] + " said to be put: " + stats);
        });
    }

    // ---- several queues ----

    @Test
    @DisplayName("Two queues, one who waits for both, one put into each: the first is taken, the other stays")
    void select_againstAPutIntoEach() {
        Model.check(INVOCATIONS, () -> {
            FifoTaskQueue<Integer> one = FifoTaskQueue.bounded(1, options());
            LifoTaskQueue<Integer> two = LifoTaskQueue.bounded(1, options());
            int[] got = new int[1];
            Thread selector = start(() -> got[0] = TaskQueues.takeAny(one, two));
            Thread putter = start(() -> one.put(1));
            two.put(2);
            join(selector, putter);
            expect(got[0] + one.size() + 2 * two.size() == 3, "got " + got[0]);
            expect(one.stats().waitingTakers() + two.stats().waitingTakers() == 0, "a trace is left");
        });
    }

    @Test
    @DisplayName("An interrupt of one who waits for two queues, against a put: a taker of that queue goes on")
    void interruptOfASelector_againstAPut() {
        Model.check(INVOCATIONS, () -> {
            FifoTaskQueue<Integer> one = FifoTaskQueue.bounded(1, options());
            FifoTaskQueue<Integer> two = FifoTaskQueue.bounded(1, options());
            boolean[] had = new boolean[1];
            Thread leaver = start(() -> {
                try {
                    TaskQueues.takeAny(one, two);
                    had[0] = true;
                } catch (InterruptedException e) {
                    had[0] = false;
                }
            });
            Thread stayer = start(two::take);
            leaver.interrupt();
            two.put(1);
            join(leaver);
            if (had[0]) {
                two.put(2);
            }
            join(stayer);
            expect(two.size() == 0, "left: " + two.size());
        });
    }

    @Test
    @DisplayName("The end of two queues against one who waits for both: told when the second has ended")
    void select_againstTheEndOfBoth() {
        Model.check(INVOCATIONS, () -> {
            FifoTaskQueue<Integer> one = FifoTaskQueue.bounded(1, options());
            LifoTaskQueue<Integer> two = LifoTaskQueue.bounded(1, options());
            boolean[] told = new boolean[1];
            Thread selector = start(() -> {
                try {
                    TaskQueues.takeAny(one, two);
                } catch (QueueShutdownException e) {
                    told[0] = one.isShutdown() && two.isShutdown();
                }
            });
            Thread other = start(one::shutdown);
            two.shutdown();
            join(selector, other);
            expect(told[0], "not told, or too early");
        });
    }
}
