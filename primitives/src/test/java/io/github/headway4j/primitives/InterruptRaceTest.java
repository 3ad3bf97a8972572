// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.Rounds;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Interrupts and time-outs that meet a release at the same moment, many thousand times: nothing is lost or doubled, no
 * waiter is left behind, and an interrupt is seen exactly once, as an exception or as the status.
 */
class InterruptRaceTest {

    private static final int ROUNDS = Integer.getInteger("headway.race.rounds", 2_000);

    /** The longest of the tiny time-outs: about as long as it takes to wait, park and be woken. */
    private static final int LONGEST_NANOS = 100_000;

    private enum Kind {
        FAIR(() -> new Permit(BoundedSemaphore.fair(1))),
        BARGING(() -> new Permit(new BoundedSemaphore(1))),
        MUTEX(() -> new Lock(new Mutex())),
        GUARDED(() -> new Free(Guarded.of(true)));

        private final Supplier<Subject> make;

        Kind(Supplier<Subject> make) {
            this.make = make;
        }
    }

    /** One permit, by whatever class. */
    private interface Subject {
        void take();

        void takeInterruptibly() throws InterruptedException;

        boolean take(Duration timeout) throws InterruptedException;

        void give();

        boolean isTaken();

        int waiting();
    }

    private record Permit(BoundedSemaphore semaphore) implements Subject {
        @Override
        public void take() {
            semaphore.acquireUninterruptibly();
        }

        @Override
        public void takeInterruptibly() throws InterruptedException {
            semaphore.acquire();
        }

        @Override
        public boolean take(Duration timeout) throws InterruptedException {
            return semaphore.tryAcquire(timeout);
        }

        @Override
        public void give() {
            semaphore.release();
        }

        @Override
        public boolean isTaken() {
            return semaphore.availablePermits() == 0;
        }

        @Override
        public int waiting() {
            return semaphore.waiting();
        }
    }

    private record Lock(Mutex mutex) implements Subject {
        @Override
        public void take() {
            mutex.lock();
        }

        @Override
        public void takeInterruptibly() throws InterruptedException {
            mutex.lockInterruptibly();
        }

        @Override
        public boolean take(Duration timeout) throws InterruptedException {
            return mutex.tryLock(timeout);
        }

        @Override
        public void give() {
            mutex.unlock();
        }

        @Override
        public boolean isTaken() {
            return mutex.isLocked();
        }

        @Override
        public int waiting() {
            return mutex.waiting();
        }
    }

    /** A permit that is there while the value is true. */
    private record Free(Guarded<Boolean> free) implements Subject {
        @Override
        public void take() {
            boolean interrupted = false;
            for (boolean taken = false; !taken; ) {
                try {
                    takeInterruptibly();
                    taken = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void takeInterruptibly() throws InterruptedException {
            free.awaitThen(there -> there, there -> free.update(was -> false));
        }

        @Override
        public boolean take(Duration timeout) throws InterruptedException {
            try {
                return !free.awaitThen(there -> there, there -> free.update(was -> false), timeout);
            } catch (TimeoutException e) {
                return false;
            }
        }

        @Override
        public void give() {
            free.update(was -> true);
        }

        @Override
        public boolean isTaken() {
            return !free.<Boolean>with(there -> there);
        }

        @Override
        public int waiting() {
            return free.waiting();
        }
    }

    private interface InterruptibleWait {
        void run() throws InterruptedException;
    }

    /** The state of one round: the permit, taken at first, and the thread to interrupt. */
    private static final class Scene {
        final Subject subject;
        private volatile Thread target;
        private volatile boolean interrupted;

        Scene(Kind kind) {
            subject = kind.make.get();
            subject.take();
        }

        void becomeTarget() {
            target = Thread.currentThread();
        }

        void interruptAndGive() {
            boolean giveFirst = ThreadLocalRandom.current().nextBoolean();
            if (giveFirst) {
                subject.give();
            }
            Await.until("somebody to interrupt", () -> target != null);
            target.interrupt();
            interrupted = true;
            if (!giveFirst) {
                subject.give();
            }
        }

        /** An interrupt that meets the wait ends it with the exception or stays pending: never both, never neither. */
        void checkSeenOnce(InterruptibleWait wait) {
            becomeTarget();
            boolean exception = false;
            try {
                wait.run();
            } catch (InterruptedException e) {
                exception = true;
            }
            assertThat(takeStatus()).as("interrupt status").isEqualTo(!exception);
        }

        /** Whether the status of the target is set once the interrupt has been sent; clears it. */
        boolean takeStatus() {
            while (!interrupted) { // Await would not wait in an interrupted thread
                Thread.yield();
            }
            return Thread.interrupted();
        }

        void takeAndGive() {
            subject.take();
            subject.give();
        }

        void checkFree() {
            assertThat(subject.isTaken()).as("taken").isFalse();
            assertThat(subject.waiting()).as("waiting").isZero();
        }
    }

    private static Stream<Arguments> kinds() {
        return ThreadKind.available().stream()
                .flatMap(threads -> Stream.of(Kind.values()).map(kind -> Arguments.of(kind, threads)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @Python({"A37", "A40"})
    void interruptAgainstRelease_theOtherWaiterGoesOn(Kind kind, ThreadKind threads) {
        race(
                kind,
                threads,
                scene -> scene.checkSeenOnce(() -> {
                    scene.subject.takeInterruptibly();
                    scene.subject.give();
                }),
                Scene::interruptAndGive);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void interruptAgainstReleaseAndTimeOut_isSeenOnce(Kind kind, ThreadKind threads) {
        race(
                kind,
                threads,
                scene -> scene.checkSeenOnce(() -> {
                    if (scene.subject.take(tiny())) {
                        scene.subject.give();
                    }
                }),
                Scene::interruptAndGive);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void timeOutAgainstRelease_theOtherWaiterGoesOn(Kind kind, ThreadKind threads) {
        race(
                kind,
                threads,
                scene -> {
                    if (scene.subject.take(tiny())) {
                        scene.subject.give();
                    }
                },
                scene -> scene.subject.give());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void interruptOfAnUninterruptibleWait_staysPending(Kind kind, ThreadKind threads) {
        race(
                kind,
                threads,
                scene -> {
                    scene.becomeTarget();
                    scene.takeAndGive();
                    assertThat(scene.takeStatus()).as("interrupt status").isTrue();
                },
                Scene::interruptAndGive);
    }

    /**
     * The waiter against the releaser and a second waiter. Bodies spin between rounds, and a virtual thread that spins
     * can keep its carrier from those that are not on one: there, two bodies do the work of three.
     */
    private static void race(
            Kind kind, ThreadKind threads, ThrowingConsumer<Scene> waiter, ThrowingConsumer<Scene> releaser) {
        Rounds<Scene> rounds = Rounds.of(ROUNDS, () -> new Scene(kind)).body("waiter", waiter);
        if (threads == ThreadKind.VIRTUAL) {
            rounds.body("releaser, then second waiter", scene -> {
                releaser.accept(scene);
                scene.takeAndGive();
            });
        } else {
            rounds.body("second waiter", Scene::takeAndGive).body("releaser", releaser);
        }
        rounds.check(Scene::checkFree).run(threads);
    }

    private static Duration tiny() {
        return Duration.ofNanos(ThreadLocalRandom.current().nextInt(1, LONGEST_NANOS));
    }
}
