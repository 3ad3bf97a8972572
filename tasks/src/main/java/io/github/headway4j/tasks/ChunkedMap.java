// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.primitives.Mutex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link WorkerPool#map}: items in chunks, of which each worker that takes part takes one after the other.
 */
final class ChunkedMap<A, B> {
    /*
     * Model. One array holds the items, and then in the same places the results. The pool gets as many helpers as may
     * be of use; each claims the next chunk until none is left.
     *
     *   helper:  loop { c = claimed++;  c is not a chunk: end;  map each item of chunk c, unless a chunk before it has
     *            failed;  last chunk: done }
     *
     * Chunks are claimed in their order. So when an item throws, all chunks before it have been claimed, and are mapped
     * to their end; chunks behind it end at their next item, or never begin. What the caller gets is thus what a loop
     * over the items would have thrown, whatever the timing. A chunk that is left out because the pool is stopped
     * counts as one whose first item has failed.
     *
     * Who sets done: the one that ends the last chunk, or the one that drops the last helper, after which nobody is
     * there to claim the rest.
     *
     * What is kept. A helper whose turn has not come when all is mapped keeps neither the items nor the results: the
     * caller cancels it and takes the map from it.
     *
     * Some results together. The array is large, and old for the collector, which wants to be told of each reference
     * from what is old to what is new: in the case of G1, each time with a fence, which costs more than a trivial
     * function. So results go to a small array first, which is as new as they are, and some of them together from there.
     *
     * Memory effects. A chunk is written by the thread that has claimed it, which then lowers unfinished; whoever finds
     * it zero sees all chunks.
     *
     * Access modes. claimed, unfinished, helpers: volatile. failedChunk: volatile, lowered under the mutex.
     */

    private static final int NONE = Integer.MAX_VALUE;

    /** Results that are put into their places together. */
    private static final int SOME = 512;

    private final PoolCore core;
    private final Function<? super A, ? extends B> function;
    private final @Nullable Object[] items;
    private final int chunkSize;
    private final int chunks;
    private final Event done = new Event();
    private final AtomicInteger claimed = new AtomicInteger();
    private final AtomicInteger unfinished;

    /** Helpers that have not ended. */
    private final AtomicInteger helpers = new AtomicInteger();

    private final List<Helper> team;

    /** Guards failures. */
    private final Mutex failing = new Mutex();

    /** The first chunk that failed, or -1 to stop all; chunks behind it are not mapped. */
    private volatile int failedChunk = NONE;

    /** Why helpers were dropped, if the pool is broken. */
    private volatile @Nullable BrokenPoolException refusal;

    private int failedItem;
    private @Nullable Throwable failure;

    /** What kept a failure from being kept: for want of memory, say. */
    private volatile @Nullable Throwable unkept;

    ChunkedMap(PoolCore core, @Nullable Object[] items, int chunkSize, Function<? super A, ? extends B> function) {
        this.core = core;
        this.items = items;
        this.chunkSize = chunkSize;
        this.function = function;
        chunks = (items.length - 1) / chunkSize + 1;
        unfinished = new AtomicInteger(chunks);
        int most = Math.min(core.crew.size, chunks);
        team = new ArrayList<>(most);
    }

    // ---- the caller ----

    List<B> call() throws InterruptedException {
        boolean inside = Worker.isCurrentOf(core);
        helpers.set(1); // the caller, until it has invited all others and has done its part
        try {
            invite(inside);
            if (inside) {
                mapChunks();
            }
            helperEnds();
            done.await();
            dismiss();
        } catch (InterruptedException | RuntimeException | Error e) {
            abandon();
            if (failure != null) {
                e.addSuppressed(failure);
            }
            throw e;
        }
        return results();
    }

    /** Gives helpers to the pool: all for which it has room at once, but at least one unless the caller is a worker. */
    private void invite(boolean inside) throws InterruptedException {
        int most = Math.min(core.crew.size, chunks);
        if (!inside) {
            core.put(newHelper());
        }
        while (team.size() < (inside ? most - 1 : most)) {
            if (!core.tryPut(newHelper())) {
                helperEnds();
                return;
            }
        }
    }

    private Helper newHelper() {
        Helper helper = new Helper(core, this);
        team.add(helper);
        helpers.incrementAndGet();
        return helper;
    }

    /** All is over: whoever has not begun never will. */
    private void dismiss() {
        for (Helper helper : team) {
            helper.cancel(false);
            helper.map = null;
        }
    }

    /** Claims what is left, stops who is at work, and waits until nobody is. */
    private void abandon() {
        failing.lock();
        try {
            failedChunk = -1;
        } finally {
            failing.unlock();
        }
        finish(chunks - Math.min(chunks, claimed.getAndSet(chunks)));
        for (Helper helper : team) {
            try {
                helper.cancel(true);
            } catch (Throwable trouble) { // of a class of threads that is not the JDK's; the others must be reached
                PoolReports.uncaught(trouble);
            }
        }
        done.awaitUninterruptibly();
        dismiss();
    }

    @SuppressWarnings("unchecked") // each place has been given a result
    private List<B> results() {
        if (failure != null) {
            throw PoolCore.<RuntimeException>unchecked(failure);
        }
        Throwable trouble = unkept;
        if (trouble != null) {
            throw PoolCore.<RuntimeException>unchecked(trouble);
        }
        if (unfinished.get() > 0) {
            BrokenPoolException broken = refusal;
            throw broken != null ? broken : notMapped();
        }
        return (List<B>) Collections.unmodifiableList(Arrays.asList(items));
    }

    private static CancellationException notMapped() {
        return new CancellationException("the pool was stopped before all was mapped");
    }

    // ---- who maps ----

    private void mapChunks() {
        for (int c = claimed.getAndIncrement(); c < chunks && c >= 0; c = claimed.getAndIncrement()) {
            try {
                if (c < failedChunk) {
                    if (core.crew.stopping) {
                        fail(c, c * chunkSize, notMapped());
                    } else {
                        mapChunk(c);
                    }
                }
            } catch (RuntimeException | Error trouble) {
                unkept = trouble;
                throw trouble;
            } finally {
                finish(1);
            }
        }
    }

    @SuppressWarnings("unchecked") // items are there until they have been mapped
    private void mapChunk(int chunk) {
        @Nullable Object[] places = items;
        Function<? super A, ? extends B> f = function;
        int i = chunk * chunkSize;
        int end = Math.min(places.length - i, chunkSize) + i;
        try {
            @Nullable Object[] results = new Object[Math.min(end - i, SOME)];
            int from = i;
            for (; i < end && chunk < failedChunk; i++) {
                if (i - from == results.length) {
                    System.arraycopy(results, 0, places, from, results.length);
                    from = i;
                }
                results[i - from] = f.apply((A) places[i]);
            }
            System.arraycopy(results, 0, places, from, i - from);
        } catch (Throwable thrown) {
            fail(chunk, i, thrown);
        }
    }

    private void fail(int chunk, int item, Throwable thrown) {
        failing.lock();
        try {
            Throwable other = failure;
            if (other == null || item < failedItem) {
                failedItem = item;
                failure = thrown;
                failedChunk = Math.min(chunk, failedChunk);
            }
            suppress(other, thrown);
        } finally {
            failing.unlock();
        }
    }

    /** Keeps the failure that is not thrown with the one that is. */
    private void suppress(@Nullable Throwable other, Throwable thrown) {
        Throwable kept = failure;
        Throwable hidden = kept == thrown ? other : thrown;
        if (kept != null && hidden != null && hidden != kept) {
            kept.addSuppressed(hidden);
        }
    }

    private void finish(int some) {
        if (some > 0 && unfinished.addAndGet(-some) == 0) {
            done.set();
        }
    }

    private void helperEnds() {
        if (helpers.decrementAndGet() == 0) {
            done.set();
        }
    }

    /** A worker's part in this. */
    private static final class Helper extends PoolTask<Void> {

        /** Null once it is over. */
        private volatile @Nullable ChunkedMap<?, ?> map;

        Helper(PoolCore core, ChunkedMap<?, ?> map) {
            super(core, (Runnable) map::help);
            this.map = map;
        }

        @Override
        void drop(@Nullable BrokenPoolException broken) {
            ChunkedMap<?, ?> dropped = map;
            if (dropped != null) {
                dropped.isDropped(broken);
            }
        }

        @Override
        boolean isInternal() {
            return true;
        }
    }

    private void isDropped(@Nullable BrokenPoolException broken) {
        if (broken != null) {
            refusal = broken;
        }
        helperEnds();
    }

    private void help() {
        try {
            mapChunks();
        } finally {
            helperEnds();
        }
    }
}
