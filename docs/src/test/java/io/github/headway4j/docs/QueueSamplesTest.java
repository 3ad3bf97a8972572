// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.queues.TaskQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples of queues in the guides do what the guides say. */
final class QueueSamplesTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void readmesJobs_areDone_orHandedBack() throws Exception {
        QueueSamples.Jobs sample = new QueueSamples.Jobs();
        AtomicInteger done = new AtomicInteger();
        Future<?> worker = threads.submit(() -> {
            sample.work();
            return null;
        });
        for (int i = 0; i < 3_000; i++) {
            sample.submit(done::incrementAndGet);
        }
        sample.awaitAll();
        assertThat(done).hasValue(3_000);
        assertThat(sample.stop()).isEmpty();
        worker.get();
        assertThatExceptionOfType(QueueShutdownException.class).isThrownBy(() -> sample.submit(() -> {}));
    }

    @Test
    void pythonQueue_workersEndWhenAllIsDone() throws Exception {
        QueueSamples.PythonQueue sample = new QueueSamples.PythonQueue();
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            workers.add(threads.submit(() -> {
                sample.work();
                return null;
            }));
        }
        List<String> items = IntStream.range(0, 50).mapToObj(i -> "item " + i).toList();
        sample.produce(items);
        assertThat(sample.done).containsExactlyInAnyOrderElementsOf(items);
        for (Future<?> worker : workers) {
            worker.get();
        }
    }

    @Test
    void pythonDeque_keepsTheLastThree() {
        QueueSamples.PythonDeque sample = new QueueSamples.PythonDeque();
        sample.average(1);
        sample.average(2);
        sample.average(3);
        assertThat(sample.average(7)).isEqualTo(4);
        assertThat(sample.oldest()).isEqualTo(2);
    }

    @Test
    void index_hasEveryPage() throws Exception {
        QueueSamples.Index index = new QueueSamples.Index();
        List<String> pages = IntStream.range(0, 300).mapToObj(i -> "page " + i).toList();
        index.indexAll(pages);
        assertThat(index.indexed).containsExactlyElementsOf(pages);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 150, 299})
    void index_ofABadPage_failsInsteadOfWaitingForEver(int bad) throws Exception {
        List<String> pages = IntStream.range(0, 300)
                .mapToObj(i -> i == bad ? "" : "page " + i)
                .toList();
        QueueSamples.Index index = new QueueSamples.Index();
        Future<?> call = threads.submit(() -> {
            index.indexAll(pages);
            return null;
        });
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> call.get(60, TimeUnit.SECONDS))
                .havingCause()
                .isInstanceOf(ExecutionException.class)
                .havingCause()
                .withMessage("an empty page");
        assertThat(index.indexed).containsExactlyElementsOf(pages.subList(0, bad));
    }

    @Test
    void mailbox_savesWhatWasSent() throws Exception {
        QueueSamples.Mailbox mailbox = new QueueSamples.Mailbox();
        assertThat(mailbox.send("a")).isTrue();
        assertThat(mailbox.send("b")).isTrue();
        mailbox.stop();
        assertThat(mailbox.send("c")).isFalse();
        assertThat(mailbox.saved).containsExactly("a", "b");
    }

    @Test
    void frames_theOldestIsReleased() throws Exception {
        QueueSamples.Frames frames = new QueueSamples.Frames();
        for (String frame : List.of("1", "2", "3", "4")) {
            frames.show(frame);
        }
        assertThat(frames.released).containsExactly("1", "2");
        assertThat(frames.shown()).containsExactly("3", "4");
    }

    @Test
    void requests_comeByUrgency_thenInOrder() throws Exception {
        QueueSamples.Requests requests = new QueueSamples.Requests();
        requests.add(new QueueSamples.Requests.Request("a", 2));
        requests.add(new QueueSamples.Requests.Request("b", 1));
        requests.add(new QueueSamples.Requests.Request("c", 1));
        assertThat(List.of(
                        requests.next().name(),
                        requests.next().name(),
                        requests.next().name()))
                .containsExactly("b", "c", "a");
    }

    @Test
    void store_writesAllRows_inBatches() throws Exception {
        QueueSamples.Store store = new QueueSamples.Store();
        TaskQueue<String> rows = FifoTaskQueue.unbounded();
        for (int i = 0; i < 1_200; i++) {
            rows.add("row");
        }
        rows.shutdown();
        store.writeBehind(rows);
        rows.join();
        assertThat(store.sizes).containsExactly(500, 500, 200);
    }

    @Test
    void store_thatFails_doesNotKeepJoinersWaiting() throws Exception {
        QueueSamples.Store store = new QueueSamples.Store();
        TaskQueue<String> rows = FifoTaskQueue.unbounded();
        rows.putAll(List.of("row", "", "row"));
        assertThatIllegalArgumentException().isThrownBy(() -> store.writeBehind(rows));
        assertThat(rows.join(Duration.ZERO)).isTrue();
    }

    @Test
    void desk_whoseClerkFails_doesNotKeepJoinersWaiting() throws Exception {
        QueueSamples.Desk desk = new QueueSamples.Desk();
        desk.add("task", true);
        IllegalStateException failure = new IllegalStateException("the clerk is ill");
        assertThatIllegalStateException()
                .isThrownBy(() -> desk.serveOne(task -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(desk.unfinished()).isZero();
    }

    @Test
    void desk_servesUrgentOnesFirst() throws Exception {
        QueueSamples.Desk desk = new QueueSamples.Desk();
        List<String> served = new ArrayList<>();
        desk.add("ordinary", false);
        desk.add("urgent", true);
        desk.serveOne(served::add);
        desk.serveOne(served::add);
        assertThat(served).containsExactly("urgent", "ordinary");
        assertThat(desk.unfinished()).isZero();
    }

    @Test
    void executor_runsItsTasks() throws Exception {
        ThreadPoolExecutor executor = QueueSamples.executor(2, 10);
        Future<Integer> seven = executor.submit(() -> 7);
        assertThat(seven.get()).isEqualTo(7);
        executor.shutdown();
        assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
}
