// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The blocking matrix of {@link BoundedSemaphore}, unfair and fair, for one permit and for several at once. */
class BoundedSemaphoreContractTest extends BlockingContract {

    @Override
    protected List<BlockingOperation<?>> operations() {
        List<BlockingOperation<?>> operations = new ArrayList<>();
        add(operations, "unfair", () -> new BoundedSemaphore(1), () -> new BoundedSemaphore(3));
        add(operations, "fair", () -> BoundedSemaphore.fair(1), () -> BoundedSemaphore.fair(3));
        return operations;
    }

    @Override
    protected int casesPerThreadKind() {
        int waiting = 6 + 5 + 4 + 25;
        int barging = 4;
        return 2 * (3 * waiting + 2 * barging + HoldableOperations.CASES);
    }

    private static void add(
            List<BlockingOperation<?>> operations,
            String fairness,
            Supplier<BoundedSemaphore> bound1,
            Supplier<BoundedSemaphore> bound3) {
        BlockingSubject<BoundedSemaphore> one = BlockingSubject.of(bound1)
                .busy(BoundedSemaphore::acquire)
                .free(BoundedSemaphore::release)
                .state(BoundedSemaphore::stats)
                .blocker(semaphore -> semaphore);
        operations.addAll(List.of(
                one.interruptible(fairness + " acquire()", BoundedSemaphore::acquire),
                one.uninterruptible(fairness + " acquireUninterruptibly()", BoundedSemaphore::acquireUninterruptibly),
                one.trying(fairness + " tryAcquire()", BoundedSemaphore::tryAcquire),
                one.trying(fairness + " tryAcquireBarging()", BoundedSemaphore::tryAcquireBarging),
                one.timed(fairness + " tryAcquire(Duration)", BoundedSemaphore::tryAcquire)));

        BlockingSubject<BoundedSemaphore> two = BlockingSubject.of(bound3)
                .busy(semaphore -> semaphore.acquire(2))
                .free(semaphore -> semaphore.release(2))
                .state(BoundedSemaphore::stats)
                .blocker(semaphore -> semaphore);
        operations.addAll(List.of(
                two.interruptible(fairness + " acquire(2)", semaphore -> semaphore.acquire(2)),
                two.uninterruptible(
                        fairness + " acquireUninterruptibly(2)", semaphore -> semaphore.acquireUninterruptibly(2)),
                two.trying(fairness + " tryAcquire(2)", semaphore -> semaphore.tryAcquire(2)),
                two.trying(fairness + " tryAcquireBarging(2)", semaphore -> semaphore.tryAcquireBarging(2)),
                two.timed(
                        fairness + " tryAcquire(2, Duration)",
                        (semaphore, timeout) -> semaphore.tryAcquire(2, timeout))));

        BlockingSubject<Holding> hold = BlockingSubject.of(() -> new Holding(bound3.get()))
                .busy(holding -> holding.keep(holding.semaphore.hold(2)))
                .free(holding -> holding.held.close())
                .state(holding -> holding.semaphore.stats())
                .blocker(holding -> holding.semaphore);
        operations.addAll(List.of(
                hold.uninterruptible(fairness + " hold(2)", holding -> holding.keep(holding.semaphore.hold(2))),
                hold.interruptible(
                        fairness + " holdInterruptibly(2)",
                        holding -> holding.keep(holding.semaphore.holdInterruptibly(2))),
                hold.trying(fairness + " tryHold(2)", holding -> holding.keep(holding.semaphore.tryHold(2))),
                hold.timed(
                        fairness + " tryHold(2, Duration)",
                        (holding, timeout) -> holding.keep(holding.semaphore.tryHold(2, timeout)))));
        operations.addAll(HoldableOperations.withBlocker(fairness, bound1, BoundedSemaphore::stats));
    }

    /** A semaphore and the one hold of two permits on it, which whoever has it writes. */
    private static final class Holding {

        private final BoundedSemaphore semaphore;
        private volatile Held held;

        Holding(BoundedSemaphore semaphore) {
            this.semaphore = semaphore;
        }

        boolean keep(Held next) {
            if (next != null) {
                held = next;
            }
            return next != null;
        }
    }
}
