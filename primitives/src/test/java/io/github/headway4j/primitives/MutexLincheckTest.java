// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static io.github.headway4j.testing.Model.expect;
import static io.github.headway4j.testing.Model.join;
import static io.github.headway4j.testing.Model.start;

import io.github.headway4j.testing.Model;
import io.github.headway4j.testing.SemaphoreParker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@link Mutex} and its conditions under every interleaving that the model checker tries. */
class MutexLincheckTest {

    private static void expectFree(Mutex mutex) {
        expect(!mutex.isLocked() && mutex.waiting() == 0, "locked: " + mutex.isLocked() + ", " + mutex.waiting());
    }

    @Test
    @DisplayName("Three threads in different forms: one inside at a time, all get through")
    void lock_excludes() {
        Model.check(() -> {
            Mutex mutex = new Mutex(new SemaphoreParker());
            AtomicInteger inside = new AtomicInteger();
            Model.Body enter = () -> {
                expect(inside.incrementAndGet() == 1, "two inside");
                inside.decrementAndGet();
            };
            Thread first = start(() -> {
                mutex.lock();
                enter.run();
                mutex.unlock();
            });
            Thread second = start(() -> {
                try (Held held = mutex.hold()) {
                    enter.run();
                }
            });
            mutex.lockInterruptibly();
            enter.run();
            mutex.unlock();
            join(first, second);
            expectFree(mutex);
        });
    }

    @Test
    @DisplayName("A hold closed by two threads while a third locks: the close of the one hold never ends the other")
    void hold_closedTwice_endsOnce() {
        Model.check(() -> {
            Mutex mutex = new Mutex(new SemaphoreParker());
            Held held = mutex.hold();
            Thread closer = start(held::close);
            Thread locker = start(mutex::lock);
            held.close();
            join(closer, locker);
            expect(mutex.isLocked(), "a late close has freed what another thread locked");
            mutex.unlock();
            expectFree(mutex);
        });
    }

    @Test
    @DisplayName("Two threads unlock the mutex that is locked once: one of them is told")
    void unlock_twice_isRefusedOnce() {
        Model.check(() -> {
            Mutex mutex = new Mutex(new SemaphoreParker());
            mutex.lock();
            AtomicInteger refused = new AtomicInteger();
            Model.Body unlock = () -> {
                try {
                    mutex.unlock();
                } catch (IllegalStateException e) {
                    refused.incrementAndGet();
                }
            };
            Thread other = start(unlock);
            unlock.run();
            join(other);
            expect(refused.get() == 1, "refused " + refused.get() + " times");
            expectFree(mutex);
        });
    }

    @Test
    @DisplayName("An interrupt against an unlock: the mutex is not lost, the other waiter gets it")
    void interrupt_againstUnlock() {
        Model.check(() -> {
            Mutex mutex = new Mutex(new SemaphoreParker());
            mutex.lock();
            Thread leaver = start(() -> {
                try {
                    mutex.holdInterruptibly().close();
                } catch (InterruptedException e) {
                    // has nothing
                }
            });
            Thread stayer = start(() -> mutex.hold().close());
            leaver.interrupt();
            mutex.unlock();
            join(leaver, stayer);
            expectFree(mutex);
        });
    }

    /**
     * A number of things under a mutex, with a condition to wait for one: inside a hold, which goes on after the wait.
     */
    private static final class Store {
        final Mutex mutex = new Mutex(new SemaphoreParker());
        final Condition notEmpty = mutex.newCondition();
        private int things;

        void put() {
            mutex.lock();
            things++;
            notEmpty.signal();
            mutex.unlock();
        }

        void take() {
            try (Held held = mutex.hold()) {
                while (things == 0) {
                    notEmpty.awaitUninterruptibly();
                }
                things--;
            }
        }

        void takeInterruptibly() throws InterruptedException {
            try (Held held = mutex.hold()) {
                while (things == 0) {
                    notEmpty.await();
                }
                things--;
            }
        }

        void expectEmpty() {
            expect(things == 0, things + " things left");
            expectFree(mutex);
        }
    }

    @Test
    @DisplayName("Two threads wait, two signals come: each thread returns")
    void signal_twice_wakesTwo() {
        Model.check(() -> {
            Store store = new Store();
            Thread first = start(store::take);
            Thread second = start(store::take);
            store.put();
            store.put();
            join(first, second);
            store.expectEmpty();
        });
    }

    @Test
    @DisplayName("signalAll reaches everybody who waits, and nobody returns without a signal")
    void signalAll_wakesEverybody() {
        Model.check(() -> {
            Mutex mutex = new Mutex(new SemaphoreParker());
            Condition opened = mutex.newCondition();
            boolean[] open = new boolean[1];
            Model.Body pass = () -> {
                mutex.lock();
                if (!open[0]) {
                    opened.await(); // no loop: there are no spurious wake-ups
                    expect(open[0], "woken without a signal");
                }
                mutex.unlock();
            };
            Thread first = start(pass);
            Thread second = start(pass);
            mutex.lock();
            open[0] = true;
            opened.signalAll();
            mutex.unlock();
            join(first, second);
            expectFree(mutex);
        });
    }

    @Test
    @DisplayName("An interrupt against a signal: the signal is not lost, whoever it chose")
    void interrupt_againstSignal() {
        Model.check(() -> {
            Store store = new Store();
            Thread leaver = start(() -> {
                try {
                    store.takeInterruptibly();
                    store.put(); // was chosen: hands on
                } catch (InterruptedException e) {
                    // was not
                }
            });
            Thread stayer = start(store::take);
            leaver.interrupt();
            store.put();
            join(leaver, stayer);
            store.expectEmpty();
        });
    }

    @Test
    @DisplayName("A thread that a signal chose returns as signalled, with the interrupt pending")
    void interrupt_afterSignal_staysPending() {
        Model.check(() -> {
            Mutex mutex = new Mutex(new SemaphoreParker());
            Condition condition = mutex.newCondition();
            boolean[] waits = new boolean[1];
            boolean[] signalled = new boolean[1];
            Thread waiter = start(() -> {
                mutex.lock();
                try {
                    waits[0] = true;
                    condition.await();
                    expect(signalled[0], "returned without a signal");
                } catch (InterruptedException e) {
                    expect(!signalled[0], "was chosen by a signal, yet returned as interrupted");
                } finally {
                    mutex.unlock();
                }
            });
            mutex.lock();
            if (waits[0]) {
                condition.signal();
                signalled[0] = true;
            }
            mutex.unlock();
            waiter.interrupt();
            join(waiter);
            expectFree(mutex);
        });
    }
}
