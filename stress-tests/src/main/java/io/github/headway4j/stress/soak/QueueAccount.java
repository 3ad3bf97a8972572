// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.queues.QueueOptions;
import io.github.headway4j.queues.QueueStats;
import io.github.headway4j.queues.TaskQueue;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A queue and the books about it. Each element is known: one that was put leaves once, one that was refused has never
 * been in. Some ways of leaving do not tell which elements have left; a queue that is emptied so keeps its books by
 * numbers: what the queue says was taken is what was taken.
 */
final class QueueAccount {

    /** A factory of queues. */
    interface Kind {
        TaskQueue<Item> create(QueueOptions<Item> options);

        /** Whether several such queues can be waited for at once. */
        default boolean selects() {
            return true;
        }
    }

    /** An element: which queue it is for, how urgent it is, and whether it has left. */
    static final class Item {
        private final QueueAccount account;
        private final int rank;
        private final AtomicBoolean gone = new AtomicBoolean();

        private Item(QueueAccount account, int rank) {
            this.account = account;
            this.rank = rank;
        }

        QueueAccount account() {
            return account;
        }

        int rank() {
            return rank;
        }

        /** The queue gives it up. */
        private void drop() {
            account.undelivered.increment();
            account.leave(this);
        }
    }

    /** Few, so that there are equals. */
    private static final int RANKS = 4;

    private final String name;
    private final TaskQueue<Item> queue;
    private final boolean clearable;
    private final LongAdder entered = new LongAdder();
    private final LongAdder gone = new LongAdder();
    private final LongAdder taken = new LongAdder();
    private final LongAdder undelivered = new LongAdder();

    /**
     * A new queue without elements.
     *
     * @param name what to call it
     * @param kind how it is made
     * @param parker how threads sleep there
     * @param clearable whether elements may leave it that nobody has named
     */
    QueueAccount(String name, Kind kind, Parker parker, boolean clearable) {
        this.name = name;
        this.queue = kind.create(
                QueueOptions.<Item>defaults().onUndelivered(Item::drop).parker(parker));
        this.clearable = clearable;
    }

    TaskQueue<Item> queue() {
        return queue;
    }

    boolean isClearable() {
        return clearable;
    }

    // ---- elements ----

    /** A new element, about to be put. */
    Item enter(SplittableRandom random) {
        entered.increment();
        return new Item(this, random.nextInt(RANKS));
    }

    /** The element was not put after all. */
    void refuse(Item item) {
        leave(item);
    }

    /** The element was taken, if there was one, and is worked on and done. */
    void take(@Nullable Item item) {
        if (item != null) {
            Scenario.expect(name + ", an element of another queue", 0, item.account == this ? 0 : 1);
            taken.increment();
            leave(item);
            queue.taskDone();
        }
    }

    void takeAll(Iterable<Item> items) {
        items.forEach(this::take);
    }

    /** The element was removed, or handed back. */
    void remove(Item item) {
        leave(item);
    }

    void removeAll(List<Item> items) {
        items.forEach(this::remove);
    }

    private void leave(Item item) {
        if (!item.gone.compareAndSet(false, true)) {
            throw new AssertionError(name + ", an element left twice, or left and was refused: " + queue.stats());
        }
        gone.increment();
    }

    // ---- books ----

    void expectTerminated() {
        Scenario.expect(
                name + ", told of its end while it is there: " + queue.stats(), 1, queue.isTerminated() ? 1 : 0);
    }

    /** Looks at figures that change. */
    void look() {
        QueueStats stats = queue.stats();
        boolean right = stats.size() <= stats.capacity()
                && stats.unfinished() >= stats.size()
                && stats.taken() >= 0
                && stats.put() == stats.taken() + stats.removed() + stats.size();
        Scenario.expect(name + ", figures that cannot be right: " + stats, 1, right ? 1 : 0);
    }

    /** Checks the books, when the queue has ended and nobody uses it. */
    void check() {
        expectTerminated();
        QueueStats stats = queue.stats();
        String who = name + ", " + stats;
        Scenario.expect(who + ", elements left", 0, stats.size());
        Scenario.expect(who + ", unfinished tasks", 0, stats.unfinished());
        Scenario.expect(who + ", threads waiting", 0, stats.waitingPutters() + stats.waitingTakers());
        long refusedBySinks = undelivered.sum() - stats.dropped();
        Scenario.expect(who + ", elements taken", taken.sum() + refusedBySinks, stats.taken());
        long missing = entered.sum() - gone.sum();
        Scenario.expect(who + ", elements missing", clearable ? Math.min(missing, stats.removed()) : 0, missing);
    }
}
