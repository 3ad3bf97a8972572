// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Parker;
import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The blocking matrix of {@link SharedLock}, once against another thread of this process, and once against another
 * process, which a second core over the same words plays.
 */
class SharedLockContractTest extends BlockingContract {

    @Override
    protected List<BlockingOperation<?>> operations() {
        List<BlockingOperation<?>> operations = new ArrayList<>();
        for (boolean foreign : List.of(false, true)) {
            String name = foreign ? "against another process: " : "";
            BlockingSubject<Scene> scene = BlockingSubject.of(() -> new Scene(foreign))
                    .busy(Scene::keepBusy)
                    .free(Scene::free)
                    .state(s -> List.of(s.lock.isLocked(), s.lock.waiting()))
                    .blocker(s -> s.lock.core())
                    .disposedBy(Scene::end);
            operations.add(scene.uninterruptible(name + "lock()", s -> s.lock.lock()));
            operations.add(scene.interruptible(name + "lockInterruptibly()", s -> s.lock.lockInterruptibly()));
            operations.add(scene.trying(name + "tryLock()", s -> s.lock.tryLock()));
            operations.add(scene.timed(name + "tryLock(Duration)", (s, timeout) -> s.lock.tryLock(timeout)));
            operations.add(scene.uninterruptible(name + "hold()", s -> s.keep(s.lock.hold())));
            operations.add(scene.interruptible(name + "holdInterruptibly()", s -> s.keep(s.lock.holdInterruptibly())));
            operations.add(scene.trying(name + "tryHold()", s -> s.keep(s.lock.tryHold())));
            operations.add(scene.timed(name + "tryHold(Duration)", (s, timeout) -> s.keep(s.lock.tryHold(timeout))));
        }
        return operations;
    }

    @Override
    protected int casesPerThreadKind() {
        return 2 * 2 * (5 + 6 + 4 + 25);
    }

    /** A lock that a thread of this process or another process holds when it is busy. */
    private static final class Scene {

        /** A process that lives. */
        private static final long FOREIGN = ProcessIdentity.of(
                ProcessHandle.current().parent().orElseThrow().pid());

        private final SharedMemory memory;
        private final SharedLock lock;
        private final LockCore other;
        private volatile Held held;

        Scene(boolean foreign) {
            try {
                memory = SharedMemory.create(SharedLock.BYTES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            lock = SharedLock.at(memory, 0L);
            other = foreign
                    ? new LockCore(memory.lockWords(0), FOREIGN, ProcessIdentity::isAlive, Parker.system())
                    : lock.core();
        }

        void keepBusy() {
            assertThat(other.tryTake()).isNotEqualTo(LockCore.NONE);
        }

        void free() {
            Held here = held;
            held = null;
            if (here != null) {
                here.close();
            } else if (lock.core().isHeldHere()) {
                lock.unlock();
            } else {
                other.release();
            }
        }

        void end() {
            memory.close();
        }

        boolean keep(Held next) {
            if (next != null) {
                held = next;
            }
            return next != null;
        }
    }
}
