// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.ThreadKind;
import java.util.concurrent.locks.StampedLock;

/** A hold gives back once, also if two threads close it at the same time. */
class HeldTest {

    private static final int ROUNDS = 2_000;

    @EachThreadKind
    void ofASemaphore_givesBackOnce(ThreadKind kind) {
        record Shared(BoundedSemaphore semaphore, Held held) {}
        Rounds.of(ROUNDS, () -> {
                    BoundedSemaphore semaphore = new BoundedSemaphore(5);
                    semaphore.acquireUninterruptibly(2);
                    return new Shared(semaphore, semaphore.hold(2));
                })
                .body("first", shared -> shared.held().close())
                .body("second", shared -> shared.held().close())
                .check(shared ->
                        assertThat(shared.semaphore().availablePermits()).isEqualTo(3))
                .run(kind);
    }

    @EachThreadKind
    void ofAKey_givesBackOnce(ThreadKind kind) {
        record Shared(KeyedLocks<String> locks, Held held) {}
        Rounds.of(ROUNDS, () -> {
                    KeyedLocks<String> locks = new KeyedLocks<>();
                    return new Shared(locks, locks.hold("key"));
                })
                .body("first", shared -> shared.held().close())
                .body("second", shared -> shared.held().close())
                .check(shared -> assertThat(shared.locks().size()).isZero())
                .run(kind);
    }

    /** A stamped lock lets any thread unlock, and refuses a second unlock with an exception. */
    @EachThreadKind
    void ofALockOfTheJdk_givesBackOnce(ThreadKind kind) {
        record Shared(StampedLock lock, Held held) {}
        Rounds.of(ROUNDS, () -> {
                    StampedLock lock = new StampedLock();
                    return new Shared(lock, Locks.of(lock.asWriteLock()).hold());
                })
                .body("first", shared -> shared.held().close())
                .body("second", shared -> shared.held().close())
                .check(shared -> assertThat(shared.lock().isWriteLocked()).isFalse())
                .run(kind);
    }
}
