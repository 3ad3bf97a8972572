// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.LifoTaskQueue;
import io.github.headway4j.queues.OverflowPolicy;
import io.github.headway4j.queues.PriorityTaskQueue;
import io.github.headway4j.queues.RelaxedPriorityTaskQueue;
import io.github.headway4j.queues.RingDeque;
import io.github.headway4j.stress.soak.QueueAccount.Item;
import java.util.Comparator;
import java.util.List;

/** All kinds of queues: each element accounted for, and tokens made of all that threads wait for at a queue. */
final class QueueGroups {

    private static final String MODULE = "queues";

    private QueueGroups() {}

    static List<Group> all() {
        return List.of(fifo(), lifo(), byComparator(), byKey(), deques());
    }

    private static Group fifo() {
        return new Group(
                MODULE,
                "FIFO queues",
                new QueueScenario("ring", options -> FifoTaskQueue.bounded(3, options)),
                new QueueScenario("ring of one", options -> FifoTaskQueue.bounded(1, options)),
                new QueueScenario(
                        "ring that drops the oldest",
                        options -> FifoTaskQueue.bounded(2, options.overflow(OverflowPolicy.DROP_OLDEST))),
                new QueueScenario("growing queue", FifoTaskQueue::unbounded),
                QueueTokens.handOff("ring", () -> FifoTaskQueue.bounded(1)),
                QueueTokens.handOffWithoutBound("growing queue", FifoTaskQueue::unbounded));
    }

    private static Group lifo() {
        return new Group(
                MODULE,
                "LIFO queues",
                new QueueScenario("stack", options -> LifoTaskQueue.bounded(2, options)),
                new QueueScenario(
                        "stack that drops the newest",
                        options -> LifoTaskQueue.bounded(2, options.overflow(OverflowPolicy.DROP_NEWEST))),
                new QueueScenario("growing stack", LifoTaskQueue::unbounded),
                QueueTokens.handOff("stack", () -> LifoTaskQueue.bounded(1)));
    }

    private static Group byComparator() {
        Comparator<Item> byRank = Comparator.comparingInt(Item::rank);
        return new Group(
                MODULE,
                "priority queues by comparator",
                new QueueScenario("priority queue", options -> PriorityTaskQueue.bounded(3, byRank, options)),
                new QueueScenario(
                        "priority queue that drops the least urgent",
                        options -> PriorityTaskQueue.bounded(3, byRank, options.overflow(OverflowPolicy.DROP_OLDEST))),
                new QueueScenario("growing priority queue", options -> PriorityTaskQueue.unbounded(byRank, options)),
                QueueTokens.handOff(
                        "priority queue", () -> PriorityTaskQueue.bounded(1, Comparator.<Integer>naturalOrder())));
    }

    private static Group byKey() {
        return new Group(
                MODULE,
                "priority queues by key",
                new QueueScenario("queue by keys", options -> PriorityTaskQueue.bySmallestKey(2, Item::rank, options)),
                new QueueScenario(
                        "growing queue by keys", options -> PriorityTaskQueue.bySmallestKey(Item::rank, options)),
                new QueueScenario(
                        "relaxed queue", options -> RelaxedPriorityTaskQueue.bySmallestKey(Item::rank, options)),
                QueueTokens.handOff("queue by keys", () -> PriorityTaskQueue.bySmallestKey(1, Integer::longValue)),
                QueueTokens.handOffWithoutBound(
                        "relaxed queue", () -> RelaxedPriorityTaskQueue.bySmallestKey(Integer::longValue)));
    }

    private static Group deques() {
        return new Group(
                MODULE,
                "deques",
                new QueueScenario("deque", options -> RingDeque.bounded(3, options)),
                new QueueScenario(
                        "deque that refuses", options -> RingDeque.bounded(2, options.overflow(OverflowPolicy.FAIL))),
                new QueueScenario("deque that evicts", options -> RingDeque.evicting(3, options)),
                new QueueScenario("growing deque", RingDeque::unbounded),
                QueueTokens.handOff("deque", () -> RingDeque.bounded(1)));
    }
}
