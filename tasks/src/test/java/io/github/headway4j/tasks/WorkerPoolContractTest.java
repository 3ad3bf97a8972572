// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The blocking matrix of submitting to a pool with a bounded backlog, and of waiting for its end. */
class WorkerPoolContractTest extends BlockingContract {

    @Override
    protected List<BlockingOperation<?>> operations() {
        BlockingSubject<Line> room = BlockingSubject.of(Line::new)
                .busy(line -> line.pool.execute(line))
                .free(Line::letOneGo)
                .state(Line::state)
                .closedBy(line -> line.pool.shutdown(), RejectedExecutionException.class)
                .disposedBy(Line::end);
        BlockingSubject<Ending> end = BlockingSubject.of(Ending::ended)
                .busy(Ending::renew)
                .free(Ending::finish)
                .state(ending -> ending.pool.isTerminated())
                .keepsFree()
                .disposedBy(Ending::finish);
        return List.of(
                room.interruptible("execute(Runnable)", refusalAsInterrupt(line -> line.pool.execute(line))),
                room.interruptible(
                        "submit(Callable)",
                        refusalAsInterrupt(line -> line.pool.submit((Callable<Void>) () -> {
                            line.run();
                            return null;
                        }))),
                room.trying("tryExecute(Runnable)", line -> line.pool.tryExecute(line)),
                room.timed("tryExecute(Runnable, Duration)", (line, timeout) -> line.pool.tryExecute(line, timeout)),
                end.timed("awaitTermination(Duration)", (ending, timeout) -> ending.pool.awaitTermination(timeout)),
                end.timed(
                        "awaitTermination(long, TimeUnit)",
                        (ending, timeout) -> ending.pool.awaitTermination(
                                TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)));
    }

    @Override
    protected int casesPerThreadKind() {
        return 2 * (6 + 2) + (4 + 1) + (25 + 2) + 2 * 25;
    }

    /** As {@code Executor} does not allow for it, the interrupt is the cause of the refusal, and stays pending. */
    private static ThrowingConsumer<Line> refusalAsInterrupt(ThrowingConsumer<Line> call) {
        return line -> {
            try {
                call.accept(line);
            } catch (RejectedExecutionException e) {
                if (e.getCause() instanceof InterruptedException interrupt && Thread.interrupted()) {
                    throw interrupt;
                }
                throw e;
            }
        };
    }

    /** A pool of one worker, which is busy, with room for one task; each task ends when it is let go. */
    private static final class Line implements Runnable {
        private final WorkerPool pool = WorkerPool.fixed(1, Pools.daemons().backlog(1));
        private final Semaphore going = new Semaphore(0);
        private final AtomicInteger let = new AtomicInteger();
        private final AtomicInteger begun = new AtomicInteger();

        Line() {
            pool.execute(this);
            awaitBegun(1);
        }

        @Override
        public void run() {
            begun.incrementAndGet();
            going.acquireUninterruptibly();
        }

        /** The running task ends, and the worker takes the one that waits. */
        void letOneGo() {
            int tasks = let.incrementAndGet() + 1;
            going.release();
            awaitBegun(tasks);
        }

        private void awaitBegun(int tasks) {
            while (begun.get() < tasks) {
                Thread.onSpinWait();
                Thread.yield();
            }
        }

        Object state() {
            return List.of(pool.stats().queued(), pool.core().backlog.stats().waitingPutters());
        }

        void end() {
            going.release(1_000);
            pool.close();
        }
    }

    /** A pool that has ended, or is about to. */
    private static final class Ending {
        private volatile WorkerPool pool = WorkerPool.fixed(1, Pools.daemons());
        private volatile CountDownLatch gate = new CountDownLatch(1);

        static Ending ended() {
            Ending ending = new Ending();
            ending.pool.close();
            return ending;
        }

        void renew() {
            CountDownLatch next = new CountDownLatch(1);
            WorkerPool busy = WorkerPool.fixed(1, Pools.daemons());
            busy.execute(() -> Pools.awaitGate(next));
            busy.shutdown();
            gate = next;
            pool = busy;
        }

        void finish() {
            gate.countDown();
            while (!pool.isTerminated() && pool.isShutdown()) {
                Thread.yield();
            }
        }
    }
}
