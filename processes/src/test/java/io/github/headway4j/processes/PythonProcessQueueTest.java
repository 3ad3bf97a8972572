// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What CPython's tests demand of {@code multiprocessing.Queue}, {@code JoinableQueue} and {@code SimpleQueue}. */
class PythonProcessQueueTest {

    private static final Duration SHORT = Duration.ofMillis(5);

    @Test
    @Python("M32")
    void capacityOfSix_isFullAfterSix_inAllForms_andAChildMakesRoom() throws Exception {
        try (ProcessQueue<Integer> queue = ProcessQueue.create(6);
                OtherJvm child = OtherJvm.start(talk -> {
                    talk.hear();
                    for (int i = 1; i <= 6; i++) {
                        talk.say(queue.take());
                    }
                    talk.say("empty " + queue.isEmpty());
                })) {
            queue.put(1);
            assertThat(queue.offer(2)).isTrue();
            assertThat(queue.offer(3, SHORT)).isTrue();
            assertThat(queue.offer(4, Duration.ZERO)).isTrue();
            queue.put(5);
            queue.put(6);
            assertThat(queue.isEmpty()).isFalse();
            assertThat(queue.remainingCapacity()).isZero();
            assertThat(queue.offer(7)).isFalse();
            assertThat(queue.offer(7, Duration.ZERO)).isFalse();
            assertThat(queue.offer(7, Duration.ofSeconds(-1))).isFalse();
            assertThat(waited(() -> queue.offer(7, SHORT))).isGreaterThanOrEqualTo(SHORT);
            child.tell("take");
            for (int i = 1; i <= 6; i++) {
                child.expect(String.valueOf(i));
            }
            child.expect("empty true");
            child.expectEnd();
            assertThat(queue.remainingCapacity()).isEqualTo(6);
        }
    }

    @Test
    @Python("M33")
    void get_inAllForms_andEmptyIsTold() throws Exception {
        try (ProcessQueue<Integer> queue = ProcessQueue.create(10)) {
            for (int i = 2; i <= 5; i++) {
                queue.put(i);
            }
            assertThat(queue.take()).isEqualTo(2);
            assertThat(queue.poll(Duration.ofHours(1))).isEqualTo(3);
            assertThat(queue.poll(Duration.ZERO)).isEqualTo(4);
            assertThat(queue.poll()).isEqualTo(5);
            assertThat(queue.poll()).isNull();
            assertThat(queue.poll(Duration.ZERO)).isNull();
            assertThat(queue.poll(Duration.ofSeconds(-1))).isNull();
            assertThat(waited(() -> queue.poll(SHORT))).isGreaterThanOrEqualTo(SHORT);
        }
    }

    /** How long a call took that was to fail. */
    private static Duration waited(Callable<Object> call) throws Exception {
        long start = System.nanoTime();
        assertThat(call.call()).isIn(null, false);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    @Python("M34")
    void size_followsPutsAndGets() throws Exception {
        try (ProcessQueue<Integer> queue = ProcessQueue.create(10)) {
            assertThat(queue.size()).isZero();
            queue.put(1);
            assertThat(queue.size()).isEqualTo(1);
            queue.put(5);
            assertThat(queue.size()).isEqualTo(2);
            queue.take();
            assertThat(queue.size()).isEqualTo(1);
            queue.take();
            assertThat(queue.size()).isZero();
        }
    }

    /** Also after the child has ended: what it put is there. */
    @Test
    @Python("M35")
    void elementsOfParentAndChild_allArrive_inTheOrderOfEach() throws Exception {
        try (ProcessQueue<Integer> queue = ProcessQueue.create(20)) {
            for (int i = 0; i < 10; i++) {
                queue.put(i);
            }
            try (OtherJvm child = OtherJvm.start(talk -> {
                for (int i = 0; i < 10; i++) {
                    queue.put(i + 10);
                }
            })) {
                child.expectEnd();
            }
            List<Integer> got = new ArrayList<>();
            assertThat(queue.drainTo(got)).isEqualTo(20);
            assertThat(got).isEqualTo(IntStream.range(0, 20).boxed().toList());
        }
    }

    /** Four workers: two threads in each of two processes. */
    @Test
    @Python("M36")
    void joinWaits_untilFourWorkersHaveReportedAll() throws Exception {
        int tasks = 10;
        try (ProcessQueue<String> queue = ProcessQueue.create(100);
                SharedSemaphore go = SharedSemaphore.create(tasks);
                TestThreads threads = new TestThreads()) {
            go.acquire(tasks);
            OtherJvm.Body workers = talk -> {
                Thread second = new Thread(() -> work(queue, go));
                second.start();
                work(queue, go);
                second.join();
                talk.say("ended");
            };
            try (OtherJvm one = OtherJvm.start(workers);
                    OtherJvm other = OtherJvm.start(workers)) {
                for (int i = 0; i < tasks; i++) {
                    queue.put("task " + i);
                }
                TestThread<Void> joining = threads.start("joining", () -> queue.join());
                joining.awaitParked();
                go.release(tasks - 1);
                assertThat(queue.join(SHORT)).isFalse();
                assertThat(joining.isAlive()).isTrue();
                go.release();
                joining.join();
                assertThat(queue.unfinishedTasks()).isZero();
                for (int i = 0; i < 4; i++) {
                    queue.put("end");
                }
                one.expect("ended");
                other.expect("ended");
                queue.join();
            }
            assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
        }
    }

    private static void work(ProcessQueue<String> queue, SharedSemaphore go) {
        try {
            for (String task = queue.take(); !task.equals("end"); task = queue.take()) {
                go.acquire();
                queue.taskDone();
            }
            queue.taskDone();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Ours is refused at the put, not dropped later. */
    @Test
    @Python("M37")
    void elementThatCannotBeSerialized_takesNoRoom() throws Exception {
        try (ProcessQueue<Object> queue = ProcessQueue.create(1)) {
            assertThatThrownBy(() -> queue.put(new Object())).isInstanceOf(IllegalArgumentException.class);
            assertThat(queue.size()).isZero();
            assertThat(queue.offer(true)).isTrue();
            assertThat(queue.take()).isEqualTo(true);
        }
    }

    @Test
    @Python("M38")
    void closedQueue_refusesPutAndGet() throws Exception {
        ProcessQueue<Integer> queue = ProcessQueue.create(2);
        queue.close();
        assertThatThrownBy(() -> queue.put(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> queue.offer(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(queue::take).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(queue::poll).isInstanceOf(IllegalStateException.class);
        queue.close();
    }

    @Test
    @Python("M39")
    void emptyIsTold_andThingsWithoutTasksNeedNoTaskDone() throws Exception {
        try (ProcessQueue<Integer> queue = ProcessQueue.create(5)) {
            assertThat(queue.isEmpty()).isTrue();
            queue.put(1);
            assertThat(queue.isEmpty()).isFalse();
            assertThat(queue.take()).isEqualTo(1);
            assertThat(queue.isEmpty()).isTrue();
            queue.close();
            assertThatThrownBy(queue::isEmpty).isInstanceOf(IllegalStateException.class);
        }
    }
}
