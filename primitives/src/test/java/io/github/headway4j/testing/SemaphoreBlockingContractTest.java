// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's semaphore passes the matrix, so the matrix demands nothing that only classes of this library do. Where it
 * deviates from the contract does not show here: it takes no {@link Duration} (converted by this binding), its untimed
 * {@code tryAcquire} barges in fair mode, nothing stops a release above the bound, and its waiting threads show a
 * hidden object as their blocker (so the binding does not name one).
 */
class SemaphoreBlockingContractTest extends BlockingContract {

    @Override
    protected List<BlockingOperation<?>> operations() {
        BlockingSubject<Semaphore> one = BlockingSubject.of(() -> new Semaphore(1))
                .busy(Semaphore::acquire)
                .free(Semaphore::release)
                .state(SemaphoreBlockingContractTest::state);
        BlockingSubject<Semaphore> twoFair = BlockingSubject.of(() -> new Semaphore(3, true))
                .busy(semaphore -> semaphore.acquire(2))
                .free(semaphore -> semaphore.release(2))
                .state(SemaphoreBlockingContractTest::state);
        return List.of(
                one.interruptible("acquire()", Semaphore::acquire),
                one.uninterruptible("acquireUninterruptibly()", Semaphore::acquireUninterruptibly),
                one.trying("tryAcquire()", Semaphore::tryAcquire),
                one.timed("tryAcquire(long, TimeUnit)", (s, d) -> s.tryAcquire(nanos(d), TimeUnit.NANOSECONDS)),
                twoFair.interruptible("acquire(2), fair", semaphore -> semaphore.acquire(2)),
                twoFair.timed(
                        "tryAcquire(2, long, TimeUnit), fair",
                        (s, d) -> s.tryAcquire(2, nanos(d), TimeUnit.NANOSECONDS)));
    }

    @Override
    protected int casesPerThreadKind() {
        return 2 * 6 + 5 + 4 + 2 * 25;
    }

    private static List<Integer> state(Semaphore semaphore) {
        return List.of(semaphore.availablePermits(), semaphore.getQueueLength());
    }

    private static long nanos(Duration duration) {
        return TimeUnit.NANOSECONDS.convert(duration);
    }
}
