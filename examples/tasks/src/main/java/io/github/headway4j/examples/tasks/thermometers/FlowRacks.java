// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.thermometers;

import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.tasks.TaskScope;
import io.github.headway4j.tasks.WorkerPool;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The data centre with the JDK's {@code Flow}: each rack measures in a task of its own and puts its readings into one
 * queue, whose publisher gives the alarm one at a time. If the alarm is slow and the queue is full, the racks wait: a
 * rack is ahead of the alarm by those in the queue and the one that it has no room for.
 */
final class FlowRacks {
    /** Stands for a queue without a bound. */
    static final int NO_BOUND = Integer.MAX_VALUE;

    private final TaskQueue<Reading> queue;
    private final int seconds;
    private final Nap pause;
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicLong waits = new AtomicLong();

    private FlowRacks(int capacity, int seconds, Nap pause) {
        this.queue = capacity == NO_BOUND ? FifoTaskQueue.unbounded() : FifoTaskQueue.bounded(capacity);
        this.seconds = seconds;
        this.pause = pause;
    }

    /**
     * What the alarm saw, and how the queue fared.
     *
     * @param report what was seen
     * @param mostInQueue how many readings were in the queue at most
     * @param waits how many readings had to wait for room
     */
    public record Result(ControlRoom.Report report, int mostInQueue, long waits) {}

    /**
     * Measures.
     *
     * @param racks the racks
     * @param seconds how often each rack measures
     * @param capacity how many readings there is room for, or {@link #NO_BOUND}
     * @param pause what a rack does for a second after each reading
     * @param reaction what the alarm does for a second with each reading
     * @param out told of each alarm
     * @return what the alarm saw
     * @throws Exception if a rack or the alarm fails, or the caller is interrupted
     */
    static Result run(List<Rack> racks, int seconds, int capacity, Nap pause, Nap reaction, Consumer<String> out)
            throws Exception {
        return new FlowRacks(capacity, seconds, pause).run(racks, new AlarmSubscriber(new ControlRoom(out), reaction));
    }

    private Result run(List<Rack> racks, AlarmSubscriber alarm) throws Exception {
        try (WorkerPool delivery = WorkerPool.fixed(1);
                queue) { // closed before the pool, which waits until everything has been delivered
            new QueuePublisher<>(queue, delivery).subscribe(alarm);
            try (TaskScope<Object, ?> scope = TaskScope.open()) {
                for (Rack rack : racks) {
                    scope.fork(() -> {
                        measure(rack);
                        return rack;
                    });
                }
                scope.join();
            }
        } catch (QueueShutdownException gone) { // the alarm has left, and said why before the pool was closed
            try {
                alarm.report();
            } catch (Throwable reason) {
                reason.addSuppressed(gone);
                throw reason;
            }
            throw gone;
        }
        return new Result(alarm.report(), most.get(), waits.get());
    }

    private void measure(Rack rack) throws InterruptedException {
        for (int second = 0; second < seconds; second++) {
            Reading reading = rack.measure();
            if (!queue.offer(reading)) {
                waits.incrementAndGet();
                queue.put(reading);
            }
            most.accumulateAndGet(queue.size(), Math::max);
            pause.take(1);
        }
    }
}
