// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.pipeline;

import com.google.common.base.Throwables;
import io.github.headway4j.examples.synchronization.Crew;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Class files go through three bounded queues from stage to stage: one thread lists their paths, two read them, two
 * parse them, and one adds up. A stage that is faster than the next one waits for room, so that only so many files are
 * in memory at a time.
 *
 * <p>It ends in one of two ways. When all paths have been put, each queue is joined and then shut down, from the first
 * to the last, which sends its takers home. Or somebody calls {@link #stop()} at any moment: each queue hands back what
 * is in it, and each thread what it has in hand and cannot put any more, so that every path that was put is counted or
 * handed back.
 */
public final class Pipeline {
    /** The capacity of queues that have none. */
    public static final int NO_BOUND = Integer.MAX_VALUE;

    /** How many methods are among the largest. */
    public static final int LARGEST = 20;

    /** Stops after no number of files. */
    public static final int NEVER = 0;

    private static final int READERS = 2;
    private static final int PARSERS = 2;

    private final List<Path> files;
    private final int capacity;
    private final Channel<Path> paths;
    private final Channel<Content> contents;
    private final Channel<Parsed> parsed;
    private final AtomicInteger inMemory = new AtomicInteger();
    private final AtomicInteger mostInMemory = new AtomicInteger();
    private final List<Path> counted = Collections.synchronizedList(new ArrayList<>());
    private final Tally tally = new Tally(LARGEST);

    private record Content(Path path, byte[] bytes) {}

    private record Parsed(Path path, List<MethodSize> methods) {}

    /** What a stage makes of an element. */
    private interface Step<A extends Object, B extends Object> {
        B apply(A element) throws IOException;
    }

    /**
     * How it went.
     *
     * @param files how many files there are
     * @param put how many of them, the first ones, were put into the first queue
     * @param counted the files that were added up, in that order
     * @param handedBack the files that were put and not added up
     * @param totals what was added up
     * @param flows how the files went through each queue
     * @param mostInMemory how many files were in memory at the same time
     * @param elapsed how long it took
     */
    public record Result(
            int files,
            long put,
            List<Path> counted,
            List<Path> handedBack,
            Totals totals,
            List<Flow> flows,
            int mostInMemory,
            Duration elapsed) {
        /** Copies the lists. */
        public Result {
            counted = List.copyOf(counted);
            handedBack = List.copyOf(handedBack);
            flows = List.copyOf(flows);
        }
    }

    /**
     * Makes a pipeline, which runs once.
     *
     * @param files the class files
     * @param capacity how many elements each queue has room for, or {@link #NO_BOUND}
     */
    public Pipeline(List<Path> files, int capacity) {
        this.files = List.copyOf(files);
        this.capacity = capacity;
        this.paths = new Channel<>("list -> read", capacity);
        this.contents = new Channel<>("read -> parse", capacity);
        this.parsed = new Channel<>("parse -> add up", capacity);
    }

    /**
     * Lets the files flow. Every thread has ended when this method returns or throws.
     *
     * @param stopAfter stop when so many files have been counted, or {@link #NEVER}
     * @param progress told the percentage of the files that are counted, by the calling thread
     * @return how it went
     * @throws IOException if a file cannot be read, or is no class file
     * @throws InterruptedException if the caller is interrupted
     */
    public Result run(int stopAfter, IntConsumer progress) throws IOException, InterruptedException {
        List<Callable<Void>> stages = new ArrayList<>();
        stages.add(orStop(this::list));
        Collections.nCopies(READERS, orStop(() -> relay(paths, this::read, contents)))
                .forEach(stages::add);
        Collections.nCopies(PARSERS, orStop(() -> relay(contents, Pipeline::parse, parsed)))
                .forEach(stages::add);
        stages.add(orStop(() -> addUp(stopAfter)));
        long start = System.nanoTime();
        try {
            Crew.run("stage", stages, () -> progress.accept((int) (100L * counted.size() / files.size())));
        } catch (IllegalStateException failed) {
            Throwables.throwIfInstanceOf(failed.getCause(), IOException.class);
            throw failed;
        }
        progress.accept(100);
        return new Result(
                files.size(),
                paths.put(),
                counted,
                handedBack(),
                tally.totals(),
                List.of(paths.flow(), contents.flow(), parsed.flow()),
                mostInMemory.get(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** Stops now, from any thread and at any moment; what is under way is handed back. */
    public void stop() {
        paths.stop();
        contents.stop();
        parsed.stop();
    }

    /**
     * Tells how many files can be in memory at the same time: those in the queues and those in somebody's hands.
     *
     * @return the bound
     */
    public long boundInMemory() {
        return 2L * capacity + READERS + PARSERS + 1;
    }

    private List<Path> handedBack() {
        List<Path> all = new ArrayList<>(paths.handedBack());
        contents.handedBack().forEach(content -> all.add(content.path()));
        parsed.handedBack().forEach(element -> all.add(element.path()));
        return all;
    }

    /** A stage that fails stops the others, who would wait for it. */
    private Callable<Void> orStop(Callable<Void> stage) {
        return () -> {
            try {
                return stage.call();
            } catch (Throwable failure) {
                stop();
                throw failure;
            }
        };
    }

    // ---- the stages ----

    private Void list() throws InterruptedException {
        for (Path file : files) {
            if (!paths.put(file)) {
                break;
            }
        }
        paths.finish();
        contents.finish();
        parsed.finish();
        return null;
    }

    private <A extends Object, B extends Object> Void relay(Channel<A> from, Step<A, B> step, Channel<B> to)
            throws IOException, InterruptedException {
        for (A taken = from.take(); taken != null; taken = from.take()) {
            try {
                B made = step.apply(taken);
                if (!to.put(made)) {
                    to.handBack(made);
                }
            } finally {
                from.taskDone();
            }
        }
        return null;
    }

    private Content read(Path path) throws IOException {
        mostInMemory.accumulateAndGet(inMemory.incrementAndGet(), Math::max);
        return new Content(path, Files.readAllBytes(path));
    }

    private static Parsed parse(Content content) throws IOException {
        return new Parsed(content.path(), ClassFileReader.methods(content.path(), content.bytes()));
    }

    private Void addUp(int stopAfter) throws InterruptedException {
        for (Parsed taken = parsed.take(); taken != null; taken = parsed.take()) {
            try {
                tally.add(taken.methods());
                counted.add(taken.path());
                inMemory.decrementAndGet();
            } finally {
                parsed.taskDone();
            }
            if (counted.size() == stopAfter) {
                stop();
            }
        }
        return null;
    }
}
