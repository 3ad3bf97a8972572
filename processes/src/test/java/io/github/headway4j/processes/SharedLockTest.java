// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A lock between processes, and the deaths of its holders. */
class SharedLockTest {

    private static final Duration LONG = Duration.ofHours(1);

    private static final int ROUNDS = 100_000;

    // ---- in one process ----

    @Test
    void lock_andUnlock() throws Exception {
        try (SharedLock lock = SharedLock.create()) {
            assertThat(lock.isLocked()).isFalse();
            assertThat(lock.holderPid()).isEmpty();
            lock.lock();
            assertThat(lock.isLocked()).isTrue();
            assertThat(lock.holderPid()).hasValue(ProcessHandle.current().pid());
            assertThat(lock.tryLock()).isFalse();
            assertThat(lock.tryLock(Duration.ofMillis(1))).isFalse();
            assertThat(lock.wasAbandoned()).isFalse();
            lock.unlock();
            assertThat(lock.tryLock()).isTrue();
            lock.unlock();
            assertThat(lock.isLocked()).isFalse();
        }
    }

    @Test
    void unlock_whenFree_isRefusedAndChangesNothing() throws Exception {
        try (SharedLock lock = SharedLock.create()) {
            assertThatThrownBy(lock::unlock)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("expected it to be locked by this process");
            assertThat(lock.isLocked()).isFalse();
            lock.lock();
            lock.unlock();
            assertThatThrownBy(lock::unlock).isInstanceOf(IllegalStateException.class);
            assertThat(lock.tryLock()).isTrue();
        }
    }

    @EachThreadKind
    void unlock_byAnotherThreadOfTheProcess(ThreadKind kind) throws Exception {
        try (SharedLock lock = SharedLock.create();
                TestThreads threads = new TestThreads(kind)) {
            lock.lock();
            threads.start("unlocker", lock::unlock).join();
            assertThat(lock.isLocked()).isFalse();
        }
    }

    @Test
    void held_givesBackItsOwnHoldOnly() throws Exception {
        try (SharedLock lock = SharedLock.create()) {
            Held first = lock.hold();
            lock.unlock();
            try (Held second = lock.hold()) {
                first.close();
                assertThat(lock.isLocked()).isTrue();
            }
            assertThat(lock.isLocked()).isFalse();
        }
    }

    @EachThreadKind
    void twoObjects_areTheSameLock(ThreadKind kind) throws Exception {
        try (SharedMemory memory = SharedMemory.create(64);
                SharedMemory again = SharedMemory.open(memory.name());
                TestThreads threads = new TestThreads(kind)) {
            SharedLock one = SharedLock.at(memory, 32);
            SharedLock other = SharedLock.at(again, 32);
            assertThat(SharedLock.at(memory, 0).tryLock()).isTrue(); // another one
            one.lock();
            assertThat(other.isLocked()).isTrue();
            TestThread<Void> waiter = threads.start("waiter", () -> {
                other.lock();
                one.unlock();
            });
            waiter.awaitParked(one.core());
            other.unlock();
            waiter.join();
            assertThat(one.isLocked()).isFalse();
        }
    }

    @EachThreadKind
    void manyThreads_excludeEachOther(ThreadKind kind) throws Exception {
        try (SharedLock lock = SharedLock.create();
                TestThreads threads = new TestThreads(kind)) {
            int[] count = new int[1];
            for (int i = 0; i < 4; i++) {
                threads.start("adder " + i, () -> {
                    for (int k = 0; k < 5_000; k++) {
                        lock.lock();
                        count[0]++;
                        lock.unlock();
                    }
                });
            }
            threads.close();
            assertThat(count[0]).isEqualTo(20_000);
            assertThat(lock.waiting()).isZero();
        }
    }

    @EachThreadKind
    void close_wakesThoseWhoWait(ThreadKind kind) throws Exception {
        SharedLock lock = SharedLock.create();
        try (TestThreads threads = new TestThreads(kind)) {
            lock.lock();
            TestThread<Void> first = threads.start("first", lock::lock);
            TestThread<Boolean> second = threads.start("second", () -> lock.tryLock(LONG));
            first.awaitParked(lock.core());
            second.awaitParked(lock.core());
            lock.close();
            assertThat(first.failure()).isInstanceOf(IllegalStateException.class);
            assertThat(second.failure()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(lock::tryLock).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(lock::lock).isInstanceOf(IllegalStateException.class);
            lock.close();
            lock.unlock();
            assertThatThrownBy(lock::unlock).as("once").isInstanceOf(IllegalStateException.class);
        }
    }

    /** If it could not, all other processes would wait for it until this one ends. */
    @Test
    void lockHeldWhenItIsClosed_canBeGivenBack() throws Exception {
        SharedMemory memory = SharedMemory.create(64);
        SharedLock lock = SharedLock.at(memory, 0);
        Held held = lock.hold();
        memory.close();
        assertThat(lock.core().holder()).as("still mapped").isEqualTo(ProcessIdentity.own());
        held.close();
        assertThat(lock.core().isHeldHere()).isFalse();
        assertThatThrownBy(() -> lock.core().tryTake()).as("over").isInstanceOf(IllegalStateException.class);
        SharedLock alone = SharedLock.create();
        alone.lock();
        alone.close();
        alone.unlock();
        assertThatThrownBy(alone::unlock).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void lockHeldWhileTheMemoryIsClosedAndOpenedAgain_isTheSame() throws Exception {
        Mapping made = Mapping.create(64);
        SharedMemory first = SharedMemory.open(made.name);
        made.leave(true);
        Held held = SharedLock.at(first, 0).hold();
        first.close();
        try (SharedMemory again = SharedMemory.open(made.name)) {
            SharedLock lock = SharedLock.at(again, 0);
            assertThat(lock.tryLock()).isFalse();
            held.close();
            assertThat(lock.tryLock()).isTrue();
            lock.unlock();
            assertThat(lock.isLocked()).isFalse();
            again.unlink();
        }
    }

    @Test
    void at_badPlaces_areRefused() throws Exception {
        try (SharedMemory memory = SharedMemory.create(64)) {
            SharedLock.at(memory, 64 - SharedLock.BYTES);
            assertThatThrownBy(() -> SharedLock.at(memory, 64 - SharedLock.BYTES + 8))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("offset 56");
            assertThatThrownBy(() -> SharedLock.at(memory, 4)).hasMessageContaining("multiple of 8");
            assertThatThrownBy(() -> SharedLock.at(memory, -8)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> SharedLock.at(null, 0)).isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void toString_tellsStateAndHolder() throws Exception {
        try (SharedLock lock = SharedLock.create()) {
            assertThat(lock).asString().contains("unlocked").contains("0 waiting");
            lock.lock();
            assertThat(lock).asString().contains("locked by Thread[");
            lock.close();
            assertThat(lock).asString().startsWith("SharedLock[");
        }
    }

    // ---- between processes ----

    @Test
    void otherProcess_isKeptOutAndLetIn() throws Exception {
        try (SharedLock lock = SharedLock.create();
                OtherJvm other = OtherJvm.start(talk -> {
                    talk.hear();
                    talk.say(lock.tryLock());
                    talk.say(lock.holderPid().orElse(0));
                    try {
                        lock.unlock();
                    } catch (IllegalStateException e) {
                        talk.say("refused");
                    }
                    talk.say("waiting");
                    lock.lock();
                    talk.say("locked");
                    talk.hear();
                    lock.unlock();
                })) {
            lock.lock();
            other.tell("go");
            other.expect("false");
            other.expect("" + ProcessHandle.current().pid());
            other.expect("refused");
            other.expect("waiting");
            lock.unlock();
            other.expect("locked");
            assertThat(lock.holderPid()).hasValue(other.pid());
            assertThat(lock.tryLock()).isFalse();
            assertThat(lock.tryLock(Duration.ofMillis(5))).isFalse();
            assertThatThrownBy(lock::unlock).isInstanceOf(IllegalStateException.class);
            other.tell("unlock");
            lock.lock();
            assertThat(lock.wasAbandoned()).isFalse();
            lock.unlock();
            other.expectEnd();
        }
    }

    @Test
    void processes_excludeEachOther() throws Exception {
        try (SharedMemory memory = SharedMemory.create(64);
                OtherJvm other = OtherJvm.start(talk -> {
                    talk.hear();
                    add(memory);
                })) {
            other.tell("go");
            add(memory);
            other.expectEnd();
            assertThat(memory.longs().get(4)).isEqualTo(2L * ROUNDS);
        }
    }

    /** Once the other one is there too, so that both run at the same time. */
    private static void add(SharedMemory memory) {
        SharedLock lock = SharedLock.at(memory, 0);
        LongArray words = memory.longs();
        words.getAndAdd(5, 1);
        SharedWait.untilUninterruptibly(() -> words.getVolatile(5) == 2, words);
        for (int i = 0; i < ROUNDS; i++) {
            lock.lock();
            words.set(4, words.get(4) + 1);
            lock.unlock();
        }
    }

    // ---- death ----

    private static OtherJvm holder(SharedLock lock) throws Exception {
        OtherJvm other = OtherJvm.start(talk -> {
            lock.lock();
            talk.say("locked");
            talk.hear();
        });
        other.expect("locked");
        return other;
    }

    @EachThreadKind
    void deadHolder_isNoticedByAWaiter_whichIsTold(ThreadKind kind) throws Exception {
        try (SharedLock lock = SharedLock.create();
                OtherJvm other = holder(lock);
                TestThreads threads = new TestThreads(kind)) {
            TestThread<Boolean> watcher = threads.start("watcher", () -> abandoned(lock));
            watcher.awaitParked(lock.core());
            TestThread<Boolean> second = threads.start("second", () -> abandoned(lock));
            second.awaitParked(lock.core());
            other.kill();
            boolean one = watcher.result();
            boolean two = second.result();
            assertThat(one).as("exactly one of them is told").isNotEqualTo(two);
            assertThat(lock.isLocked()).isFalse();
            lock.lock();
            assertThat(lock.wasAbandoned()).isFalse();
        }
    }

    private static boolean abandoned(SharedLock lock) {
        try (Held held = lock.hold()) {
            return lock.wasAbandoned();
        }
    }

    @Test
    void deadHolder_isNoticedByATry() throws Exception {
        try (SharedLock lock = SharedLock.create();
                OtherJvm other = holder(lock)) {
            assertThat(lock.tryLock()).isFalse();
            other.kill();
            assertThat(lock.isLocked())
                    .as("the dead one holds it until somebody comes")
                    .isTrue();
            assertThat(lock.holderPid()).hasValue(other.pid());
            Await.until("the try to succeed", lock::tryLock);
            assertThat(lock.wasAbandoned()).isTrue();
            lock.unlock();
            assertThat(lock.wasAbandoned()).isFalse();
            assertThat(lock.tryLock(Duration.ZERO)).isTrue();
            assertThat(lock.wasAbandoned()).isFalse();
        }
    }

    /** Two processes wait when a third one is killed: one of them gets the lock first and is told, the other is not. */
    @Test
    void deadHolder_isTakenOverExactlyOnce() throws Exception {
        try (SharedMemory memory = SharedMemory.create(64)) {
            SharedLock lock = SharedLock.at(memory, 0);
            try (OtherJvm dying = holder(lock);
                    OtherJvm waiting = OtherJvm.start(talk -> {
                        talk.say("waiting");
                        talk.say(abandoned(lock));
                    });
                    TestThreads threads = new TestThreads()) {
                waiting.expect("waiting");
                TestThread<Boolean> here = threads.start("waiter", () -> abandoned(lock));
                here.awaitParked(lock.core());
                dying.kill();
                boolean there = Boolean.parseBoolean(waiting.line());
                assertThat(here.result()).isNotEqualTo(there);
            }
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "stops a process by the command kill")
    void stoppedHolder_keepsTheLock() throws Exception {
        try (SharedLock lock = SharedLock.create();
                OtherJvm other = holder(lock)) {
            signal("STOP", other.pid());
            try {
                assertThat(lock.tryLock(Duration.ofMillis(100))).isFalse();
                assertThat(lock.holderPid()).hasValue(other.pid());
            } finally {
                signal("CONT", other.pid());
            }
            other.tell("end without unlocking");
            assertThat(lock.tryLock(LONG)).isTrue();
            assertThat(lock.wasAbandoned()).isTrue();
        }
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor())
                .isZero();
    }

    /** A process with the holder's pid but another start time is not the holder. */
    @Test
    void pidUsedAgain_isNotMistakenForTheHolder() throws Exception {
        try (SharedMemory memory = SharedMemory.create(64)) {
            SharedLock lock = SharedLock.at(memory, 0);
            memory.longs().set(0, ProcessIdentity.own() ^ 1L);
            assertThat(lock.isLocked()).isTrue();
            assertThat(lock.tryLock()).isTrue();
            assertThat(lock.wasAbandoned()).isTrue();
        }
    }
}
