// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The blocking matrix of {@link Locks} and {@link KeyedLocks}. */
class LocksContractTest extends BlockingContract {

    @Override
    protected List<BlockingOperation<?>> operations() {
        List<BlockingOperation<?>> operations = new ArrayList<>();
        operations.addAll(HoldableOperations.of("Locks.of(ReentrantLock)", JdkLock::new, JdkLock::state));
        operations.addAll(HoldableOperations.of("Locks.holdAll", Several::new, Several::state));
        operations.addAll(HoldableOperations.of("KeyedLocks", Keyed::new, Keyed::state));
        operations.addAll(HoldableOperations.of("KeyedLocks.at(key)", KeyedAt::new, KeyedAt::state));
        return operations;
    }

    @Override
    protected int casesPerThreadKind() {
        return 4 * HoldableOperations.CASES;
    }

    /** A lock of the JDK, which only its holder may free. */
    private static final class JdkLock extends Delegate {

        private final ReentrantLock lock;

        JdkLock() {
            this(new ReentrantLock());
        }

        private JdkLock(ReentrantLock lock) {
            super(Locks.of(lock));
            this.lock = lock;
        }

        List<Object> state() {
            return List.of(lock.isLocked(), lock.getQueueLength());
        }
    }

    /** Three mutexes held together. */
    private static final class Several implements Holdable {

        private final Mutex first = new Mutex();
        private final Mutex second = new Mutex();
        private final Mutex third = new Mutex();

        @Override
        public Held hold() {
            return Locks.holdAll(first, second, third);
        }

        @Override
        public Held holdInterruptibly() throws InterruptedException {
            return Locks.holdAllInterruptibly(third, first, second);
        }

        @Override
        public @Nullable Held tryHold() {
            return Locks.tryHoldAll(second, third, first);
        }

        @Override
        public @Nullable Held tryHold(Duration timeout) throws InterruptedException {
            return Locks.tryHoldAll(timeout, third, second, first);
        }

        List<Object> state() {
            return List.of(
                    first.isLocked(),
                    first.waiting(),
                    second.isLocked(),
                    second.waiting(),
                    third.isLocked(),
                    third.waiting());
        }
    }

    /** One key, by the methods of the keyed locks. */
    private static final class Keyed implements Holdable {

        private final KeyedLocks<String> locks = new KeyedLocks<>();

        @Override
        public Held hold() {
            return locks.hold("key");
        }

        @Override
        public Held holdInterruptibly() throws InterruptedException {
            return locks.holdInterruptibly("key");
        }

        @Override
        public @Nullable Held tryHold() {
            return locks.tryHold("key");
        }

        @Override
        public @Nullable Held tryHold(Duration timeout) throws InterruptedException {
            return locks.tryHold("key", timeout);
        }

        List<Object> state() {
            return List.of(locks.isHeld("key"), locks.size());
        }
    }

    /** One key, by its view. */
    private static final class KeyedAt extends Delegate {

        private final KeyedLocks<String> locks;

        KeyedAt() {
            this(new KeyedLocks<>());
        }

        private KeyedAt(KeyedLocks<String> locks) {
            super(locks.at("key"));
            this.locks = locks;
        }

        List<Object> state() {
            return List.of(locks.isHeld("key"), locks.size());
        }
    }

    private abstract static class Delegate implements Holdable {

        private final Holdable holdable;

        Delegate(Holdable holdable) {
            this.holdable = holdable;
        }

        @Override
        public Held hold() {
            return holdable.hold();
        }

        @Override
        public Held holdInterruptibly() throws InterruptedException {
            return holdable.holdInterruptibly();
        }

        @Override
        public @Nullable Held tryHold() {
            return holdable.tryHold();
        }

        @Override
        public @Nullable Held tryHold(Duration timeout) throws InterruptedException {
            return holdable.tryHold(timeout);
        }
    }
}
