// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A queue that several processes use at once, some of which are killed. */
class QueueAmongProcessesTest {

    /** Processes that are killed. */
    private static final int KILLS = 6;

    /** The most elements that one process puts. */
    private static final int MOST = 1 << 15;

    /**
     * This process and another one put and take all the time; the other one is killed at any moment, again and again.
     * Each element is taken exactly once, but for those that a killed process took and could not write down: at most
     * one for each; and one that it was putting may be there or not.
     */
    @Test
    void randomKills_everyElementIsAccountedFor() throws Exception {
        Random random = new Random();
        int killed = 0;
        try (ProcessQueue<Integer> queue = ProcessQueue.create(8, 1);
                SharedMemory memory = SharedMemory.create(8L * (KILLS + 1) * (MOST + 1));
                TestThreads threads = new TestThreads()) {
            LongArray books = memory.longs();
            AtomicBoolean stop = new AtomicBoolean();
            TestThread<Void> own = threads.start("own", () -> {
                putAndTake(queue, books, KILLS, stop);
            });
            for (int child = 0; child < KILLS; child++) {
                int id = child;
                int enough = 1 + random.nextInt(2_000);
                try (OtherJvm other = OtherJvm.start(talk -> putAndTake(queue, books, id, new AtomicBoolean()))) {
                    Await.until(enough + " elements of " + id, () -> books.getAcquire(id * (MOST + 1)) >= enough);
                    other.kill();
                    killed++;
                }
            }
            stop.set(true);
            own.join();
            for (Integer left = queue.poll(); left != null; left = queue.poll()) {
                books.getAndAdd(left, 1L);
            }
            long lost = 0;
            for (int id = 0; id <= KILLS; id++) {
                int base = id * (MOST + 1);
                long put = books.get(base);
                for (int i = 1; i <= MOST; i++) {
                    long taken = books.get(base + i);
                    assertThat(taken)
                            .as("element %d of %d, of %d", i, id, put)
                            .isLessThanOrEqualTo(i <= put + 1 ? 1 : 0);
                    lost += i <= put && taken == 0 ? 1 : 0;
                }
            }
            assertThat(lost).as("elements lost").isLessThanOrEqualTo(killed);
        }
    }

    /** Writes down at the place for 0 how many have been put, at the place of an element how often it was taken. */
    private static void putAndTake(ProcessQueue<Integer> queue, LongArray books, int id, AtomicBoolean stop)
            throws InterruptedException {
        int base = id * (MOST + 1);
        for (int i = 1; i <= MOST && !stop.get(); i++) {
            queue.put(base + i);
            books.setRelease(base, i);
            books.getAndAdd(queue.take(), 1L);
        }
    }

    @Test
    void shutdownAgainstThePutsOfAnotherProcess_losesNothing() throws Exception {
        for (int round = 0; round < 2; round++) {
            int some = 1 + round * 5_000;
            try (ProcessQueue<Integer> queue = ProcessQueue.create(100);
                    OtherJvm other = OtherJvm.start(talk -> {
                        int put = 0;
                        try {
                            while (true) {
                                queue.put(put);
                                put++;
                            }
                        } catch (QueueShutdownException end) {
                            talk.say(put);
                        }
                    })) {
                List<Integer> got = new ArrayList<>();
                while (got.size() < some) {
                    got.add(queue.take());
                }
                got.addAll(queue.shutdownNow());
                int put = Integer.parseInt(other.line());
                assertThat(got).hasSize(put);
                for (int i = 0; i < put; i++) {
                    assertThat(got.get(i)).isEqualTo(i);
                }
            }
        }
    }
}
