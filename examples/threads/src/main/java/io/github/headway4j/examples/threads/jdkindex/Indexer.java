// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.jdkindex;

import com.google.common.base.Throwables;
import com.google.common.collect.Lists;
import com.google.common.util.concurrent.Uninterruptibles;
import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Reads class files and builds their index.
 *
 * <p>{@link #concurrently} cuts the files into batches. Each thread takes a batch, builds an index of it alone, and
 * hands it over; nothing is shared while the work is going on, and the calling thread puts the parts together. A
 * {@link BoundedSemaphore} bounds how many files are in memory at a time, however many threads there are.
 */
public final class Indexer {

    /** Small enough for a progress bar that moves, large enough that handing out a batch costs next to nothing. */
    private static final int BATCH = 200;

    private final BoundedSemaphore permits;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger peakOpen = new AtomicInteger();

    /**
     * Creates an indexer.
     *
     * @param maxOpen how many files may be in memory at the same time, at least 1
     */
    public Indexer(int maxOpen) {
        this.permits = new BoundedSemaphore(maxOpen);
    }

    /**
     * Reads one file after another in the calling thread.
     *
     * @param files the class files
     * @param progress told the percentage of the files that are done, after each batch
     * @return the index
     * @throws BadClassFileException if a file is not a class file, or a damaged one
     * @throws IOException if a file cannot be read
     * @throws InterruptedException if the calling thread is interrupted
     */
    public ClassIndex sequentially(List<Path> files, IntConsumer progress) throws IOException, InterruptedException {
        ClassIndex index = new ClassIndex();
        for (List<Path> batch : Lists.partition(files, BATCH)) {
            index.addAll(read(batch));
            progress.accept(percent(index, files));
        }
        return index;
    }

    /**
     * Reads files in several threads. If one file cannot be read, the others are left alone. Whatever happens, every
     * thread has ended when this method returns or throws.
     *
     * @param files the class files
     * @param threads how many threads, at least 1
     * @param progress told the percentage of the files that are done, after each batch, by the calling thread
     * @return the index
     * @throws BadClassFileException if a file is not a class file, or a damaged one
     * @throws IOException if a file cannot be read
     * @throws InterruptedException if the calling thread is interrupted
     */
    public ClassIndex concurrently(List<Path> files, int threads, IntConsumer progress)
            throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> new Thread(task, "indexer"));
        try {
            CompletionService<ClassIndex> batches = new ExecutorCompletionService<>(pool);
            List<List<Path>> parts = Lists.partition(files, BATCH);
            for (List<Path> part : parts) {
                batches.submit(() -> read(part));
            }
            ClassIndex index = new ClassIndex();
            for (int done = 0; done < parts.size(); done++) {
                index.addAll(batches.take().get());
                progress.accept(percent(index, files));
            }
            return index;
        } catch (ExecutionException failure) {
            Throwables.throwIfInstanceOf(failure.getCause(), IOException.class);
            throw new IllegalStateException(failure.getCause());
        } finally {
            pool.shutdownNow();
            Uninterruptibles.awaitTerminationUninterruptibly(pool);
        }
    }

    /**
     * Tells how many files were in memory at the same time.
     *
     * @return the peak since this indexer was made
     */
    public int peakOpen() {
        return peakOpen.get();
    }

    private ClassIndex read(List<Path> files) throws IOException, InterruptedException {
        ClassIndex index = new ClassIndex();
        for (Path file : files) {
            index.add(read(file));
        }
        return index;
    }

    @SuppressWarnings("try") // the permit is only held
    private ClassFacts read(Path file) throws IOException, InterruptedException {
        try (Held permit = permits.holdInterruptibly()) {
            peakOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
            try {
                return ClassFiles.parse(file, Files.readAllBytes(file));
            } finally {
                open.decrementAndGet();
            }
        }
    }

    private static int percent(ClassIndex index, List<Path> files) {
        return (int) (100L * index.files() / files.size());
    }
}
