// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.threads.jdkindex.ClassFiles;
import io.github.headway4j.examples.threads.jdkindex.ClassIndex;
import io.github.headway4j.examples.threads.jdkindex.JdkIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The class files of the running JDK, read and counted by several threads. */
final class JdkIndexStop implements Stop {

    @Override
    public String name() {
        return "jdk-index";
    }

    @Override
    public String title() {
        return "Index the JDK";
    }

    @Override
    public String explanation() {
        return "Several threads read and parse every class file of the running Java, while a BoundedSemaphore bounds"
                + " how many files are in memory.";
    }

    @Override
    public Outcome run(StopContext context) throws IOException, InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        int threads = JdkIndex.THREADS_PER_PROCESSOR * processors;
        int open = JdkIndex.OPEN_PER_PROCESSOR * processors;
        Path folder = context.isFast() ? ClassFiles.ofModule("java.base") : ClassFiles.ofThisJdk();
        JdkIndex.Result result;
        try (Progress bar = context.progress("Reading class files under jrt:/")) {
            result = JdkIndex.run(folder, threads, open, bar);
        }
        return judge(result, context.isFast() ? "The module java.base" : "The whole Java");
    }

    private static Outcome judge(JdkIndex.Result result, String what) {
        ClassIndex index = result.index();
        String files = Words.count(index.files());
        return Outcome.showing(files + " class files in " + Words.time(result.concurrent()))
                .grid(
                        what,
                        List.of("Modules", "Packages", "Classes", "Public classes", "Methods"),
                        List.of(List.of(
                                Words.count(index.modules()),
                                Words.count(index.packages()),
                                Words.count(index.classes()),
                                Words.count(index.publicClasses()),
                                Words.count(index.methods()))))
                .grid(
                        files + " files",
                        List.of("Way", "Threads", "Files in memory", "Time"),
                        List.of(
                                List.of("one after another", "1", "1", Words.time(result.sequential())),
                                List.of(
                                        "concurrently, " + result.maxOpen() + " files allowed",
                                        Words.count(result.threads()),
                                        Words.count(result.peakOpen()),
                                        Words.time(result.concurrent()))))
                .note("Most classes: " + biggest(index.biggestPackage()) + ". Most methods: "
                        + biggest(index.classWithMostMethods()) + ".")
                .naive(Words.comparison(
                                "One thread", result.sequential(), result.threads() + " threads", result.concurrent())
                        + ". Without a bound, all " + result.threads() + " could keep a file in memory at once.")
                .check(
                        "both ways count the same packages, classes and methods",
                        result.equal() && index.files() > 0,
                        Words.count(index.classes()) + " classes, " + Words.count(index.methods()) + " methods")
                .check(
                        "no more files in memory than allowed",
                        result.peakOpen() >= 1 && result.peakOpen() <= result.maxOpen(),
                        "at most " + result.peakOpen() + " of " + result.maxOpen())
                .build();
    }

    private static String biggest(ClassIndex.Biggest biggest) {
        return biggest.name() + " (" + Words.count(biggest.size()) + ")";
    }
}
