// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.primitives.Parker;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.EachThreadKind;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import io.github.headway4j.testing.ThreadKind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes at the same lock, both in this one: who goes first, who watches, who asks for the holder. */
class LockCoreTest {

    private static final long OTHER = 3L << 32;
    private static final long STOPPED = 4L << 32;

    private final AtomicInteger questions = new AtomicInteger();
    private SharedMemory memory;
    private LockWords words;
    private LockCore here;
    private LockCore other;

    @BeforeEach
    void open() throws Exception {
        memory = SharedMemory.create(LockCore.BYTES);
        words = memory.lockWords(0);
        here = process(ProcessIdentity.own());
        other = process(OTHER);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private LockCore process(long identity) {
        return new LockCore(
                words,
                identity,
                holder -> {
                    questions.incrementAndGet();
                    return true;
                },
                Parker.system());
    }

    @EachThreadKind
    void processThatHasWaitedLong_goesFirst(ThreadKind kind) throws Exception {
        try (TestThreads threads = new TestThreads(kind)) {
            for (int i = 0; i < 5; i++) {
                assertThat(other.take(memory)).isNotEqualTo(LockCore.NONE);
                TestThread<Long> waiter = threads.start("waiter", () -> here.take(memory));
                Await.until("it to ask", () -> words.asking() == ProcessIdentity.own());
                assertThat(other.release()).isTrue();
                assertThat(other.take(memory, 1L)).as("not its turn").isEqualTo(LockCore.NONE);
                assertThat(waiter.result()).isNotEqualTo(LockCore.NONE);
                assertThat(words.asking()).as("asks no more").isEqualTo(ProcessIdentity.NONE);
                assertThat(here.release()).isTrue();
            }
        }
    }

    @Test
    void processThatAsksAndDoesNotCome_isWaitedForOnce() {
        assertThat(words.casAsking(ProcessIdentity.NONE, STOPPED)).isTrue();
        assertThat(here.tryTake()).as("a try does not care").isNotEqualTo(LockCore.NONE);
        assertThat(here.release()).isTrue();
        assertThat(here.take(memory)).isNotEqualTo(LockCore.NONE);
        assertThat(words.asking()).isEqualTo(ProcessIdentity.NONE);
    }

    @EachThreadKind
    void watcherThatLeaves_stopsAsking_andAnotherOneWatches(ThreadKind kind) throws Exception {
        try (TestThreads threads = new TestThreads(kind)) {
            other.take(memory);
            TestThread<Long> watcher = threads.start("watcher", () -> here.takeInterruptibly(memory));
            Await.until("it to ask", () -> words.asking() == ProcessIdentity.own());
            TestThread<Long> second = threads.start("second", () -> here.take(memory));
            second.awaitParked(here);
            Await.until("both to wait", () -> here.waiting() == 2);
            watcher.interrupt();
            assertThat(watcher.failure()).isInstanceOf(InterruptedException.class);
            assertThat(other.release()).isTrue();
            assertThat(second.result()).isNotEqualTo(LockCore.NONE);
            assertThat(here.waiting()).isZero();
        }
    }

    /** A question takes longer than a thousand looks at the word. */
    @EachThreadKind
    void holder_isNotAskedForAllTheTime(ThreadKind kind) throws Exception {
        try (TestThreads threads = new TestThreads(kind)) {
            other.take(memory);
            for (int i = 0; i < 1_000; i++) {
                here.tryTake();
            }
            TestThread<Boolean> watcher = threads.start("watcher", () -> here.release(here.take(memory)));
            TestThread<Boolean> second = threads.start("second", () -> here.release(here.take(memory)));
            Await.until("some naps", () -> words.asking() == ProcessIdentity.own());
            other.release();
            assertThat(watcher.result() && second.result()).isTrue();
            assertThat(questions.get()).isBetween(1, 200);
        }
    }

    /** A core that is made while this process holds the lock, as when memory is closed and opened again, knows it. */
    @Test
    void newCore_knowsThatThisProcessHolds() {
        assertThat(here.take(memory)).isNotEqualTo(LockCore.NONE);
        LockCore again = process(ProcessIdentity.own());
        assertThat(again.isHeldHere()).isTrue();
        assertThat(process(OTHER).isHeldHere()).isFalse();
        assertThat(again.tryTake()).isEqualTo(LockCore.NONE);
        assertThat(again.release()).isTrue();
        assertThat(words.holder()).isEqualTo(ProcessIdentity.NONE);
    }
}
