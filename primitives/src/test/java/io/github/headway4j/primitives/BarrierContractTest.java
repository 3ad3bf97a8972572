// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;

/**
 * The blocking matrix of {@link Barrier}, whose parties leave a trace: they break it. So a caller brings a barrier of
 * its own, to which the other party comes when the subject is freed.
 */
class BarrierContractTest extends BlockingContract {

    @Override
    protected List<BlockingOperation<?>> operations() {
        BlockingSubject<Street> street = BlockingSubject.of(Street::new)
                .busy(Street::close)
                .free(Street::open)
                .state(Street::isOpen)
                .keepsFree()
                .disposedBy(Street::joinPartners);
        return List.of(
                street.interruptible("await()", s -> s.pass(barrier -> barrier.await())),
                street.timed("await(Duration)", (s, timeout) -> s.pass(barrier -> barrier.await(timeout))),
                street.timed("await(), with a time-out", Street::pass));
    }

    @Override
    protected int casesPerThreadKind() {
        return 6 + 2 * 25;
    }

    /** Callers pass it in pairs with a partner, who comes only while the street is open. */
    private static final class Street {

        private final List<Barrier> waiting = new ArrayList<>();
        private final List<Thread> partners = new ArrayList<>();
        private boolean open = true;

        /** How to await the partner. */
        private interface Way {
            int await(Barrier barrier) throws InterruptedException, BrokenBarrierException, TimeoutException;
        }

        synchronized boolean isOpen() {
            return open;
        }

        synchronized void close() {
            open = false;
        }

        synchronized void open() {
            open = true;
            waiting.forEach(this::sendPartner);
            waiting.clear();
        }

        boolean pass(Way way) throws InterruptedException {
            return pass(new Barrier(2), way);
        }

        boolean pass(Duration timeout) throws InterruptedException {
            return pass(new Barrier(2, null, timeout), Barrier::await);
        }

        private boolean pass(Barrier barrier, Way way) throws InterruptedException {
            if (comes(barrier)) {
                while (barrier.waiting() == 0) {
                    Thread.yield(); // also when interrupted
                }
            }
            boolean left = true;
            try {
                way.await(barrier);
                left = false;
            } catch (TimeoutException e) {
                return false;
            } catch (BrokenBarrierException e) {
                throw new AssertionError("broken by nobody", e);
            } finally {
                assertThat(barrier.isBroken()).as("broken").isEqualTo(left);
            }
            return true;
        }

        private synchronized boolean comes(Barrier barrier) {
            if (open) {
                sendPartner(barrier);
            } else {
                waiting.add(barrier);
            }
            return open;
        }

        private void sendPartner(Barrier barrier) {
            partners.add(ThreadKind.PLATFORM.start("partner", () -> {
                try {
                    barrier.await(Duration.ofHours(1));
                } catch (BrokenBarrierException callerHasLeft) {
                    assertThat(barrier.isBroken()).isTrue();
                } catch (InterruptedException | TimeoutException e) {
                    throw new AssertionError(e);
                }
            }));
        }

        void joinPartners() {
            partners.forEach(partner -> Await.until("the partner to end", () -> !partner.isAlive()));
        }
    }
}
