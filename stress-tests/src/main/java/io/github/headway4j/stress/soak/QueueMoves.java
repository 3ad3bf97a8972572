// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.queues.PutInterruptedException;
import io.github.headway4j.queues.QueueFullException;
import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.queues.RingDeque;
import io.github.headway4j.queues.Taken;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.queues.TaskQueues;
import io.github.headway4j.stress.soak.QueueAccount.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/** What threads do with queues, in all forms, each with its entry in the books. */
final class QueueMoves {

    private static final int FEW = 3;

    /** More than one operation of a store moves. */
    private static final int MANY = 100;

    private QueueMoves() {}

    // ---- putting ----

    static void putAtOnce(QueueAccount account, SplittableRandom random) {
        TaskQueue<Item> queue = account.queue();
        Item item = account.enter(random);
        boolean put = false;
        try {
            if (queue instanceof RingDeque<Item> deque && random.nextBoolean()) {
                put = deque.offerFirst(item);
            } else {
                put = random.nextBoolean() ? queue.offer(item) : queue.add(item);
            }
        } catch (QueueFullException | QueueShutdownException refused) {
            // as meant
        } finally {
            if (!put) {
                account.refuse(item);
            }
        }
    }

    /** Puts one or several elements, in a form that waits for room. */
    static void put(QueueAccount account, SplittableRandom random, Duration timeout) throws InterruptedException {
        if (random.nextInt(4) == 0) {
            putBatch(account, random);
            return;
        }
        Item item = account.enter(random);
        boolean put = false;
        try {
            put = put(account.queue(), item, random, timeout);
        } catch (QueueFullException | QueueShutdownException refused) {
            // as meant
        } finally {
            if (!put) {
                account.refuse(item);
            }
        }
    }

    private static boolean put(TaskQueue<Item> queue, Item item, SplittableRandom random, Duration timeout)
            throws InterruptedException {
        boolean timed = random.nextBoolean();
        if (queue instanceof RingDeque<Item> deque && random.nextBoolean()) {
            if (timed) {
                return deque.offerFirst(item, timeout);
            }
            deque.putFirst(item);
        } else {
            if (timed) {
                return queue.offer(item, timeout);
            }
            queue.put(item);
        }
        return true;
    }

    private static void putBatch(QueueAccount account, SplittableRandom random) throws InterruptedException {
        List<Item> items = new ArrayList<>();
        for (int i = random.nextInt(random.nextInt(16) == 0 ? MANY : FEW); i >= 0; i--) {
            items.add(account.enter(random));
        }
        List<?> refused = List.of();
        try {
            if (account.queue() instanceof RingDeque<Item> deque && random.nextBoolean()) {
                deque.putAllFirst(items);
            } else {
                account.queue().putAll(items);
            }
        } catch (PutInterruptedException e) {
            refused = e.undelivered();
            throw e;
        } catch (QueueShutdownException e) {
            refused = e.undelivered();
        } catch (QueueFullException e) {
            refused = e.undelivered();
        } finally {
            refused.forEach(item -> account.refuse((Item) item));
        }
    }

    // ---- taking ----

    static void takeAtOnce(QueueAccount account, SplittableRandom random) {
        TaskQueue<Item> queue = account.queue();
        if (random.nextInt(4) == 0) {
            drain(account, random);
        } else if (queue instanceof RingDeque<Item> deque && random.nextBoolean()) {
            account.take(deque.pollLast());
        } else {
            account.take(queue.poll());
        }
    }

    /** Now and then into a collection that has not room enough: the rest is not delivered. */
    private static void drain(QueueAccount account, SplittableRandom random) {
        int most = 1 + random.nextInt(random.nextBoolean() ? FEW : MANY);
        Collection<Item> sink = random.nextInt(8) == 0 ? new ArrayBlockingQueue<>(1) : new ArrayList<>();
        try {
            int drained = account.queue().drainTo(sink, most);
            Scenario.expect("elements drained", sink.size(), drained);
        } catch (IllegalStateException full) {
            Scenario.expect("elements in a full collection", 1, sink.size());
        }
        account.takeAll(sink);
    }

    /**
     * Takes one or several elements, in a form that waits. False if told of the queue's end.
     *
     * @param least how many elements to wait for, in the form that takes several: it keeps what it has meanwhile
     */
    static boolean take(QueueAccount account, SplittableRandom random, Duration timeout, int least)
            throws InterruptedException {
        TaskQueue<Item> queue = account.queue();
        try {
            if (queue instanceof RingDeque<Item> deque && random.nextInt(3) == 0) {
                account.take(random.nextBoolean() ? deque.takeLast() : deque.pollLast(timeout));
            } else {
                switch (random.nextInt(3)) {
                    case 0 -> account.take(queue.take());
                    case 1 -> account.take(queue.poll(timeout));
                    default -> account.takeAll(queue.take(least, FEW, timeout));
                }
            }
            return true;
        } catch (QueueShutdownException ended) {
            account.expectTerminated();
            return false;
        }
    }

    /** Takes one element from either queue, in a form that waits. False if told of the end of both. */
    static boolean select(QueueSession session, SplittableRandom random, Duration timeout) throws InterruptedException {
        if (!session.selects()) {
            return take(session.first(), random, timeout, 1) || take(session.second(), random, timeout, 1);
        }
        TaskQueue<Item> first = session.first().queue();
        TaskQueue<Item> second = session.second().queue();
        try {
            @Nullable
            Taken<Item> taken = switch (random.nextInt(4)) {
                case 0 -> TaskQueues.select(first, second);
                case 1 -> TaskQueues.select(timeout, first, second);
                case 2 -> TaskQueues.selectInOrder(second, first);
                default -> TaskQueues.selectInOrder(timeout, second, first);
            };
            if (taken != null) {
                QueueAccount account = taken.element().account();
                Scenario.expect("queue of an element", 1, taken.queue() == account.queue() ? 1 : 0);
                account.take(taken.element());
            }
            return true;
        } catch (QueueShutdownException ended) {
            session.queues().forEach(QueueAccount::expectTerminated);
            return false;
        }
    }

    // ---- removing, looking ----

    static void remove(QueueAccount account, SplittableRandom random) {
        TaskQueue<Item> queue = account.queue();
        if (account.isClearable()) {
            removeUnnamed(queue, random);
        } else if (queue instanceof RingDeque<Item> deque && random.nextBoolean()) {
            rearrange(account, deque, random);
        } else {
            Item any = queue.peek();
            if (any != null && queue.remove(any)) {
                account.remove(any);
            }
        }
    }

    private static void removeUnnamed(TaskQueue<Item> queue, SplittableRandom random) {
        switch (random.nextInt(3)) {
            case 0 -> queue.clear();
            case 1 -> queue.removeIf(item -> item.rank() == 0);
            default -> {
                Iterator<Item> items = queue.iterator();
                if (items.hasNext()) {
                    items.next();
                    items.remove();
                }
            }
        }
    }

    private static void rearrange(QueueAccount account, RingDeque<Item> deque, SplittableRandom random) {
        int index = random.nextInt(FEW);
        Item item = account.enter(random);
        boolean put = false;
        try {
            switch (random.nextInt(4)) {
                case 0 -> deque.rotate(index - 1);
                case 1 -> account.remove(deque.removeAt(index));
                case 2 -> {
                    Item replaced = deque.set(index, item);
                    put = true;
                    account.remove(replaced);
                }
                default -> {
                    deque.insert(index, item);
                    put = true;
                }
            }
        } catch (IndexOutOfBoundsException | QueueFullException | QueueShutdownException refused) {
            // as meant
        } finally {
            if (!put) {
                account.refuse(item);
            }
        }
    }

    static void look(QueueAccount account) {
        account.look();
        for (Item item : account.queue()) {
            Scenario.expect("queue of an element that is seen", 1, item.account() == account ? 1 : 0);
        }
    }

    // ---- the end ----

    static void end(QueueAccount account, SplittableRandom random) {
        if (random.nextBoolean()) {
            account.removeAll(account.queue().shutdownNow());
            account.expectTerminated();
        } else {
            account.queue().shutdown();
        }
    }
}
