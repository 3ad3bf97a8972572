// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.jdkindex;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * Reads every class file of the running JDK, tens of thousands, first in one thread and then in several, and compares
 * the two indexes and the times.
 *
 * <p>The files lie in the JDK's own file system, {@code jrt:/}, so that every machine that can run this program has
 * them. There are more threads than processors on purpose: a thread that waits for the disk leaves its processor to
 * another one, while a semaphore bounds how many files are in memory. Once the system has the files in its cache, the
 * processors set the pace.
 */
public final class JdkIndex {

    /** How many threads per processor {@link #main} uses. */
    public static final int THREADS_PER_PROCESSOR = 4;

    /** How many files per processor {@link #main} allows in memory. */
    public static final int OPEN_PER_PROCESSOR = 2;

    private JdkIndex() {}

    /**
     * What {@link #run} found and how long it took.
     *
     * @param index the index that the threads built
     * @param equal whether the index that was built in one thread is the same
     * @param sequential the time in one thread
     * @param concurrent the time in several threads
     * @param threads how many threads
     * @param maxOpen how many files were allowed in memory at the same time
     * @param peakOpen how many files were in memory at the same time
     */
    public record Result(
            ClassIndex index,
            boolean equal,
            Duration sequential,
            Duration concurrent,
            int threads,
            int maxOpen,
            int peakOpen) {

        /**
         * Says whether both runs were right.
         *
         * @return true if both indexes are the same and no more files than allowed were in memory
         */
        public boolean correct() {
            return equal && peakOpen <= maxOpen;
        }
    }

    /**
     * Indexes the running JDK, or the one module of it that the first argument names. The program ends with the exit
     * code 1 if something was wrong.
     *
     * @param args the name of a module; may be left out
     * @throws IOException if a class file cannot be read
     * @throws InterruptedException if the program is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = args.length > 0 ? ClassFiles.ofModule(args[0]) : ClassFiles.ofThisJdk();
        int processors = Runtime.getRuntime().availableProcessors();
        System.exit(report(
                run(folder, THREADS_PER_PROCESSOR * processors, OPEN_PER_PROCESSOR * processors, percent -> {})));
    }

    /** Prints a result and returns the exit code. */
    static int report(Result result) {
        ClassIndex index = result.index();
        System.out.printf(
                Locale.ROOT,
                "%,d class files: %d modules, %,d packages, %,d classes (%,d public), %,d methods%n",
                index.files(),
                index.modules(),
                index.packages(),
                index.classes(),
                index.publicClasses(),
                index.methods());
        System.out.println("biggest package:       " + line(index.biggestPackage()));
        System.out.println("most methods:          " + line(index.classWithMostMethods()));
        System.out.println("name of most packages: " + line(index.mostSharedName()));
        System.out.println("packages with a List:  " + index.packagesWith("List"));
        System.out.printf(
                Locale.ROOT, "one thread: %,6d ms%n", result.sequential().toMillis());
        System.out.printf(
                Locale.ROOT,
                "%d threads:  %,6d ms, at most %d files in memory, %d allowed%n",
                result.threads(),
                result.concurrent().toMillis(),
                result.peakOpen(),
                result.maxOpen());
        System.out.println(result.correct() ? "both indexes are the same" : "WRONG: " + result);
        return result.correct() ? 0 : 1;
    }

    private static String line(ClassIndex.Biggest biggest) {
        return String.format(Locale.ROOT, "%s (%,d)", biggest.name(), biggest.size());
    }

    /**
     * Indexes the class files under a folder in one thread and then in several, and compares. All files
     * are read once before the clock starts: the first reader pays for the disk and for the start of the compiler, and
     * that would be the run in one thread.
     *
     * @param folder where to look, for example {@link ClassFiles#ofThisJdk()}
     * @param threads how many threads the second run uses, at least 1
     * @param maxOpen how many files may be in memory at the same time, at least 1
     * @param progress told the percentage that is done, from 0 to 100 and never less than before, by the calling thread
     * @return what was found
     * @throws BadClassFileException if a file is not a class file, or a damaged one
     * @throws IOException if a file cannot be read, or there is none
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static Result run(Path folder, int threads, int maxOpen, IntConsumer progress)
            throws IOException, InterruptedException {
        List<Path> files = ClassFiles.under(folder);
        if (files.isEmpty()) {
            throw new IOException("There are no class files under " + folder);
        }
        new Indexer(maxOpen).concurrently(files, threads, percent -> progress.accept(percent / 2));

        long start = System.nanoTime();
        ClassIndex expected = new Indexer(1).sequentially(files, percent -> progress.accept(50 + percent * 3 / 10));
        long middle = System.nanoTime();
        Indexer indexer = new Indexer(maxOpen);
        ClassIndex index = indexer.concurrently(files, threads, percent -> progress.accept(80 + percent / 5));
        long end = System.nanoTime();

        return new Result(
                index,
                index.equals(expected),
                Duration.ofNanos(middle - start),
                Duration.ofNanos(end - middle),
                threads,
                maxOpen,
                indexer.peakOpen());
    }
}
