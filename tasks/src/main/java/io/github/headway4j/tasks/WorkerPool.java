// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that run tasks in the order of their submission: Python's {@code ThreadPoolExecutor}. Take
 * it for work that needs processors, or that must not run more than so many times at once. Where subtasks belong to one
 * call and end with it, take a task scope; for work that merely waits, a virtual thread for each task does.
 *
 * <pre>{@code
 * try (WorkerPool pool = WorkerPool.fixed(4)) {
 *     Future<Report> report = pool.submit(() -> summarize(year));
 *     List<Thumbnail> thumbnails = pool.map(images, Thumbnail::of);
 *     show(report.get(), thumbnails);
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> Any thread may call any method at any time, tasks too. A worker is started when a task comes for
 * which none is idle, until there are as many as were asked for; they end when the pool does. Nothing that a task
 * throws ends a worker. An interrupt that a task leaves behind does not reach the next one.
 *
 * <p><b>Ordering.</b> Tasks begin in the order of their submission. A task that waits by {@link Future#get()} for one
 * of the same pool that has not begun runs it itself, as no worker may be left to do so; an interrupt of the former
 * then reaches the latter. So do tasks of a pool with a full backlog with what they submit. Who waits in another way,
 * for a limited time, for a {@code CompletableFuture} or in {@code invokeAny}, keeps its worker waiting.
 *
 * <p><b>Blocking and interruption.</b> With a {@linkplain PoolOptions#backlog bounded backlog}, submitting waits for
 * room. It then heeds interrupts as the {@linkplain io.github.headway4j.primitives contract of everything that blocks}
 * says, also one that is pending when there is room; as {@code Executor} does not allow for an
 * {@code InterruptedException}, that is the cause of a {@code RejectedExecutionException}, and the thread stays
 * interrupted. {@link #tryExecute(Runnable, Duration)} waits for a limited time. The time-outs of {@code invokeAll} and
 * {@code invokeAny} do not cover this wait. Nothing else waits but {@link #close()}, {@link #awaitTermination}, {@link
 * #map}, {@code invokeAll}, {@code invokeAny} and {@link Future#get()}. As with the JDK's futures, {@code get} of a
 * task that is over does not look for a pending interrupt, nor does {@code invokeAll} if it finds its tasks over.
 *
 * <p><b>Failures.</b> What a task of {@code submit} throws is kept by its future. Whatever a task of {@code execute}
 * throws, errors included, goes to the {@linkplain PoolOptions#onFailure handler}, which is the uncaught-exception
 * handler of the thread unless chosen. An {@linkplain PoolOptions#initializer initializer} that throws breaks the pool.
 *
 * <p><b>Lossless.</b> Shutting down takes effect in one moment. A task that was accepted before it runs, is handed
 * back, or is dropped as {@code close} says; one that comes after it is refused.
 *
 * <p><b>Progress.</b> Submitting to a pool with all its workers, and taking, are as lock-free as {@link
 * io.github.headway4j.queues.FifoTaskQueue} is; starting a worker takes a lock.
 *
 * <p><b>Memory consistency.</b> Actions before submitting happen-before the task. The task happens-before the return of
 * a {@code get}, {@code map}, {@code awaitTermination} or {@code close} that has waited for it.
 *
 * <p><b>Observability.</b> {@link #stats} and {@link #toString()}; threads that wait for a task, and idle workers, show
 * this object in thread dumps.
 *
 * <p><b>Nulls and bounds.</b> Null arguments are refused with {@code NullPointerException}, but items and results of
 * {@code map} may be null. The number of workers is at least one.
 *
 * <p><b>Complexity and footprint.</b> Submitting is O(1) once all workers have been started, and takes time in
 * proportion to the number of workers before. A task that was submitted takes 32 bytes and its place in the backlog.
 *
 * @since 0.1
 */
public final class WorkerPool extends AbstractExecutorService implements AutoCloseable {

    /** By default each worker gets so many chunks of a map, so that a slow chunk does not keep the others waiting. */
    private static final int CHUNKS_PER_WORKER = 4;

    private final PoolCore core;

    @SuppressWarnings({"nullness:argument", "nullness:assignment"}) // only kept, to be shown in thread dumps
    private WorkerPool(int workers, PoolOptions options) {
        if (workers < 1) {
            throw new IllegalArgumentException("workers: " + workers + "; expected at least 1");
        }
        core = new PoolCore(this, workers, options);
    }

    /**
     * A pool of so many workers, with a backlog that grows.
     *
     * @param workers the number of threads
     * @return a new pool
     * @throws IllegalArgumentException if the number is not positive
     */
    public static WorkerPool fixed(int workers) {
        return fixed(workers, PoolOptions.defaults());
    }

    /**
     * A pool of so many workers.
     *
     * @param workers the number of threads
     * @param options what else to choose
     * @return a new pool
     * @throws IllegalArgumentException if the number is not positive
     */
    public static WorkerPool fixed(int workers, PoolOptions options) {
        return new WorkerPool(workers, options);
    }

    /**
     * A pool with a worker for each processor, for work that does nothing but compute.
     *
     * @return a new pool
     */
    public static WorkerPool perProcessor() {
        return fixed(Runtime.getRuntime().availableProcessors());
    }

    // ---- tasks ----

    /**
     * Runs a task. Waits for room if the backlog is bounded and full, unless another {@link WhenFull} was chosen.
     *
     * @param task what to do; what it throws goes to the handler
     * @throws RejectedExecutionException if the pool is shut down; if the thread is interrupted and the backlog is
     *     bounded, with the {@code InterruptedException} as its cause; if the backlog is full and that was chosen. The
     *     task will not run then
     * @throws BrokenPoolException if the initializer has failed; the task will not run then
     */
    @Override
    public void execute(Runnable task) {
        core.execute(Objects.requireNonNull(task, "task"));
    }

    /**
     * Runs a task if there is room in the backlog.
     *
     * @param task what to do; what it throws goes to the handler
     * @return true if it was accepted; false if there is no room or the pool is shut down
     */
    public boolean tryExecute(Runnable task) {
        return core.tryPut(Objects.requireNonNull(task, "task"));
    }

    /**
     * Runs a task if there is room in the backlog within the given time.
     *
     * @param task what to do; what it throws goes to the handler
     * @param timeout the longest wait; zero or negative means to try once
     * @return true if it was accepted; false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; the task will not
     *     run then
     * @throws RejectedExecutionException if the pool is, or is meanwhile, shut down
     * @throws BrokenPoolException if the initializer has failed
     */
    public boolean tryExecute(Runnable task, Duration timeout) throws InterruptedException {
        return core.tryPut(Objects.requireNonNull(task, "task"), Objects.requireNonNull(timeout, "timeout"));
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
        Objects.requireNonNull(runnable, "task");
        return new PoolTask<>(
                core,
                value == null
                        ? runnable
                        : (Callable<T>) () -> {
                            runnable.run();
                            return value;
                        });
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        Objects.requireNonNull(callable, "task");
        return new PoolTask<>(core, callable instanceof Runnable ? (Callable<T>) callable::call : callable);
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) throws InterruptedException {
        try {
            return super.invokeAll(tasks);
        } catch (RejectedExecutionException e) {
            throw interruptOr(e);
        }
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        try {
            return super.invokeAll(tasks, timeout, unit);
        } catch (RejectedExecutionException e) {
            throw interruptOr(e);
        }
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        return new FirstResult<T>(core, tasks).get();
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return new FirstResult<T>(core, tasks).get(unit.toNanos(timeout));
    }

    /** Throws the interrupt for which a task was refused, where that is allowed for; otherwise returns the refusal. */
    private static RejectedExecutionException interruptOr(RejectedExecutionException refusal)
            throws InterruptedException {
        if (refusal.getCause() instanceof InterruptedException interrupt) {
            Thread.interrupted();
            throw interrupt;
        }
        return refusal;
    }

    // ---- maps ----

    /**
     * Applies a function to each item, several at a time, and waits for all of it: four chunks for each worker.
     *
     * @param items the items; those of the moment of the call
     * @param function what to do with each
     * @return the results in the order of the items, in a list that cannot be changed
     * @param <A> the type of the items
     * @param <B> the type of the results
     * @throws InterruptedException as {@link #map(Collection, int, Function)}
     */
    public <A extends @Nullable Object, B extends @Nullable Object> List<B> map(
            Collection<? extends A> items, Function<? super A, ? extends B> function) throws InterruptedException {
        return map(items.toArray(), 0, function);
    }

    /**
     * Applies a function to each item, several at a time, and waits for all of it. Workers take chunks of neighbouring
     * items, one after the other, so that a short function is worth its way to another thread; a chunk is mapped by one
     * thread, in order. A call by a task of this pool takes part itself.
     *
     * <p>If the function throws, what it has thrown for the first such item is thrown here, as a loop over the items
     * would have done; all items before it have been mapped, those behind it partly. When this method returns or
     * throws, no call of the function is under way any more.
     *
     * @param items the items; those of the moment of the call
     * @param chunkSize how many items to take at a time
     * @param function what to do with each
     * @return the results in the order of the items, in a list that cannot be changed
     * @param <A> the type of the items
     * @param <B> the type of the results
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; the threads that
     *     map are interrupted then, and waited for
     * @throws RejectedExecutionException if the pool is shut down, or if the backlog is full and that was chosen; not
     *     if there are no items, and not to a task of this pool, which then maps alone
     * @throws java.util.concurrent.CancellationException if the pool is stopped before all items have been mapped
     * @throws BrokenPoolException if the initializer has failed
     * @throws IllegalArgumentException if the size is not positive
     */
    public <A extends @Nullable Object, B extends @Nullable Object> List<B> map(
            Collection<? extends A> items, int chunkSize, Function<? super A, ? extends B> function)
            throws InterruptedException {
        if (chunkSize < 1) {
            throw new IllegalArgumentException("chunkSize: " + chunkSize + "; expected at least 1");
        }
        return map(items.toArray(), chunkSize, function);
    }

    private <A extends @Nullable Object, B extends @Nullable Object> List<B> map(
            @Nullable Object[] given, int chunkSize, Function<? super A, ? extends B> function)
            throws InterruptedException {
        Objects.requireNonNull(function, "function");
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (given.length == 0) {
            return List.of();
        }
        @Nullable Object[] items = given;
        if (items.getClass() != Object[].class) { // results go to the same places
            items = new Object[given.length];
            System.arraycopy(given, 0, items, 0, given.length);
        }
        int size = chunkSize;
        if (size == 0) {
            size = (int) ((items.length - 1L) / ((long) core.crew.size * CHUNKS_PER_WORKER)) + 1;
        }
        return new ChunkedMap<A, B>(core, items, size, function).call();
    }

    // ---- the end ----

    /** Accepts no more tasks. Those that were accepted run. Returns at once. */
    @Override
    public void shutdown() {
        core.shutdown();
    }

    /**
     * Accepts no more tasks, hands back in one step those that have not begun, and interrupts those that have. Does not
     * wait. A {@code map} of which parts have not begun ends with a {@code CancellationException}.
     *
     * @return the tasks that have not begun, in their order; what was submitted are futures, which nobody will complete
     *     but who runs or cancels them, or a task that goes on and waits for one of them, which runs it
     */
    @Override
    public List<Runnable> shutdownNow() {
        return core.stop(true);
    }

    /**
     * As {@link #shutdownNow()}, but lets tasks that have begun go on undisturbed. What Python calls
     * {@code shutdown(cancel_futures=True)} is to cancel what this hands back.
     *
     * @return the tasks that have not begun, in their order
     */
    public List<Runnable> shutdownAndDrain() {
        return core.stop(false);
    }

    @Override
    public boolean isShutdown() {
        return core.backlog.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return core.crew.terminated.isSet();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return awaitTermination(Duration.ofNanos(unit.toNanos(timeout)));
    }

    /**
     * Waits until the pool has been shut down and all tasks and threads have ended, or the time is over.
     *
     * @param timeout the longest wait; zero or negative means to look once
     * @return true if all has ended, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     */
    public boolean awaitTermination(Duration timeout) throws InterruptedException {
        return core.crew.terminated.await(timeout);
    }

    /**
     * Shuts down, and waits until all tasks have ended, those that have not begun included. If the thread is
     * interrupted before or meanwhile, the pool is stopped: tasks that have begun are interrupted, those that have not
     * are cancelled, or the handler is told of them with a {@code RejectedExecutionException}; then waits on, and stays
     * interrupted.
     *
     * @throws IllegalStateException if called by a task of this pool, which would wait for itself; nothing changes
     */
    @Override
    public void close() {
        new PoolClosing(core).close();
    }

    /**
     * Shuts down, and waits until all tasks have ended, but not longer than the given time; then stops what has not
     * ended as an interrupted {@link #close()} does, and waits once more so long.
     *
     * @param limit how long to wait; zero or negative means to stop at once and not to wait
     * @return true if all tasks and threads have ended
     * @throws IllegalStateException if called by a task of this pool, which would wait for itself; nothing changes
     */
    public boolean close(Duration limit) {
        return new PoolClosing(core).close(Objects.requireNonNull(limit, "limit"));
    }

    // ---- queries ----

    /**
     * The number of workers that the pool may have.
     *
     * @return the number given when it was made
     */
    public int size() {
        return core.crew.size;
    }

    /**
     * What this pool does and has done.
     *
     * @return figures that are all of one moment during the call
     */
    public PoolStats stats() {
        return core.figures.stats();
    }

    /** For tests. */
    PoolCore core() {
        return core;
    }

    /** Name and figures, in one line. */
    @Override
    public String toString() {
        return core.toString();
    }
}
