// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.jdkindex;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import io.github.headway4j.primitives.Barrier;
import io.github.headway4j.primitives.Event;
import io.github.headway4j.primitives.LockedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;

/**
 * The index of the JDK in three phases: all threads read, then all count, then one merges the parts.
 *
 * <p>In the second phase each thread counts some of the packages, over the files that all threads have read. So none may
 * start before the last file is read: a {@link Barrier} stands between the phases. The packages are collected in a
 * {@link LockedSet} on the way. The calling thread reports the progress until an {@link Event} says that the work is
 * over.
 *
 * <p>A thread that fails aborts the barrier, so that the others do not wait for it, and the caller gets its failure.
 */
public final class PhasedIndex {
    private static final Duration REPORT_EVERY = Duration.ofMillis(50);

    private final List<Path> files;
    private final int threads;

    /** What has been read of each file; null before. */
    private final AtomicReferenceArray<ClassFacts> facts;

    private final LockedSet<String> packages = new LockedSet<>();
    private final AtomicReferenceArray<ClassIndex> parts;
    private final Barrier beforeCounting;
    private final Barrier beforeMerging;
    private final AtomicReference<ClassIndex> merged = new AtomicReference<>();
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Event over = new Event();

    /**
     * What came of it.
     *
     * @param index the index
     * @param packages the packages with a class, collected while reading
     * @param threads how many threads
     * @param files how many files there were
     * @param elapsed how long it took
     */
    public record Result(ClassIndex index, Set<String> packages, int threads, int files, Duration elapsed) {

        /** {@return how many files are missing in the index} */
        public int missing() {
            return files - index.files();
        }
    }

    private PhasedIndex(List<Path> files, int threads, Barrier beforeCounting) {
        this.files = files;
        this.threads = threads;
        this.beforeCounting = beforeCounting;
        this.beforeMerging = new Barrier(threads);
        this.facts = new AtomicReferenceArray<>(files.size());
        this.parts = new AtomicReferenceArray<>(threads);
    }

    /**
     * Indexes the running JDK, or the one module of it that the first argument names, with and without a barrier.
     *
     * @param args the name of a module; may be left out
     * @throws IOException if a class file cannot be read
     * @throws InterruptedException if the program is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = args.length > 0 ? ClassFiles.ofModule(args[0]) : ClassFiles.ofThisJdk();
        List<Path> files = ClassFiles.under(folder);
        int threads = 2 * Runtime.getRuntime().availableProcessors();
        IntConsumer silent = percent -> {};
        print("with a barrier", build(files, threads, silent));
        print("without", buildWithoutBarrier(files, threads, silent));
    }

    private static void print(String how, Result result) {
        System.out.printf(
                Locale.ROOT,
                "%s: %,d of %,d files counted in %,d ms by %d threads, %,d packages seen%n",
                how,
                result.index().files(),
                result.files(),
                result.elapsed().toMillis(),
                result.threads(),
                result.packages().size());
    }

    /**
     * Builds the index.
     *
     * @param files the class files
     * @param threads how many threads, at least 1
     * @param progress told the percentage that is done, by the calling thread
     * @return the index
     * @throws BadClassFileException if a file is not a class file, or a damaged one
     * @throws IOException if a file cannot be read
     * @throws InterruptedException if the calling thread is interrupted; every thread has ended by then
     */
    public static Result build(List<Path> files, int threads, IntConsumer progress)
            throws IOException, InterruptedException {
        return new PhasedIndex(files, threads, new Barrier(threads)).build(progress);
    }

    /**
     * Builds the index in the naive way: each thread goes on when it is ready itself, and counts what the others have
     * read by then.
     *
     * @param files the class files
     * @param threads how many threads, at least 1
     * @param progress told the percentage that is done, by the calling thread
     * @return the index, in which files may be missing; with one thread none is
     * @throws BadClassFileException if a file is not a class file, or a damaged one
     * @throws IOException if a file cannot be read
     * @throws InterruptedException if the calling thread is interrupted; every thread has ended by then
     */
    public static Result buildWithoutBarrier(List<Path> files, int threads, IntConsumer progress)
            throws IOException, InterruptedException {
        return new PhasedIndex(files, threads, new Barrier(1)).build(progress);
    }

    private Result build(IntConsumer progress) throws IOException, InterruptedException {
        List<Thread> started = new ArrayList<>();
        AtomicInteger working = new AtomicInteger(threads);
        long start = System.nanoTime();
        try {
            for (int number = 0; number < threads; number++) {
                int self = number;
                Thread thread = new Thread(() -> work(self, working), "phased-indexer-" + self);
                thread.start();
                started.add(thread);
            }
            int allSteps = Math.max(1, 2 * files.size());
            while (!over.await(REPORT_EVERY)) {
                progress.accept((int) (100L * steps.get() / allSteps));
            }
        } finally {
            started.forEach(Thread::interrupt);
            started.forEach(Uninterruptibles::joinUninterruptibly);
        }
        if (failure.get() != null) {
            Throwables.throwIfInstanceOf(failure.get(), IOException.class);
            throw new IllegalStateException(failure.get());
        }
        progress.accept(100);
        return new Result(
                merged.get(), packages.snapshot(), threads, files.size(), Duration.ofNanos(System.nanoTime() - start));
    }

    private void work(int self, AtomicInteger working) {
        try {
            read(self);
            beforeCounting.await();
            parts.set(self, count(self));
            if (beforeMerging.await() == 0) {
                merged.set(merge());
            }
        } catch (BrokenBarrierException another) {
            // whoever broke it has told why
        } catch (IOException | InterruptedException | TimeoutException | RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            beforeCounting.abort();
            beforeMerging.abort();
        } finally {
            if (working.decrementAndGet() == 0) {
                over.set();
            }
        }
    }

    /** The first phase: every thread reads its share of the files. */
    private void read(int self) throws IOException, InterruptedException {
        for (int file = self; file < files.size(); file += threads) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Path path = files.get(file);
            ClassFacts read = ClassFiles.parse(path, Files.readAllBytes(path));
            facts.set(file, read);
            if (read.kind().isType()) {
                packages.add(read.packageName());
            }
            steps.incrementAndGet();
        }
    }

    /** The second phase: every thread counts its share of the packages, whoever has read them. */
    private ClassIndex count(int self) {
        ClassIndex part = new ClassIndex();
        for (int file = 0; file < files.size(); file++) {
            ClassFacts read = facts.get(file);
            if (read != null && Math.floorMod(read.packageName().hashCode(), threads) == self) {
                part.add(read);
                steps.incrementAndGet();
            }
        }
        return part;
    }

    /** The third phase: one thread makes one index of the parts. */
    private ClassIndex merge() {
        ClassIndex index = new ClassIndex();
        for (int part = 0; part < threads; part++) {
            index.addAll(parts.get(part));
        }
        return index;
    }
}
