// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.WaitQueue;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of processes, virtual machines like this one, that run tasks: Python's {@code multiprocessing.Pool}
 * and {@code ProcessPoolExecutor}. Take it for work that may take its process down, by native code, memory or
 * {@code System.exit}, that has to be stopped whatever it does, or that needs a heap of its own. For work that merely
 * computes, a {@link io.github.headway4j.tasks.WorkerPool} is faster and shares memory.
 *
 * <pre>{@code
 * try (ProcessPool pool = ProcessPool.fixed(4)) {
 *     CompletableFuture<Report> report = pool.submit(() -> Report.of(year));
 *     List<Image> images = pool.map(scans, Scan::decode);
 *     show(report.join(), images);
 * }
 * }</pre>
 *
 * <p><b>What is sent.</b> Tasks, what they capture, items and results are copied by serialization; boxes, strings,
 * arrays of numbers, and lists of boxes and strings have a faster form. A task sees nothing of this process but what is
 * sent with it: static fields have the values of its own process. Standard output and standard error of the processes
 * are those of this one; their standard input is empty.
 *
 * <p><b>Threads.</b> Any thread may call any method at any time. A process runs one task at a time. Futures are
 * completed by threads of the pool that are there for that: a callback that takes its time, or waits for another task
 * of this pool, keeps no other from being called. Threads and processes do not keep this virtual machine from ending;
 * the processes end when it does, however it ends.
 *
 * <p><b>Ordering and fairness.</b> Tasks begin in the order of their submission, roughly: several are sent to each
 * process ahead of time. What waits behind a long task is taken back, and given to a process that is idle.
 *
 * <p><b>Crashes.</b> When a process ends while it runs a task, this task fails with a {@link WorkerCrashedException},
 * no other does, and another process takes the place. A task is never run twice. One whose result finds no room in this
 * process's memory fails with a {@link RemoteTaskException}; but where this process has no memory left for anything, the
 * pool may lose tasks, like whatever else is going on in it. If three processes in a row fail to
 * get ready, the pool is broken: all its tasks fail with a {@link BrokenProcessPoolException}, and so does submitting.
 *
 * <p><b>Failures.</b> A task that throws fails as it would here, with the same exception, its stack trace from the
 * other process, and a suppressed {@link RemoteTaskException} that tells which one; if it cannot be serialized, a
 * {@code RemoteTaskException} takes its place.
 *
 * <p><b>Cancelling and time-outs.</b> A task that has not begun is withdrawn: it will not run. {@code cancel(true)} of
 * a task that runs kills its process and all that this has started; so does a {@linkplain
 * ProcessPoolOptions#taskTimeout time-out}; {@code cancel(false)} lets it run on, and drops its result.
 *
 * <p><b>Blocking and interruption.</b> As the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks} says. With a {@linkplain ProcessPoolOptions#backlog bounded backlog}, submitting waits for room, and heeds
 * interrupts: an {@code InterruptedException} is the cause of a {@code RejectedExecutionException} then, and the thread
 * stays interrupted. Nothing else waits but {@link #map}, {@link #awaitReady}, {@link #awaitTermination} and
 * {@link #close()}.
 *
 * <p><b>Memory consistency.</b> What is sent is a copy of the moment of submitting. A result happens-before whatever is
 * done after it was got from its future.
 *
 * <p><b>Observability.</b> {@link #stats()} and {@link #toString()}.
 *
 * <p><b>Nulls and bounds.</b> Null arguments are refused with {@code NullPointerException}; items, arguments of
 * handlers and results may be null. The number of processes is at least one.
 *
 * <p><b>Complexity and footprint.</b> A process takes a virtual machine, a megabyte of shared memory, and two threads
 * of this one. Submitting is O(1) and, where processes are idle, in their number.
 *
 * @since 0.1
 */
public final class ProcessPool implements AutoCloseable {

    /** By default each process gets so many chunks of a map, as in Python. */
    private static final int CHUNKS_PER_WORKER = 4;

    /** How many chunks of a map may be under way. */
    private static final int AHEAD_TOGETHER = 4096;

    /** The same for each worker, where results are delivered as they come. */
    private static final int AHEAD_PER_WORKER = 64;

    private final PoolCore core;

    private ProcessPool(int workers, ProcessPoolOptions options) {
        if (workers < 1) {
            throw new IllegalArgumentException("workers: " + workers + "; expected at least 1");
        }
        SerializableRunnable initializer = options.initializer;
        try {
            core = new PoolCore(workers, options, initializer == null ? null : bytes(initializer));
        } catch (IOException e) {
            throw new IllegalArgumentException("the initializer cannot be sent: " + e.getMessage(), e);
        }
        core.start();
    }

    private static byte[] bytes(@Nullable Object... values) throws IOException {
        WireBuffer buffer = new WireBuffer();
        for (Object value : values) {
            Wire.write(value, buffer);
        }
        return Arrays.copyOf(buffer.array(), buffer.end());
    }

    /**
     * A pool of so many processes, which are being started when this returns.
     *
     * @param workers the number of processes
     * @return a new pool
     * @throws IllegalArgumentException if the number is not positive
     */
    public static ProcessPool fixed(int workers) {
        return fixed(workers, ProcessPoolOptions.defaults());
    }

    /**
     * A pool of so many processes, which are being started when this returns.
     *
     * @param workers the number of processes
     * @param options what else to choose
     * @return a new pool
     * @throws IllegalArgumentException if the number is not positive, or the initializer cannot be serialized
     */
    public static ProcessPool fixed(int workers, ProcessPoolOptions options) {
        return new ProcessPool(workers, Objects.requireNonNull(options, "options"));
    }

    /**
     * A pool with a process for each processor.
     *
     * @return a new pool
     */
    public static ProcessPool perProcessor() {
        return fixed(Runtime.getRuntime().availableProcessors());
    }

    // ---- tasks ----

    /**
     * Runs a task in a process of the pool.
     *
     * @param task what to do; a copy of it runs
     * @param <T> the type of the result
     * @return its future; fails with a {@code NotSerializableException} if the task cannot be serialized
     * @throws RejectedExecutionException if the pool is shut down; if the thread is interrupted and the backlog is
     *     bounded, with the {@code InterruptedException} as its cause
     * @throws BrokenProcessPoolException if the processes cannot be started
     */
    public <T extends @Nullable Object> CompletableFuture<T> submit(SerializableCallable<T> task) {
        return submit(PoolMessage.CALL, core.taskTimeoutNanos, Objects.requireNonNull(task, "task"));
    }

    /**
     * Runs a task in a process of the pool, for a limited time. If it takes longer, its process is killed, with all
     * that it has started, and replaced; the future fails with a {@link TaskTimeoutException}.
     *
     * @param task what to do; a copy of it runs
     * @param timeout how long it may run, whatever the options say; the wait for its turn does not count
     * @param <T> the type of the result
     * @return its future; fails with a {@code NotSerializableException} if the task cannot be serialized
     * @throws IllegalArgumentException unless the time is positive
     * @throws RejectedExecutionException as {@link #submit(SerializableCallable)}
     * @throws BrokenProcessPoolException if the processes cannot be started
     */
    public <T extends @Nullable Object> CompletableFuture<T> submit(SerializableCallable<T> task, Duration timeout) {
        Objects.requireNonNull(task, "task");
        ProcessPoolOptions.checkPositive(timeout);
        return submit(PoolMessage.CALL, WaitQueue.saturatedNanos(timeout), task);
    }

    /**
     * Runs a named handler in a process of the pool: nothing is serialized but the argument, and the result. The
     * process makes one object of the class, when it is needed for the first time, and keeps it.
     *
     * @param handler a class with a constructor without parameters
     * @param argument what the handler is applied to; a copy of it
     * @param <A> the type of the argument
     * @param <R> the type of the result
     * @return its future; fails with a {@code NotSerializableException} if the argument cannot be serialized
     * @throws IllegalArgumentException if the class is abstract or has no constructor without parameters
     * @throws RejectedExecutionException as {@link #submit(SerializableCallable)}
     * @throws BrokenProcessPoolException if the processes cannot be started
     */
    public <A extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> submit(
            Class<? extends Function<? super A, ? extends R>> handler, A argument) {
        if (Modifier.isAbstract(handler.getModifiers())) {
            throw new IllegalArgumentException("handler: " + handler + "; expected one that is not abstract");
        }
        if (Arrays.stream(handler.getDeclaredConstructors()).noneMatch(each -> each.getParameterCount() == 0)) {
            throw new IllegalArgumentException("handler: " + handler + "; expected a constructor without parameters");
        }
        return submit(PoolMessage.HANDLER, core.taskTimeoutNanos, handler.getName(), argument);
    }

    private <T extends @Nullable Object> CompletableFuture<T> submit(
            int type, long timeoutNanos, @Nullable Object... values) {
        byte[] bytes;
        try {
            bytes = bytes(values);
        } catch (Exception | LinkageError | StackOverflowError notSerializable) {
            core.refuseIfClosed();
            return CompletableFuture.failedFuture(notSerializable);
        }
        SubmittedTask<T> task = new SubmittedTask<>(core, type, bytes, timeoutNanos);
        core.submit(task);
        return task.future;
    }

    // ---- maps ----

    /**
     * Applies a function to each item, several at a time, and waits for all of it: four chunks for each process.
     *
     * @param items the items; those of the moment of the call
     * @param function what to do with each; a copy of it for each process
     * @return the results in the order of the items, in a list that cannot be changed
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @throws InterruptedException as {@link #map(Iterable, int, SerializableFunction)}
     */
    public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            Iterable<? extends A> items, SerializableFunction<? super A, ? extends R> function)
            throws InterruptedException {
        Collection<? extends A> all = items instanceof Collection<? extends A> known ? known : listOf(items);
        return map(all, (int) ((all.size() - 1L) / ((long) core.size * CHUNKS_PER_WORKER)) + 1, function);
    }

    private static <A extends @Nullable Object> Collection<A> listOf(Iterable<? extends A> items) {
        List<A> list = new ArrayList<>();
        items.forEach(list::add);
        return list;
    }

    /**
     * Applies a function to each item, several at a time, and waits for all of it. Processes get chunks of neighbouring
     * items; a chunk is mapped by one process, in order.
     *
     * <p>If the function throws, what it has thrown for the first such item is thrown here, as a loop over the items
     * would have done; all items before it have been mapped, those behind it partly. If a process ends while it maps a
     * chunk, this chunk has failed. When this method returns or throws, no call of the function is under way any more.
     *
     * @param items the items; the calling thread goes through them
     * @param chunkSize how many items to send at a time
     * @param function what to do with each; a copy of it for each process
     * @return the results in the order of the items, in a list that cannot be changed
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry; the processes that
     *     map are killed then, and replaced
     * @throws RejectedExecutionException if the pool is shut down
     * @throws CancellationException if the pool is stopped before all items have been mapped
     * @throws BrokenProcessPoolException if the processes cannot be started
     * @throws WorkerCrashedException if a process ended while it mapped a chunk
     * @throws IllegalArgumentException if the size is not positive
     */
    public <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            Iterable<? extends A> items, int chunkSize, SerializableFunction<? super A, ? extends R> function)
            throws InterruptedException {
        checkChunk(chunkSize);
        Objects.requireNonNull(function, "function");
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return new RemoteMap<A, R>(core, this, items.iterator(), chunkSize, function, true, AHEAD_TOGETHER, true)
                .toList();
    }

    /**
     * Applies a function to each item, several at a time, and gives the results in the order of the items, as they
     * come. Items are taken from the source, and sent, while results are taken: it may be infinite.
     *
     * @param items the items; the calling thread goes through them
     * @param chunkSize how many items to send at a time; one is for functions that take a millisecond or more
     * @param function what to do with each; a copy of it for each process
     * @return the results, to be closed, or to be taken to the end
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @throws RejectedExecutionException if the pool is shut down
     * @throws BrokenProcessPoolException if the processes cannot be started
     * @throws IllegalArgumentException if the size is not positive
     */
    public <A extends @Nullable Object, R extends @Nullable Object> ProcessResults<R> imap(
            Iterable<? extends A> items, int chunkSize, SerializableFunction<? super A, ? extends R> function) {
        return begin(items, chunkSize, function, true);
    }

    /**
     * As {@link #imap}, but gives the results of each chunk as it is completed, whatever the order of the items.
     *
     * @param items the items; the calling thread goes through them
     * @param chunkSize how many items to send at a time; one is for functions that take a millisecond or more
     * @param function what to do with each; a copy of it for each process
     * @return the results, to be closed, or to be taken to the end
     * @param <A> the type of the items
     * @param <R> the type of the results
     * @throws RejectedExecutionException if the pool is shut down
     * @throws BrokenProcessPoolException if the processes cannot be started
     * @throws IllegalArgumentException if the size is not positive
     */
    public <A extends @Nullable Object, R extends @Nullable Object> ProcessResults<R> mapUnordered(
            Iterable<? extends A> items, int chunkSize, SerializableFunction<? super A, ? extends R> function) {
        return begin(items, chunkSize, function, false);
    }

    private <A extends @Nullable Object, R extends @Nullable Object> ProcessResults<R> begin(
            Iterable<? extends A> items,
            int chunkSize,
            SerializableFunction<? super A, ? extends R> function,
            boolean ordered) {
        checkChunk(chunkSize);
        Objects.requireNonNull(items, "items");
        Objects.requireNonNull(function, "function");
        int ahead = (int) Math.min((long) AHEAD_PER_WORKER * core.size, Integer.MAX_VALUE);
        return ProcessResults.begin(core, items, chunkSize, function, ordered, ahead);
    }

    private static void checkChunk(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("chunkSize: " + size + "; expected at least 1");
        }
    }

    // ---- the end ----

    /**
     * Accepts no more tasks. Those that were accepted run; a {@link #map} that has begun goes on, while {@link #imap}
     * sends no more. Returns at once.
     */
    public void shutdown() {
        core.shutdown();
    }

    /**
     * Accepts no more tasks, cancels all that have not ended, and kills the processes with all that they have started.
     * Does not wait. A {@code map} ends with a {@code CancellationException}.
     *
     * @return how many tasks were cancelled, chunks of maps included
     */
    public int shutdownNow() {
        return core.shutdownNow();
    }

    /**
     * Whether the pool was shut down.
     *
     * @return true once it accepts no more tasks
     */
    public boolean isShutdown() {
        return core.isShutdown();
    }

    /**
     * Whether all is over.
     *
     * @return true once the pool was shut down, all processes have ended and all futures are complete
     */
    public boolean isTerminated() {
        return core.isTerminated();
    }

    /**
     * Waits until the pool has been shut down, all processes have ended and all futures are complete, or the time is
     * over. Callbacks are not waited for.
     *
     * @param timeout the longest wait; zero or negative means to look once
     * @return true if all has ended, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     */
    public boolean awaitTermination(Duration timeout) throws InterruptedException {
        return core.awaitTermination(Objects.requireNonNull(timeout, "timeout"));
    }

    /**
     * Shuts down, and waits until all tasks have ended, those that have not begun included, and all processes. If the
     * thread is interrupted before or meanwhile, the pool is stopped as {@link #shutdownNow()} does; then waits on, and
     * stays interrupted. A thread that goes through results of {@link #imap} should close them first: they send no
     * more.
     */
    @Override
    public void close() {
        new ProcessPoolClosing(core).close();
    }

    /**
     * Shuts down, and waits until all tasks have ended, but not longer than the given time; then stops what has not
     * ended as an interrupted {@link #close()} does, and waits once more so long.
     *
     * @param limit how long to wait; zero or negative means to stop at once and not to wait
     * @return true if all tasks and processes have ended
     */
    public boolean close(Duration limit) {
        return new ProcessPoolClosing(core).close(Objects.requireNonNull(limit, "limit"));
    }

    // ---- queries ----

    /**
     * Waits until all processes are ready for tasks. Tasks may be submitted before, and begin with the first that is.
     *
     * @param timeout the longest wait; zero or negative means to look once
     * @return true if they are, false if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     * @throws RejectedExecutionException if the pool is, or is meanwhile, shut down
     * @throws BrokenProcessPoolException if the processes cannot be started
     */
    public boolean awaitReady(Duration timeout) throws InterruptedException {
        return core.awaitReady(Objects.requireNonNull(timeout, "timeout"));
    }

    /**
     * The number of processes.
     *
     * @return the number given when the pool was made
     */
    public int size() {
        return core.size;
    }

    /**
     * The processes that can run tasks now.
     *
     * @return their process ids
     */
    public List<Long> pids() {
        return core.pids();
    }

    /**
     * What this pool does and has done.
     *
     * @return figures that are all of one moment during the call
     */
    public ProcessPoolStats stats() {
        return core.stats();
    }

    /** For tests. */
    PoolCore core() {
        return core;
    }

    /** Name and figures, in one line. */
    @Override
    public String toString() {
        return "ProcessPool[" + core + "]";
    }
}
