// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One map of a pool: cuts the items into chunks, sends them, and puts the results together. */
final class RemoteMap<A extends @Nullable Object, R extends @Nullable Object> {
    /*
     * Model. One thread, the owner, does everything: it takes items from the source, writes them as bytes, gives them
     * to the pool as tasks, and takes the results. So the source and the classes of items and results are used by one
     * thread only, and there is no thread besides those of the pool. What is under way is bounded, by number and bytes.
     *
     *   pending    chunks in their order that were given to the pool, or are about to be, and not consumed
     *   unoffered  the last of them, for which the backlog had no room yet
     *   ended      chunks in the order in which they end, unless the order of the items is wanted
     *
     * The items end with a failure at its position if the source, or the writing of an item, has thrown one: the items
     * before it are mapped, and then it is thrown. If a chunk has failed, those behind it are withdrawn if they have
     * not begun. Those that have are waited for when what comes next is asked for, like results; their outcomes are of
     * no interest then.
     *
     * Lost wake-ups. The owner says in wantedChunk and wantedEnds what it waits for, and then looks once more before it
     * parks. A chunk's end first writes its outcome and counts, and then looks whether it is wanted. All of them are
     * volatile. What it waits for is an end that will come: one of a chunk that was given to the pool. An outcome is
     * known before it is counted; so the owner may have consumed all that it gave to the pool when the last of it is not
     * counted yet, and goes on with those for which there was no room when it is.
     */

    /** The most bytes of arguments that are under way. */
    private static final long MOST_BYTES = 1L << 23;

    /** Chunks are given to the pool so many at a time. */
    private static final int GROUP = 64;

    private static final long NOTHING = Long.MAX_VALUE;

    private final PoolCore core;
    private final Iterator<? extends A> source;
    private final int chunkSize;
    private final boolean ordered;
    private final boolean together;
    private final int ahead;
    private final Object blocker;
    private final RemoteFunction function;
    final Thread owner = Thread.currentThread();
    private final ConcurrentLinkedQueue<ChunkTask> ended = new ConcurrentLinkedQueue<>();
    private final AtomicLong ends = new AtomicLong();

    private volatile @Nullable ChunkTask wantedChunk;
    private volatile long wantedEnds = NOTHING;

    /* Of the owner. */
    private final Collection<ChunkTask> pending;
    private final ArrayDeque<ChunkTask> unoffered = new ArrayDeque<>();
    private final WireBuffer buffer = new WireBuffer();

    /** The items of the chunk that is being written. */
    private final List<@Nullable Object> chunk = new ArrayList<>();

    private long offered;
    private long bytesUnderWay;
    private boolean exhausted;

    /** Whether a chunk has failed, and only the end of what is under way is waited for. */
    private boolean failed;

    private boolean closed;

    /** What is thrown when all before it has been consumed. */
    private @Nullable Throwable atTheEnd;

    private List<?> results = List.of();
    private int next;

    /**
     * Begins a map by the calling thread.
     *
     * @param ahead how many chunks may be under way
     * @param together whether nobody looks at results before all of them are there
     */
    RemoteMap(
            PoolCore core,
            Object blocker,
            Iterator<? extends A> source,
            int chunkSize,
            SerializableFunction<? super A, ? extends R> function,
            boolean ordered,
            int ahead,
            boolean together) {
        this.core = core;
        this.blocker = blocker;
        this.source = source;
        this.chunkSize = chunkSize;
        this.ordered = ordered;
        this.ahead = ahead;
        this.together = together;
        this.pending = ordered ? new ArrayDeque<>() : new LinkedHashSet<>();
        try {
            Wire.write(function, buffer);
        } catch (IOException notSerializable) {
            throw Failures.<RuntimeException>unchecked(notSerializable);
        }
        this.function = new RemoteFunction(Arrays.copyOf(buffer.array(), buffer.end()));
        core.openMap(together);
    }

    // ---- items ----

    /** Gives the first items to the pool, as far as there is room. */
    void begin() {
        try {
            feed(false, false, 0L);
        } catch (InterruptedException impossible) {
            throw new AssertionError("it does not wait", impossible);
        }
    }

    /**
     * Gives items to the pool until enough are under way; waits for room if nothing is, and that is wanted.
     *
     * @param deadline until when, if it is timed
     */
    private void feed(boolean waits, boolean timed, long deadline) throws InterruptedException {
        if (pending.size() > ahead / 2 && unoffered.isEmpty()) {
            return;
        }
        do {
            while (unoffered.size() < GROUP && !exhausted && pending.size() < ahead && bytesUnderWay < MOST_BYTES) {
                takeChunk();
            }
        } while (offer(waits, timed, deadline) && !exhausted && pending.size() < ahead && bytesUnderWay < MOST_BYTES);
    }

    /** The next chunk of the source becomes pending. */
    private void takeChunk() {
        List<@Nullable Object> items = chunk;
        items.clear();
        try {
            while (items.size() < chunkSize && source.hasNext()) {
                items.add(source.next());
            }
        } catch (Throwable ofSource) {
            endWith(ofSource);
        }
        if (items.size() < chunkSize) {
            exhausted = true;
        }
        if (!items.isEmpty()) {
            try {
                addChunk(items);
            } catch (Throwable notWritten) {
                endWith(notWritten);
            }
        }
    }

    private void addChunk(List<@Nullable Object> items) throws IOException {
        buffer.clear();
        buffer.writeVarLong(function.id);
        Wire.write(items, buffer);
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.end());
        ChunkTask task = new ChunkTask(this, bytes, core.taskTimeoutNanos, function);
        pending.add(task);
        unoffered.add(task);
        bytesUnderWay += task.bytes;
    }

    private void endWith(Throwable failure) {
        exhausted = true;
        atTheEnd = failure;
    }

    /** Gives chunks to the pool; true if it took all there are. */
    private boolean offer(boolean waits, boolean timed, long deadline) throws InterruptedException {
        try {
            while (!unoffered.isEmpty()) {
                int accepted = core.offer(unoffered, together);
                offered += accepted;
                for (int i = 0; i < accepted; i++) {
                    unoffered.poll();
                }
                if (!unoffered.isEmpty()) {
                    if (!waits || offered > ends.get()) {
                        return false; // comes back, at the latest when one of them has ended
                    }
                    if (!core.backlog.awaitRoom(timed, deadline)) {
                        return false;
                    }
                }
            }
        } catch (RejectedExecutionException refused) {
            dropUnoffered();
            endWith(isStopped(refused) ? new CancellationException("the pool was stopped: " + core.name) : refused);
        }
        return true;
    }

    /** Whether more than the shutdown of the pool is behind a refusal: that leaves a map of which all is wanted alone. */
    private boolean isStopped(RejectedExecutionException refused) {
        return together && !(refused instanceof BrokenProcessPoolException);
    }

    private void dropUnoffered() {
        for (ChunkTask task : unoffered) {
            bytesUnderWay -= task.bytes;
        }
        pending.removeAll(unoffered);
        unoffered.clear();
    }

    // ---- results ----

    /** A chunk's outcome is known: by any thread. */
    void hasEnded(ChunkTask task) {
        if (!ordered) {
            ended.add(task);
        }
        long count = ends.incrementAndGet();
        if (count >= wantedEnds || task == wantedChunk) {
            LockSupport.unpark(owner);
        }
    }

    /**
     * Waits until it is known what comes next: a result, a failure or the end. False if the time is over before.
     *
     * @param deadline when that is, if it is timed
     */
    boolean await(boolean timed, long deadline) throws InterruptedException {
        while (next == results.size() && !closed) {
            if (!failed) {
                feed(!hasEnded(), timed, deadline);
            }
            if (failed ? ends.get() >= offered : pending.isEmpty()) {
                close();
                return true;
            }
            ChunkTask task = failed ? null : takeEnded();
            if (task != null) {
                consume(task);
            } else if (!park(timed, deadline)) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is an outcome to be consumed next. */
    private boolean hasEnded() {
        if (!ordered) {
            return !ended.isEmpty();
        }
        return !pending.isEmpty() && pending.iterator().next().outcome() != null;
    }

    /** After waiting: whether there is a result. */
    boolean hasResult() {
        return next < results.size();
    }

    /** After waiting: whether there is a failure to be thrown. */
    boolean hasFailure() {
        return next == results.size() && atTheEnd != null;
    }

    /** Takes the failure. */
    @Nullable
    Throwable takeFailure() {
        Throwable failure = atTheEnd;
        atTheEnd = null;
        return failure;
    }

    /** Takes the next result. */
    @SuppressWarnings("unchecked")
    R takeResult() {
        return (R) results.get(next++);
    }

    private @Nullable ChunkTask takeEnded() {
        ChunkTask task;
        if (ordered) {
            task = pending.iterator().next();
            if (task.outcome() == null) {
                return null;
            }
        } else {
            task = ended.poll();
        }
        if (task != null) {
            pending.remove(task);
            bytesUnderWay -= task.bytes;
        }
        return task;
    }

    private void consume(ChunkTask task) {
        RemoteOutcome outcome = task.outcome();
        List<?> read = task.results();
        if (read == null && outcome != null) {
            try {
                RemoteFailure failure = outcome.readFailure(core.options.resultFilter);
                if (failure == null) {
                    read = (List<?>) outcome.readResult(core.options.resultFilter);
                } else {
                    read = failure.before();
                    stop(failure.thrown());
                }
            } catch (Throwable unreadable) {
                stop(unreadable);
            }
        }
        results = read == null ? List.of() : read;
        next = 0;
    }

    /** A chunk has failed: nothing behind it counts, and what has not begun never will. */
    private void stop(Throwable failure) {
        endWith(failure);
        failed = true;
        dropUnoffered();
        core.cancelAll(pending, false);
    }

    /** Waits for the end of something that is under way. */
    private boolean park(boolean timed, long deadline) throws InterruptedException {
        if (timed && deadline - System.nanoTime() <= 0L) {
            return false;
        }
        long count = ends.get();
        if (failed) {
            wantedEnds = offered;
        } else if (together) {
            wantedEnds = halfWay(count, offered);
        } else if (ordered) {
            wantedChunk = pending.iterator().next(); // perhaps not offered yet: then there is room to be waited for
            wantedEnds = offered;
        } else {
            wantedEnds = Math.min(offered, count + 1L);
        }
        try {
            while (!isWantedThere()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (!timed) {
                    LockSupport.park(blocker);
                } else {
                    long left = deadline - System.nanoTime();
                    if (left <= 0L) {
                        return false;
                    }
                    LockSupport.parkNanos(blocker, left);
                }
            }
            return true;
        } finally {
            wantedChunk = null;
            wantedEnds = NOTHING;
        }
    }

    /**
     * At which end to look again when only all results together are wanted: half of what is under way, so that the
     * owner seldom wakes; but never at one that does not come, as all may have ended since it was looked.
     */
    static long halfWay(long ended, long offered) {
        return Math.min(offered, ended + Math.max(1L, (offered - ended) / 2));
    }

    private boolean isWantedThere() {
        ChunkTask chunk = wantedChunk;
        return ends.get() >= wantedEnds || (chunk != null && chunk.outcome() != null) || (!failed && !ended.isEmpty());
    }

    /** All results, when they are there. */
    List<R> toList() throws InterruptedException {
        SegmentedList<R> all = new SegmentedList<>();
        try {
            while (await(false, 0L) && next < results.size()) {
                all.append(results);
                next = results.size();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // so that what runs is not waited for
            close();
            Thread.interrupted();
            throw e;
        } finally {
            close();
        }
        Throwable failure = takeFailure();
        if (failure != null) {
            throw Failures.<RuntimeException>unchecked(failure);
        }
        return all;
    }

    // ---- the end ----

    /** Ends the map: nothing of it is under way any more. Results that were not taken are dropped. */
    void close() {
        if (!closed) {
            results = List.of();
            next = 0;
            end();
        }
    }

    private void end() {
        if (closed) {
            return;
        }
        closed = true;
        exhausted = true;
        boolean interrupted = false;
        try {
            dropUnoffered();
            core.cancelAll(pending, false);
            interrupted = awaitEnds();
        } finally {
            wantedEnds = NOTHING;
            pending.clear();
            ended.clear();
            core.closeMap(function, together);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until nothing is under way; true if interrupted meanwhile. Then what runs is killed. */
    private boolean awaitEnds() {
        wantedEnds = offered;
        boolean interrupted = false;
        while (ends.get() < offered) {
            if (Thread.interrupted()) {
                if (!interrupted) {
                    core.cancelAll(pending, true);
                }
                interrupted = true;
            } else {
                LockSupport.park(blocker);
            }
        }
        return interrupted;
    }

    /** The order, and how much is under way. */
    @Override
    public String toString() {
        return (ordered ? "ordered, " : "as completed, ") + ends.get() + " chunks have ended"
                + (closed ? ", closed" : "");
    }
}
