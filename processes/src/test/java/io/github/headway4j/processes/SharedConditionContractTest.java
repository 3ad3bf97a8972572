// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The blocking matrix of {@link SharedCondition}: of those forms that wait for something to be true. */
class SharedConditionContractTest extends BlockingContract {

    @Override
    protected List<BlockingOperation<?>> operations() {
        BlockingSubject<Flag> flag = BlockingSubject.of(Flag::new)
                .busy(f -> f.become(false))
                .free(f -> f.become(true))
                .state(f -> f.up)
                .keepsFree()
                .blocker(f -> f.condition)
                .disposedBy(Flag::close);
        return List.of(
                flag.interruptible("awaitUntil(BooleanSupplier)", f -> {
                    f.lock.lock();
                    try {
                        f.condition.awaitUntil(() -> f.up);
                    } finally {
                        f.lock.unlock();
                    }
                }),
                flag.uninterruptible("awaitUntilUninterruptibly(BooleanSupplier)", f -> {
                    f.lock.lock();
                    try {
                        f.condition.awaitUntilUninterruptibly(() -> f.up);
                    } finally {
                        f.lock.unlock();
                    }
                }),
                flag.timed("awaitUntil(BooleanSupplier, Duration)", (f, timeout) -> {
                    f.lock.lock();
                    try {
                        return f.condition.awaitUntil(() -> f.up, timeout);
                    } finally {
                        f.lock.unlock();
                    }
                }));
    }

    @Override
    protected int casesPerThreadKind() {
        return 6 + 5 + 25;
    }

    /** Something to wait for. */
    private static final class Flag {

        private final SharedLock lock;
        private final SharedCondition condition;
        private volatile boolean up = true;

        Flag() {
            try {
                lock = SharedLock.create();
                condition = lock.newCondition();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void become(boolean value) {
            lock.lock();
            try {
                up = value;
                condition.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void close() {
            condition.close();
            lock.close();
        }
    }
}
