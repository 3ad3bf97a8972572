// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.threads.jdkindex.ClassFiles;
import io.github.headway4j.examples.threads.jdkindex.ClassIndex;
import io.github.headway4j.examples.threads.jdkindex.Indexer;
import io.github.headway4j.examples.threads.jdkindex.PhasedIndex;
import java.nio.file.Path;
import java.util.List;

/** The index of the JDK in phases, with and without a barrier between them. */
final class PhasesStop implements Stop {
    private static final int THREADS_PER_PROCESSOR = 2;

    @Override
    public String name() {
        return "phases";
    }

    @Override
    public String title() {
        return "Phases over the JDK";
    }

    @Override
    public String explanation() {
        return "All threads read class files, then all count packages, then one merges: a Barrier separates the phases,"
                + " a LockedSet collects the packages, and an Event ends the progress report.";
    }

    @Override
    public Outcome run(StopContext context) throws Exception {
        Path folder = context.isFast() ? ClassFiles.ofModule("java.xml") : ClassFiles.ofThisJdk();
        List<Path> files = ClassFiles.under(folder);
        int threads = THREADS_PER_PROCESSOR * Math.max(2, Runtime.getRuntime().availableProcessors());
        ClassIndex expected;
        try (Progress bar = context.progress("Indexing in one thread")) {
            expected = new Indexer(1).sequentially(files, bar);
        }
        PhasedIndex.Result phased;
        try (Progress bar = context.progress("Reading, counting, merging")) {
            phased = PhasedIndex.build(files, threads, bar);
        }
        PhasedIndex.Result naive = Chances.until( // on a good day all threads are ready at the same time
                () -> {
                    try (Progress bar = context.progress("The same without a barrier")) {
                        return PhasedIndex.buildWithoutBarrier(files, threads, bar);
                    }
                },
                result -> result.missing() > 0);
        return judge(expected, phased, naive);
    }

    private static Outcome judge(ClassIndex expected, PhasedIndex.Result phased, PhasedIndex.Result naive) {
        return Outcome.showing(Words.count(phased.files()) + " class files in three phases, in "
                        + Words.time(phased.elapsed()))
                .grid(
                        Words.count(phased.files()) + " files, " + phased.threads() + " threads",
                        List.of("Way", "Files counted", "Packages", "Classes", "Methods", "Time"),
                        List.of(row("a Barrier between the phases", phased), row("no barrier", naive)))
                .naive("A thread that goes on when it is ready itself counts what the others happen to have read: "
                        + Words.count(naive.missing()) + " of " + Words.count(naive.files())
                        + " files were missing this time.")
                .check(
                        "the index is that of one thread",
                        phased.index().equals(expected) && phased.missing() == 0 && expected.files() > 0,
                        Words.count(expected.classes()) + " classes, " + Words.count(expected.methods()) + " methods")
                .check(
                        "the LockedSet has each package",
                        phased.packages().size() == expected.packages(),
                        Words.count(phased.packages().size()) + " of " + Words.count(expected.packages()))
                .check(
                        "without a barrier, files are missing",
                        naive.missing() > 0,
                        Words.count(naive.missing()) + " of " + Words.count(naive.files()))
                .build();
    }

    private static List<String> row(String way, PhasedIndex.Result result) {
        return List.of(
                way,
                Words.count(result.index().files()),
                Words.count(result.index().packages()),
                Words.count(result.index().classes()),
                Words.count(result.index().methods()),
                Words.time(result.elapsed()));
    }
}
