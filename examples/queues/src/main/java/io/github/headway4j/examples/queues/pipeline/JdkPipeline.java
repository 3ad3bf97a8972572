// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.pipeline;

import io.github.headway4j.examples.threads.jdkindex.ClassFiles;
import io.github.headway4j.primitives.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Finds the largest methods of the running JDK by a {@link Pipeline}. Ctrl-C stops it, and it tells how far it came and
 * what it hands back; then it counts the same files one after another and compares.
 */
public final class JdkPipeline {
    /** How many elements each queue has room for. */
    public static final int CAPACITY = 64;

    private static final int TENTH = 10;

    private JdkPipeline() {}

    /**
     * A run and what was found by checking it.
     *
     * @param result the run
     * @param accounted whether every path that was put is counted or handed back, and none is both or twice
     * @param equal whether counting the same files one after another gives the same
     * @param sequential how long counting one after another took
     */
    public record Checked(Pipeline.Result result, boolean accounted, boolean equal, Duration sequential) {
        /**
         * Says whether the run was right.
         *
         * @return true if everything is accounted for and the totals are right
         */
        public boolean correct() {
            return accounted && equal;
        }
    }

    /**
     * Runs the pipeline over the running JDK, or over the one module of it that the first argument names. The exit code
     * is 1 if something was wrong.
     *
     * @param args the name of a module; may be left out
     * @throws IOException if a class file cannot be read
     * @throws InterruptedException if the program is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<Path> files = ClassFiles.under(args.length > 0 ? ClassFiles.ofModule(args[0]) : ClassFiles.ofThisJdk());
        Pipeline pipeline = new Pipeline(files, CAPACITY);
        Event told = new Event();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            pipeline.stop();
            told.awaitUninterruptibly(); // the program ends when its hooks have ended
        }));
        System.out.printf(Locale.ROOT, "%,d class files; Ctrl-C stops and hands back%n", files.size());
        int exitCode;
        try {
            exitCode = report(check(files, pipeline.run(Pipeline.NEVER, new Tenths())));
        } finally {
            told.set();
        }
        System.exit(exitCode);
    }

    /** Prints each tenth of the way. */
    private static final class Tenths implements IntConsumer {
        private int last;

        @Override
        public void accept(int percent) {
            if (percent / TENTH > last) {
                last = percent / TENTH;
                System.out.println(TENTH * last + " %");
            }
        }
    }

    /** Prints a run and returns the exit code. */
    static int report(Checked checked) {
        Pipeline.Result result = checked.result();
        System.out.printf(
                Locale.ROOT,
                "%,d put, %,d counted, %,d handed back%n",
                result.put(),
                result.counted().size(),
                result.handedBack().size());
        for (Flow flow : result.flows()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-15s room for %d, at most %d in it, %,d puts waited for room, %,d ms in all; %d handed back%n",
                    flow.queue() + ":",
                    flow.capacity(),
                    flow.most(),
                    flow.waits(),
                    flow.waited().toMillis(),
                    flow.handedBack());
        }
        Totals totals = result.totals();
        System.out.printf(
                Locale.ROOT,
                "%,d methods, %,d bytes of code, %,d ms; one after another %,d ms%n",
                totals.methods(),
                totals.bytes(),
                result.elapsed().toMillis(),
                checked.sequential().toMillis());
        for (MethodSize method : totals.largest()) {
            System.out.printf(Locale.ROOT, "%,7d %s%n", method.bytes(), method.method());
        }
        System.out.println(
                checked.correct()
                        ? "all are accounted for, and the totals are right"
                        : "WRONG: accounted for " + checked.accounted() + ", totals right " + checked.equal());
        return checked.correct() ? 0 : 1;
    }

    /**
     * Lets all files flow.
     *
     * @param files the class files, at least one
     * @param capacity how many elements each queue has room for, or {@link Pipeline#NO_BOUND}
     * @param progress told the percentage of the files that are counted, by the calling thread
     * @return the run, checked
     * @throws IOException if a file cannot be read, or is no class file
     * @throws InterruptedException if the caller is interrupted; the threads have ended by then
     */
    public static Checked run(List<Path> files, int capacity, IntConsumer progress)
            throws IOException, InterruptedException {
        return check(files, new Pipeline(files, capacity).run(Pipeline.NEVER, progress));
    }

    /**
     * Lets files flow, and stops half-way.
     *
     * @param files the class files, at least two
     * @param capacity how many elements each queue has room for, or {@link Pipeline#NO_BOUND}
     * @param progress told the percentage of the files that are counted, by the calling thread
     * @return the run, checked
     * @throws IOException if a file cannot be read, or is no class file
     * @throws InterruptedException if the caller is interrupted; the threads have ended by then
     */
    public static Checked halfWay(List<Path> files, int capacity, IntConsumer progress)
            throws IOException, InterruptedException {
        return check(files, new Pipeline(files, capacity).run(files.size() / 2, progress));
    }

    /** Accounts for every file, and counts again. */
    static Checked check(List<Path> files, Pipeline.Result result) throws IOException, InterruptedException {
        Set<Path> known = new HashSet<>(result.counted());
        known.addAll(result.handedBack());
        boolean accounted = result.counted().size() + result.handedBack().size() == result.put()
                && known.equals(new HashSet<>(files.subList(0, (int) result.put())));
        long start = System.nanoTime();
        Totals expected = Tally.sequentially(result.counted(), Pipeline.LARGEST);
        Duration sequential = Duration.ofNanos(System.nanoTime() - start);
        return new Checked(result, accounted, result.totals().equals(expected), sequential);
    }
}
