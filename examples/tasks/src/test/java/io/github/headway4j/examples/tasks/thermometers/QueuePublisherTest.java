// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.tasks.PoolOptions;
import io.github.headway4j.tasks.WorkerPool;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.Python;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class QueuePublisherTest {
    private final List<Throwable> reported = Collections.synchronizedList(new ArrayList<>());
    private final WorkerPool pool =
            WorkerPool.fixed(1, PoolOptions.defaults().onFailure((task, failure) -> reported.add(failure)));
    private final TaskQueue<Integer> queue = FifoTaskQueue.bounded(2);
    private final QueuePublisher<Integer> publisher = new QueuePublisher<>(queue, pool);

    /** A subscriber that asks for nothing more waits until the pool is stopped. */
    @AfterEach
    void end() {
        pool.shutdownNow();
        pool.close();
    }

    /** Writes down what it is told, and does something on each element. */
    private static final class Recorder implements Flow.Subscriber<Integer> {
        final List<String> told = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch end = new CountDownLatch(1);
        private final long first;
        private final BiConsumer<Flow.Subscription, Integer> action;
        private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();

        Recorder(long first, BiConsumer<Flow.Subscription, Integer> action) {
            this.first = first;
            this.action = action;
        }

        Flow.Subscription subscription() {
            return subscription.get();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.set(given);
            told.add("subscribed");
            if (first != 0) {
                given.request(first);
            }
        }

        @Override
        public void onNext(Integer element) {
            told.add("next " + element);
            action.accept(subscription(), element);
        }

        @Override
        public void onError(Throwable failure) {
            told.add("error " + failure.getMessage());
            end.countDown();
        }

        @Override
        public void onComplete() {
            told.add("complete");
            end.countDown();
        }
    }

    @Test
    @Python("RX1")
    void elements_thenTheEnd_andNothingAfterIt() throws InterruptedException {
        Recorder recorder = new Recorder(1, (subscription, element) -> subscription.request(1));
        publisher.subscribe(recorder);
        for (int element = 1; element <= 5; element++) {
            queue.put(element);
        }
        queue.shutdown();
        recorder.end.await();
        recorder.subscription().request(1);
        recorder.subscription().cancel();
        pool.close();

        assertThat(recorder.told)
                .containsExactly("subscribed", "next 1", "next 2", "next 3", "next 4", "next 5", "complete");
        assertThat(queue.unfinishedTasks()).isZero();
    }

    @Test
    void subscriberThatAsksForNothing_getsNothing_andWhoPutsWaits() throws InterruptedException {
        Recorder recorder = new Recorder(0, (subscription, element) -> {});
        publisher.subscribe(recorder);
        queue.put(1);
        queue.put(2);
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> source = threads.start("source", () -> queue.put(3));
            source.awaitParked(queue);
            assertThat(recorder.told).containsExactly("subscribed");
            recorder.subscription().request(1);
            source.join();
        }
        assertThat(queue).containsExactly(2, 3);
        recorder.subscription().request(2);
        queue.join();
        assertThat(recorder.told).containsExactly("subscribed", "next 1", "next 2", "next 3");
    }

    /** Two times the largest number would be negative. */
    @Test
    void demand_withoutEnd_isNotUsedUp() throws InterruptedException {
        Recorder recorder = new Recorder(Long.MAX_VALUE, (subscription, element) -> {});
        publisher.subscribe(recorder);
        recorder.subscription().request(Long.MAX_VALUE);
        queue.put(1);
        queue.put(2);
        queue.shutdown();
        recorder.end.await();

        assertThat(recorder.told).containsExactly("subscribed", "next 1", "next 2", "complete");
    }

    @Test
    @Python("RX1")
    void cancelled_isSilent_andFreesWhoPuts() throws InterruptedException {
        Recorder recorder = new Recorder(3, (subscription, element) -> subscription.cancel());
        publisher.subscribe(recorder);
        assertThatThrownBy(() -> {
                    while (true) {
                        queue.put(1);
                    }
                })
                .isInstanceOf(QueueShutdownException.class);
        pool.close();

        assertThat(recorder.told).containsExactly("subscribed", "next 1");
        assertThat(queue).isEmpty();
    }

    @Test
    void cancelledWhileItWaitsForAnElement_ends() {
        Recorder recorder = new Recorder(1, (subscription, element) -> {});
        publisher.subscribe(recorder);
        Await.until("a taker", () -> queue.stats().waitingTakers() == 1);
        recorder.subscription().cancel();
        pool.close();

        assertThat(recorder.told).containsExactly("subscribed");
    }

    @Test
    void requestOfNothing_isAnError() throws InterruptedException {
        Recorder recorder = new Recorder(1, (subscription, element) -> subscription.request(0));
        publisher.subscribe(recorder);
        queue.put(1);
        recorder.end.await();
        pool.close();

        assertThat(recorder.told).containsExactly("subscribed", "next 1", "error requested: 0; expected at least 1");
        assertThat(queue.isShutdown()).isTrue();
    }

    @Test
    void subscriberThatThrows_isCancelled_andReported() throws InterruptedException {
        IllegalStateException failure = new IllegalStateException("no voltage");
        Recorder recorder = new Recorder(2, (subscription, element) -> {
            throw failure;
        });
        publisher.subscribe(recorder);
        queue.put(1);
        pool.close();

        assertThat(reported).containsExactly(failure);
        assertThat(recorder.told).containsExactly("subscribed", "next 1");
        assertThat(queue.isShutdown()).isTrue();
        assertThat(queue.unfinishedTasks()).isZero();
    }

    @Test
    void secondSubscriber_isRefused_andTheFirstIsServed() throws InterruptedException {
        Recorder first = new Recorder(2, (subscription, element) -> {});
        Recorder second = new Recorder(1, (subscription, element) -> {});
        publisher.subscribe(first);
        publisher.subscribe(second);
        queue.put(1);
        queue.shutdown();
        first.end.await();

        assertThat(second.told).containsExactly("subscribed", "error there is a subscriber already");
        assertThat(first.told).containsExactly("subscribed", "next 1", "complete");
    }

    @Test
    void poolThatIsStopped_isAnErrorForTheSubscriber() throws InterruptedException {
        Recorder recorder = new Recorder(1, (subscription, element) -> {});
        publisher.subscribe(recorder);
        Await.until("a taker", () -> queue.stats().waitingTakers() == 1);
        pool.shutdownNow();
        recorder.end.await();

        assertThat(recorder.told).hasSize(2).last().asString().startsWith("error ");
        assertThat(queue.isShutdown()).isTrue();
    }

    @RepeatedTest(50)
    void sources_putTogether_everythingArrivesOnce() throws InterruptedException {
        Recorder recorder = new Recorder(1, (subscription, element) -> subscription.request(1));
        publisher.subscribe(recorder);
        try (TestThreads threads = new TestThreads()) {
            for (int source = 0; source < 3; source++) {
                int from = 10 * source;
                threads.start("source-" + source, () -> {
                    for (int element = from; element < from + 10; element++) {
                        queue.put(element);
                    }
                });
            }
        }
        queue.shutdown();
        recorder.end.await();

        assertThat(recorder.told).hasSize(32).doesNotHaveDuplicates().endsWith("complete");
    }
}
