// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The waiting machinery alone under every interleaving that the model checker tries: a lost wake-up shows as a hang,
 * since {@link SemaphoreParker} never wakes for no reason.
 */
class WaitQueueLincheckTest {

    /** A counter of permits on a wait queue, as small as can be; one flag plants the bug that the test is for. */
    private static final class Permits {
        final AtomicInteger available = new AtomicInteger();
        final WaitQueue queue;
        final boolean forgetfulLeave;

        Permits(boolean fifo, boolean forgetfulLeave) {
            this.queue =
                    fifo ? WaitQueue.fifo(this, new SemaphoreParker()) : WaitQueue.barging(this, new SemaphoreParker());
            this.forgetfulLeave = forgetfulLeave;
        }

        void acquire() {
            queue.awaitUninterruptibly(new Acquisition());
        }

        boolean acquireInterruptibly() {
            try {
                queue.await(new Acquisition());
                return true;
            } catch (InterruptedException e) {
                return false;
            }
        }

        void release(boolean signal) {
            available.incrementAndGet();
            if (signal) {
                queue.signal();
            }
        }

        boolean take() {
            for (; ; ) {
                int a = available.get();
                if (a == 0) {
                    return false;
                }
                if (available.compareAndSet(a, a - 1)) {
                    return true;
                }
            }
        }

        final class Acquisition extends WaitQueue.Waiter {
            @Override
            protected boolean attempt() {
                return take();
            }

            @Override
            protected boolean more() {
                return !forgetfulLeave && available.get() > 0;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("Two waiters and two releases: both get through")
    void signal_twoWaiters_bothWake(boolean fifo) {
        Model.check(() -> {
            Permits permits = new Permits(fifo, false);
            Thread first = start(permits::acquire);
            Thread second = start(permits::acquire);
            permits.release(true);
            permits.release(true);
            join(first, second);
            check(permits, 0);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("Releases by two threads against one waiter that takes twice")
    void signal_twoReleasers_waiterGetsBoth(boolean fifo) {
        Model.check(() -> {
            Permits permits = new Permits(fifo, false);
            Thread first = start(() -> permits.release(true));
            Thread second = start(() -> permits.release(true));
            permits.acquire();
            permits.acquire();
            join(first, second);
            check(permits, 0);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("A waiter that is interrupted hands its wake-up on: the other one gets the only permit")
    void interrupt_signalReachedLeaver_goesToTheOther(boolean fifo) {
        Model.check(() -> {
            Permits permits = new Permits(fifo, false);
            boolean[] got = new boolean[1];
            Thread leaver = start(() -> got[0] = permits.acquireInterruptibly());
            Thread stayer = start(() -> {
                permits.acquire();
                permits.release(true); // for the leaver, if it was not interrupted in time
            });
            leaver.interrupt();
            permits.release(true);
            join(stayer, leaver);
            check(permits, got[0] ? 0 : 1);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("signalAll reaches everybody who waits")
    void signalAll_twoWaiters_bothWake(boolean fifo) {
        Model.check(() -> {
            Permits permits = new Permits(fifo, !fifo);
            Thread first = start(permits::acquire);
            Thread second = start(permits::acquire);
            permits.available.addAndGet(2);
            permits.queue.signalAll();
            join(first, second);
            check(permits, 0);
        });
    }

    @Test
    @DisplayName("Planted bug: a release that does not signal is seen as a hang")
    void release_withoutSignal_isFound() {
        assertThatThrownBy(() -> Model.check(() -> {
                    Permits permits = new Permits(true, false);
                    Thread waiter = start(permits::acquire);
                    permits.release(false);
                    join(waiter);
                }))
                .isInstanceOf(LincheckAssertionError.class);
    }

    @Test
    @DisplayName("Planted bug: a leaver that does not look whether there is more loses a wake-up")
    void leave_withoutLookingForMore_isFound() {
        assertThatThrownBy(() -> Model.check(() -> {
                    Permits permits = new Permits(true, true);
                    Thread first = start(permits::acquire);
                    Thread second = start(permits::acquire);
                    permits.release(true);
                    permits.release(true);
                    join(first);
                    join(second);
                }))
                .isInstanceOf(LincheckAssertionError.class);
    }

    private static void check(Permits permits, int available) {
        int left = permits.available.get();
        int waiting = permits.queue.waiting();
        if (left != available || waiting != 0) { // plain code: the model checker instruments libraries too
            throw new AssertionError(left + " available, " + waiting + " waiting; expected " + available + " and 0");
        }
    }
}
