// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.sharing;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.SharedCondition;
import io.github.headway4j.processes.SharedLock;
import io.github.headway4j.processes.SharedMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A condition between processes: a publisher pushes random integers from 0 to 1000 onto a stack in shared memory, and
 * two subscribers, each a process, pop them. Whoever finds the stack empty, or full, waits until somebody has changed
 * that. It shows the condition; to pass objects between processes there is {@code ProcessQueue}.
 */
public final class ProcessPublisher {
    private static final int INTEGERS = 100;
    private static final int LARGEST = 1_000;
    private static final int SUBSCRIBERS = 2;
    private static final int CAPACITY = 5;

    /** What is at which place of the memory, guarded by the lock. */
    private static final int SIZE = 0;

    private static final int CLOSED = 1;
    private static final int STACK = 2;
    private static final int SHARES = STACK + CAPACITY;

    private ProcessPublisher() {}

    /**
     * What one subscriber popped.
     *
     * @param count how many integers
     * @param sum their sum
     */
    public record Share(long count, long sum) {}

    /**
     * What came of it.
     *
     * @param published what the publisher pushed, together
     * @param shares what each subscriber popped
     */
    public record Result(Share published, List<Share> shares) {

        /** Copies the list. */
        public Result {
            shares = List.copyOf(shares);
        }
    }

    /**
     * Publishes.
     *
     * @param args how many integers; may be left out
     * @throws Exception if a process cannot be started, or the main thread is interrupted
     */
    public static void main(String[] args) throws Exception {
        run(args.length > 0 ? Integer.parseInt(args[0]) : INTEGERS, System.out::println);
    }

    /**
     * Publishes to two processes.
     *
     * @param integers how many
     * @param out told what happens
     * @return what came of it
     * @throws IOException if a process cannot be started
     * @throws InterruptedException if the caller is interrupted; the processes are then ended
     */
    public static Result run(int integers, Consumer<? super String> out) throws IOException, InterruptedException {
        try (SharedMemory shared = SharedMemory.create((SHARES + 2L * SUBSCRIBERS) * Long.BYTES);
                SharedLock lock = SharedLock.create();
                SharedCondition notEmpty = lock.newCondition();
                SharedCondition notFull = lock.newCondition();
                Children children = new Children()) {
            LongArray memory = shared.longs();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                int number = i;
                children.start(() -> subscribe(number, memory, notEmpty, notFull));
            }
            Share published = publish(integers, memory, notEmpty, notFull);
            children.join();
            out.accept("published " + published.count() + " integers, " + published.sum() + " together");
            List<Share> shares = new ArrayList<>();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                Share share = new Share(memory.get(SHARES + 2 * i), memory.get(SHARES + 2 * i + 1));
                shares.add(share);
                out.accept("subscriber " + i + " popped " + share.count() + " integers, " + share.sum() + " together");
            }
            return new Result(published, shares);
        }
    }

    private static Share publish(int integers, LongArray memory, SharedCondition notEmpty, SharedCondition notFull)
            throws InterruptedException {
        Random random = new Random();
        long sum = 0;
        for (int i = 0; i < integers; i++) {
            int integer = random.nextInt(LARGEST + 1);
            try (Held held = notFull.lock().hold()) {
                notFull.awaitUntil(() -> memory.get(SIZE) < CAPACITY);
                long size = memory.get(SIZE);
                memory.set(STACK + (int) size, integer);
                memory.set(SIZE, size + 1L);
                notEmpty.signal();
            }
            sum += integer;
        }
        try (Held held = notEmpty.lock().hold()) {
            memory.set(CLOSED, 1L);
            notEmpty.signalAll();
        }
        return new Share(integers, sum);
    }

    /** Runs in a child. */
    private static void subscribe(int number, LongArray memory, SharedCondition notEmpty, SharedCondition notFull) {
        int count = SHARES + 2 * number;
        int sum = count + 1;
        boolean more = true;
        while (more) {
            // One lock for both conditions: sent together, they have the same one here too.
            try (Held held = notEmpty.lock().hold()) {
                notEmpty.awaitUntilUninterruptibly(() -> memory.get(SIZE) > 0L || memory.get(CLOSED) != 0L);
                long size = memory.get(SIZE);
                more = size > 0L;
                if (more) {
                    memory.set(SIZE, size - 1L);
                    memory.set(sum, memory.get(sum) + memory.get(STACK + (int) size - 1));
                    memory.set(count, memory.get(count) + 1L);
                    notFull.signal();
                }
            }
        }
    }
}
