// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The blocking matrix of {@link SharedSemaphore}, for one permit and for several at once. */
class SharedSemaphoreContractTest extends BlockingContract {

    @Override
    protected List<BlockingOperation<?>> operations() {
        BlockingSubject<SharedSemaphore> one = BlockingSubject.of(() -> semaphore(1))
                .busy(SharedSemaphore::acquire)
                .free(SharedSemaphore::release)
                .state(SharedSemaphore::availablePermits)
                .blocker(semaphore -> semaphore)
                .disposedBy(SharedSemaphore::close);
        BlockingSubject<Holding> two = BlockingSubject.of(() -> new Holding(semaphore(3)))
                .busy(holding -> holding.keep(holding.semaphore.hold(2)))
                .free(holding -> holding.held.close())
                .state(holding -> holding.semaphore.availablePermits())
                .blocker(holding -> holding.semaphore)
                .disposedBy(holding -> holding.semaphore.close());
        return List.of(
                one.interruptible("acquire()", SharedSemaphore::acquire),
                one.uninterruptible("acquireUninterruptibly()", SharedSemaphore::acquireUninterruptibly),
                one.trying("tryAcquire()", SharedSemaphore::tryAcquire),
                one.timed("tryAcquire(Duration)", SharedSemaphore::tryAcquire),
                two.uninterruptible("hold(2)", holding -> holding.keep(holding.semaphore.hold(2))),
                two.interruptible(
                        "holdInterruptibly(2)", holding -> holding.keep(holding.semaphore.holdInterruptibly(2))),
                two.trying("tryHold(2)", holding -> holding.keep(holding.semaphore.tryHold(2))),
                two.timed(
                        "tryHold(2, Duration)",
                        (holding, timeout) -> holding.keep(holding.semaphore.tryHold(2, timeout))));
    }

    @Override
    protected int casesPerThreadKind() {
        return 2 * (6 + 5 + 4 + 25);
    }

    private static SharedSemaphore semaphore(int bound) {
        try {
            return SharedSemaphore.create(bound);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A semaphore and the one hold of two permits on it, which whoever has it writes. */
    private static final class Holding {

        private final SharedSemaphore semaphore;
        private volatile Held held;

        Holding(SharedSemaphore semaphore) {
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
