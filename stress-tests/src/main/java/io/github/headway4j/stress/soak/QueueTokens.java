// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.queues.TaskQueues;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Tokens made of all that threads wait for at a queue: an element, room, that tasks are done, the end. */
final class QueueTokens {

    private static final Integer TOKEN = 1;
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private QueueTokens() {}

    /** A ring of all that threads wait for at a queue with a bound. The queues are to have room for one element. */
    static Scenario handOff(String name, Supplier<TaskQueue<Integer>> kind) {
        return new HandOffScenario(name, new OfElement(kind), new OfRoom(kind), new OfTask(kind), new OfEnd(kind));
    }

    /** A ring of all that threads wait for at a queue without a bound. */
    static Scenario handOffWithoutBound(String name, Supplier<TaskQueue<Integer>> kind) {
        return new HandOffScenario(name, new OfElement(kind), new OfTask(kind), new OfEnd(kind));
    }

    /** An element. Some wait for it at this queue alone, some at several. */
    private static final class OfElement implements Token {
        private final TaskQueue<Integer> queue;
        private final TaskQueue<Integer> empty;

        /** By the one who takes. */
        private int takes;

        OfElement(Supplier<TaskQueue<Integer>> kind) {
            this.queue = kind.get();
            this.empty = kind.get();
        }

        @Override
        public void give(SplittableRandom random) {
            queue.add(TOKEN);
        }

        @Override
        public void take() throws InterruptedException {
            switch (takes++ % 3) {
                case 0 -> queue.take();
                case 1 ->
                    Scenario.expect("elements taken", 1, queue.take(2, FOR_EVER).size());
                default -> TaskQueues.takeAny(empty, queue);
            }
        }

        @Override
        public void linger(Duration timeout) throws InterruptedException {
            Integer taken =
                    timeout.toNanos() % 2 == 0 ? queue.poll(timeout) : TaskQueues.takeAny(timeout, queue, empty);
            if (taken != null) {
                queue.add(taken);
            }
        }
    }

    /** Room in a queue that is full otherwise. */
    private static final class OfRoom implements Token {
        private final TaskQueue<Integer> queue;

        /** By the one who takes. */
        private int takes;

        OfRoom(Supplier<TaskQueue<Integer>> kind) {
            this.queue = kind.get();
            queue.add(TOKEN);
        }

        @Override
        public void give(SplittableRandom random) {
            queue.remove();
        }

        @Override
        public void take() throws InterruptedException {
            if (takes++ % 2 == 0) {
                queue.put(TOKEN);
            } else {
                queue.putAll(List.of(TOKEN));
            }
        }

        @Override
        public void linger(Duration timeout) throws InterruptedException {
            if (queue.offer(TOKEN, timeout)) {
                queue.remove();
            }
        }
    }

    /** That the one unfinished task is done. */
    private static final class OfTask implements Token {
        private final TaskQueue<Integer> queue;

        OfTask(Supplier<TaskQueue<Integer>> kind) {
            this.queue = kind.get();
            begin();
        }

        private void begin() {
            queue.add(TOKEN);
            queue.remove();
        }

        @Override
        public void give(SplittableRandom random) {
            queue.taskDone();
        }

        @Override
        public void take() throws InterruptedException {
            queue.join();
            begin();
        }

        @Override
        public void linger(Duration timeout) throws InterruptedException {
            queue.join(timeout);
        }
    }

    /** That a queue is shut down. Each is used once. */
    private static final class OfEnd implements Token {
        private final Supplier<TaskQueue<Integer>> kind;
        private volatile TaskQueue<Integer> queue;

        /** By the one who takes. */
        private int takes;

        OfEnd(Supplier<TaskQueue<Integer>> kind) {
            this.kind = kind;
            this.queue = kind.get();
        }

        @Override
        public void give(SplittableRandom random) {
            if (random.nextBoolean()) {
                queue.shutdown();
            } else {
                queue.shutdownNow();
            }
        }

        @Override
        public void take() throws InterruptedException {
            try {
                Integer taken = takes++ % 2 == 0 ? queue.take() : TaskQueues.takeAny(queue);
                throw new AssertionError("taken from a queue that is empty: " + taken);
            } catch (QueueShutdownException given) {
                queue = kind.get();
            }
        }

        @Override
        public void linger(Duration timeout) throws InterruptedException {
            try {
                Scenario.expect("elements of an empty queue", 0, queue.poll(timeout) == null ? 0 : 1);
            } catch (QueueShutdownException given) {
                Thread.onSpinWait();
            }
        }
    }
}
