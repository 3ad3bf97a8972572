// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.primitives.BoundedSemaphore;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;

/** What can carry a {@link Signal}. */
public enum SignalImplementation {
    /** Sending releases the only permit, receiving acquires it. */
    HEADWAY {
        @Override
        Signal create() {
            return new HeadwaySignal();
        }
    },
    SEMAPHORE {
        @Override
        Signal create() {
            return new SemaphoreSignal();
        }
    },
    /** A flag, and parking at once: what a hand-off costs where nobody spins. */
    LOCK_SUPPORT {
        @Override
        Signal create() {
            return new ParkingSignal();
        }
    },
    EXCHANGER {
        @Override
        Signal create() {
            return new ExchangerSignal();
        }
    },
    SYNCHRONOUS_QUEUE {
        @Override
        Signal create() {
            return new QueueSignal();
        }
    };

    /** Returns a signal that has not been sent. */
    abstract Signal create();

    private static final class HeadwaySignal implements Signal {
        private final BoundedSemaphore semaphore = new BoundedSemaphore(1);

        HeadwaySignal() {
            semaphore.acquireUninterruptibly();
        }

        @Override
        public void send() {
            semaphore.release();
        }

        @Override
        public void receive() throws InterruptedException {
            semaphore.acquire();
        }
    }

    private static final class SemaphoreSignal implements Signal {
        private final Semaphore semaphore = new Semaphore(0);

        @Override
        public void send() {
            semaphore.release();
        }

        @Override
        public void receive() throws InterruptedException {
            semaphore.acquire();
        }
    }

    private static final class ParkingSignal implements Signal {
        private volatile boolean sent;
        private volatile Thread receiver = Thread.currentThread();

        @Override
        public void send() {
            sent = true;
            LockSupport.unpark(receiver);
        }

        @Override
        public void receive() throws InterruptedException {
            Thread current = Thread.currentThread();
            if (receiver != current) {
                receiver = current; // before the flag is read: a sender that missed this has set the flag
            }
            while (!sent) {
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            sent = false;
        }
    }

    private static final class ExchangerSignal implements Signal {
        private final Exchanger<Boolean> exchanger = new Exchanger<>();

        @Override
        public void send() throws InterruptedException {
            exchanger.exchange(Boolean.TRUE);
        }

        @Override
        public void receive() throws InterruptedException {
            exchanger.exchange(Boolean.FALSE);
        }
    }

    private static final class QueueSignal implements Signal {
        private final SynchronousQueue<Boolean> queue = new SynchronousQueue<>();

        @Override
        public void send() throws InterruptedException {
            queue.put(Boolean.TRUE);
        }

        @Override
        public void receive() throws InterruptedException {
            queue.take();
        }
    }
}
