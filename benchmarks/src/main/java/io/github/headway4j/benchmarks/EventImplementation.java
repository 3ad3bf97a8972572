// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.primitives.Event;
import java.util.concurrent.CountDownLatch;

/** What {@link EventBenchmark} can wait for. */
public enum EventImplementation {
    HEADWAY {
        @Override
        Gate create() {
            Event event = new Event();
            event.set();
            return event::await;
        }
    },
    HEADWAY_UNINTERRUPTIBLE {
        @Override
        Gate create() {
            Event event = new Event();
            event.set();
            return event::awaitUninterruptibly;
        }
    },
    /** A read of a volatile field and a branch: what a gate costs at least. */
    VOLATILE_READ {
        @Override
        Gate create() {
            return new OpenFlag()::await;
        }
    },
    /** The same behind a look at whether the thread is interrupted, as whatever can be interrupted has to do it. */
    INTERRUPTIBLE_VOLATILE_READ {
        @Override
        Gate create() {
            return new InterruptibleOpenFlag()::await;
        }
    },
    COUNT_DOWN_LATCH {
        @Override
        Gate create() {
            return new CountDownLatch(0)::await;
        }
    };

    /** Something open to wait for. */
    interface Gate {
        void await() throws InterruptedException;
    }

    abstract Gate create();

    private static final class OpenFlag {
        private volatile boolean open = true;

        void await() {
            if (!open) {
                throw new IllegalStateException("nobody closes it");
            }
        }
    }

    private static final class InterruptibleOpenFlag {
        private volatile boolean open = true;

        void await() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!open) {
                throw new IllegalStateException("nobody closes it");
            }
        }
    }
}
