// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.docs;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.OverflowPolicy;
import io.github.headway4j.queues.PriorityTaskQueue;
import io.github.headway4j.queues.QueueOptions;
import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.queues.RingDeque;
import io.github.headway4j.queues.Taken;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.queues.TaskQueues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The samples of {@code queues.md} and those of queues in {@code README.md} and {@code coming-from-python.md}. */
final class QueueSamples {

    private QueueSamples() {}

    static final class Jobs {
        // snippet: readme-queue
        private final TaskQueue<Runnable> jobs = FifoTaskQueue.bounded(1_000);

        void submit(Runnable job) throws InterruptedException {
            jobs.put(job); // waits while the workers are a thousand jobs behind
        }

        void work() throws InterruptedException { // each worker
            jobs.forEachTask(Runnable::run); // until stop()
        }

        void awaitAll() throws InterruptedException {
            jobs.join(); // until each job is done
        }

        List<Runnable> stop() {
            return jobs.shutdownNow(); // everybody wakes up; what nobody has begun is handed back
        }
        // end
    }

    static final class PythonQueue {
        final Queue<String> done = new ConcurrentLinkedQueue<>();

        // snippet: python-queue
        private final TaskQueue<String> queue = FifoTaskQueue.bounded(10); // q = queue.Queue(maxsize=10)

        void work() throws InterruptedException { // def worker():
            try {
                for (; ; ) { //     while True:
                    String item = queue.take(); //         item = q.get()
                    try {
                        done.add(item);
                    } finally {
                        queue.taskDone(); //         q.task_done()
                    }
                }
            } catch (QueueShutdownException end) { //     except ShutDown:
                return; //         return
            }
        }

        void produce(List<String> items) throws InterruptedException {
            for (String item : items) {
                queue.put(item); // q.put(item)
            }
            queue.join(); // q.join()
            queue.shutdown(); // q.shutdown()
        }
        // end
    }

    static final class PythonDeque {
        // snippet: python-deque
        private final RingDeque<Double> last = RingDeque.evicting(3); // last = deque(maxlen=3)

        double average(double value) {
            last.addLast(value); // last.append(value)
            return last.stream().mapToDouble(Double::doubleValue).average().orElseThrow(); // sum(last) / len(last)
        }

        double oldest() {
            return last.get(0); // last[0]
        }
        // end
    }

    static final class Index {
        final Queue<String> indexed = new ConcurrentLinkedQueue<>();

        private void index(String page) {
            if (page.isEmpty()) {
                throw new IllegalArgumentException("an empty page");
            }
            indexed.add(page);
        }

        // snippet: queue-workers
        void indexAll(List<String> pages) throws InterruptedException, ExecutionException {
            var queue = FifoTaskQueue.<String>bounded(100);
            var worker = new FutureTask<>(() -> work(queue));
            new Thread(worker, "indexer").start();
            try (queue) {
                queue.putAll(pages); // waits while the worker is a hundred pages behind
                queue.join(); // until each page is indexed
            } finally { // the queue is shut down by now, so that the worker ends
                worker.get(); // throws what the worker threw
            }
        }

        private boolean work(TaskQueue<String> queue) throws InterruptedException {
            try {
                queue.forEachTask(this::index);
            } finally {
                queue.shutdownNow(); // if index throws: putAll and join must not wait for a worker that is gone
            }
            return true;
        }
        // end
    }

    static final class Mailbox {
        final List<String> saved = new ArrayList<>();

        // snippet: queue-shutdown
        private final TaskQueue<String> letters = FifoTaskQueue.bounded(100);

        boolean send(String letter) throws InterruptedException {
            try {
                letters.put(letter);
                return true; // somebody takes it, or stop() saves it
            } catch (QueueShutdownException closed) {
                return false; // refused: it is still yours
            }
        }

        void stop() {
            saved.addAll(letters.shutdownNow());
        }
        // end
    }

    static final class Frames {
        final List<String> released = new ArrayList<>();

        // snippet: queue-overflow
        private final TaskQueue<String> frames = FifoTaskQueue.bounded(
                2,
                QueueOptions.<String>defaults()
                        .overflow(OverflowPolicy.DROP_OLDEST) // a viewer who is late sees the newest frames
                        .onUndelivered(this::release));

        void show(String frame) throws InterruptedException {
            frames.put(frame); // never waits
        }
        // end

        private void release(String frame) {
            released.add(frame);
        }

        List<String> shown() {
            return List.copyOf(frames);
        }
    }

    static final class Requests {
        // snippet: queue-priority
        record Request(String name, int urgency) {}

        private final TaskQueue<Request> requests = PriorityTaskQueue.bySmallestKey(1_000, Request::urgency);

        void add(Request request) throws InterruptedException {
            requests.put(request); // waits when a thousand are waiting already
        }

        Request next() throws InterruptedException {
            return requests.take(); // the most urgent; of equally urgent ones, the first that came
        }
        // end
    }

    static final class Store {
        final List<Integer> sizes = new ArrayList<>();

        private void write(List<String> rows) {
            if (rows.contains("")) {
                throw new IllegalArgumentException("an empty row");
            }
            sizes.add(rows.size());
        }

        // snippet: queue-batches
        void writeBehind(TaskQueue<String> rows) throws InterruptedException {
            try {
                for (; ; ) {
                    List<String> batch = rows.take(500, Duration.ofSeconds(1)); // waits for one, takes up to 500
                    if (batch.isEmpty()) {
                        continue; // a quiet second
                    }
                    try {
                        write(batch); // if it throws, the batch is the caller's: no longer in the queue
                    } finally {
                        rows.taskDone(batch.size());
                    }
                }
            } catch (QueueShutdownException allWritten) {
                return;
            }
        }
        // end
    }

    static final class Desk {
        // snippet: queue-select
        private final TaskQueue<String> urgent = FifoTaskQueue.unbounded();
        private final TaskQueue<String> ordinary = FifoTaskQueue.bounded(100);

        void serveOne(Consumer<String> clerk) throws InterruptedException {
            Taken<String> taken = TaskQueues.selectInOrder(urgent, ordinary); // urgent first
            try {
                clerk.accept(taken.element());
            } finally {
                taken.queue().taskDone();
            }
        }
        // end

        void add(String task, boolean hurry) throws InterruptedException {
            (hurry ? urgent : ordinary).put(task);
        }

        long unfinished() {
            return urgent.unfinishedTasks() + ordinary.unfinishedTasks();
        }
    }

    // snippet: queue-executor
    static ThreadPoolExecutor executor(int threads, int backlog) {
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, FifoTaskQueue.bounded(backlog));
    }
    // end
}
