// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * No element is lost and none is doubled: several threads put, take, remove, are interrupted, run out of time, and the
 * queue is shut down at some moment. Afterwards each element whose put returned is with exactly one who took it, removed
 * it, or got it back.
 */
class QueueAccountingTest {

    private static final int ROUNDS = 8;
    private static final int PUTS = 300;
    private static final Duration SHORT = Duration.ofNanos(20_000);

    @EachThreadKind
    @Python("A42")
    void everyElement_isSomewhereOnce(ThreadKind kind) {
        QueueKind.all().forEach(queues -> {
            for (int round = 0; round < ROUNDS; round++) {
                new Scene(queues, kind, round).play();
            }
        });
    }

    /** One queue and those who use it. */
    private static final class Scene {
        private final QueueKind queues;
        private final ThreadKind kind;
        private final int round;
        private final TaskQueue<Integer> queue;
        private final ConcurrentLinkedQueue<Integer> undelivered = new ConcurrentLinkedQueue<>();
        private final List<Integer> handedBack = new ArrayList<>();
        private int removed;

        Scene(QueueKind queues, ThreadKind kind, int round) {
            this.queues = queues;
            this.kind = kind;
            this.round = round;
            queue = queues.bounded(
                    1 + round % 4, QueueOptions.<Integer>defaults().onUndelivered(undelivered::add));
        }

        void play() {
            List<TestThread<List<Integer>>> putters = new ArrayList<>();
            List<TestThread<List<Integer>>> takers = new ArrayList<>();
            try (TestThreads threads = new TestThreads(kind)) {
                for (int i = 0; i < 2; i++) {
                    int number = i;
                    putters.add(threads.start("putter " + i, () -> put(number)));
                    takers.add(threads.start("taker " + i, () -> take(number)));
                }
                disturb(putters, takers);
            }
            Set<Integer> put = identities(putters);
            Set<Integer> gone = identities(takers);
            int taken = gone.size();
            gone.addAll(handedBack);
            gone.addAll(undelivered);
            assertThat(undelivered).isEmpty(); // nothing was to be dropped
            assertThat(queue.isTerminated()).isTrue();
            assertThat(gone.size() + removed).as("%s, round %d", queues, round).isEqualTo(put.size());
            assertThat(put.containsAll(gone)).isTrue();
            QueueStats stats = queue.stats();
            assertThat(stats.put()).isEqualTo(put.size());
            assertThat(stats.taken()).isEqualTo(taken);
            assertThat(stats.removed()).isEqualTo(handedBack.size() + removed);
            assertThat(stats.unfinished()).isEqualTo(taken);
            assertThat(stats.waitingPutters() + stats.waitingTakers()).isZero();
        }

        /** All elements that these have; fails if there is one twice. */
        @SuppressWarnings("IdentityHashMapBoxing") // each is boxed once, where it is made
        private static Set<Integer> identities(List<TestThread<List<Integer>>> threads) {
            Set<Integer> all = Collections.newSetFromMap(new IdentityHashMap<>());
            for (TestThread<List<Integer>> thread : threads) {
                for (Integer element : thread.result()) {
                    assertThat(all.add(element))
                            .as("%s is there twice", element)
                            .isTrue();
                }
            }
            return all;
        }

        /** Interrupts now this one, now that one; removes; then shuts down. */
        private void disturb(List<TestThread<List<Integer>>> putters, List<TestThread<List<Integer>>> takers) {
            SplittableRandom random = new SplittableRandom(round);
            long end = 50 + random.nextInt(2 * PUTS - 50); // sometimes all have been put
            while (queue.stats().put() < end && putters.stream().anyMatch(TestThread::isAlive)) {
                switch (random.nextInt(5)) {
                    case 0 -> putters.get(random.nextInt(2)).interrupt();
                    case 1 -> takers.get(random.nextInt(2)).interrupt();
                    case 2 -> {
                        Integer any = queue.peek();
                        removed += any != null && queue.remove(any) ? 1 : 0;
                    }
                    default -> Thread.yield();
                }
            }
            if (random.nextBoolean()) {
                queue.shutdown();
            } else {
                handedBack.addAll(queue.shutdownNow());
            }
        }

        private List<Integer> put(int number) {
            List<Integer> put = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(round * 31L + number);
            for (int i = 0; i < PUTS; i++) {
                Integer element = 1_000 * (number + 1) + i;
                try {
                    switch (random.nextInt(4)) {
                        case 0 -> {
                            queue.put(element);
                            put.add(element);
                        }
                        case 1 -> {
                            if (queue.offer(element, SHORT)) {
                                put.add(element);
                            }
                        }
                        case 2 -> {
                            if (queue.offer(element)) {
                                put.add(element);
                            }
                        }
                        default -> putThree(element, put);
                    }
                } catch (InterruptedException notPut) {
                    continue;
                } catch (QueueShutdownException ended) {
                    return put;
                }
            }
            return put;
        }

        private void putThree(Integer element, List<Integer> put) throws InterruptedException {
            List<Integer> three = List.of(element, element + 10_000, element + 20_000);
            try {
                queue.putAll(three);
                put.addAll(three);
            } catch (PutInterruptedException e) {
                put.addAll(three.subList(0, 3 - e.undelivered().size()));
            } catch (QueueShutdownException e) {
                put.addAll(three.subList(0, 3 - e.undelivered().size()));
                throw e;
            }
        }

        private List<Integer> take(int number) {
            List<Integer> taken = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(round * 17L + number);
            while (!queue.isTerminated()) {
                try {
                    switch (random.nextInt(6)) {
                        case 0 -> taken.add(queue.take());
                        case 1 -> add(taken, queue.poll(SHORT));
                        case 2 -> add(taken, queue.poll());
                        case 3 -> taken.addAll(queue.take(2, 3, SHORT));
                        case 4 -> add(taken, TaskQueues.takeAny(SHORT, queue));
                        default -> queue.drainTo(taken, 2);
                    }
                } catch (InterruptedException notTaken) {
                    continue;
                } catch (QueueShutdownException ended) {
                    return taken;
                }
            }
            return taken;
        }

        private static void add(List<Integer> taken, Integer element) {
            if (element != null) {
                taken.add(element);
            }
        }
    }
}
