// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.queues.pipeline.Flow;
import io.github.headway4j.examples.queues.pipeline.JdkPipeline;
import io.github.headway4j.examples.queues.pipeline.MethodSize;
import io.github.headway4j.examples.queues.pipeline.Pipeline;
import io.github.headway4j.examples.threads.jdkindex.ClassFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Class files through bounded queues, to the end and stopped half-way, and through queues without a bound. */
final class PipelineStop implements Stop {
    private static final int CAPACITY = JdkPipeline.CAPACITY;

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String title() {
        return "Pipeline over the JDK";
    }

    @Override
    public String explanation() {
        return "Class files flow through bounded queues from stage to stage, list, read, parse and add up: who is too"
                + " fast waits for room. Stopped half-way, each queue hands back what is in it, and no file is lost.";
    }

    @Override
    public Outcome run(StopContext context) throws Exception {
        Path folder = context.isFast() ? ClassFiles.ofModule("java.xml") : ClassFiles.ofThisJdk();
        List<Path> files = ClassFiles.under(folder);
        JdkPipeline.Checked whole;
        try (Progress bar = context.progress("Through bounded queues")) {
            whole = JdkPipeline.run(files, CAPACITY, bar);
        }
        JdkPipeline.Checked half = Chances.until( // all who hold a file may be done with it at that moment
                () -> {
                    try (Progress bar = context.progress("And stopped half-way")) {
                        return JdkPipeline.halfWay(files, CAPACITY, bar);
                    }
                },
                checked -> !checked.result().handedBack().isEmpty());
        JdkPipeline.Checked naive;
        try (Progress bar = context.progress("Through queues without a bound")) {
            naive = JdkPipeline.run(files, Pipeline.NO_BOUND, bar);
        }
        return judge(whole, half, naive);
    }

    private static Outcome judge(JdkPipeline.Checked whole, JdkPipeline.Checked half, JdkPipeline.Checked naive) {
        Pipeline.Result all = whole.result();
        Pipeline.Result stopped = half.result();
        Flow first = all.flows().get(0);
        Flow naiveFirst = naive.result().flows().get(0);
        return Outcome.showing(Words.count(all.files()) + " class files in " + Words.time(all.elapsed())
                        + ", none lost half-way")
                .grid(
                        Words.count(all.files()) + " class files",
                        List.of("Queue", "Room for", "At most in it", "Puts that waited", "How long", "Handed back"),
                        flows(all.flows(), stopped.flows()))
                .grid(
                        "The largest of " + Words.count(all.totals().methods()) + " methods",
                        List.of("Bytes", "Method"),
                        all.totals().largest().stream().map(PipelineStop::row).toList())
                .note("Stopped half-way, as by Ctrl-C in examples/run pipeline: " + Words.count(stopped.put())
                        + " files had been put, "
                        + Words.count(stopped.counted().size()) + " were counted, "
                        + stopped.handedBack().size() + " handed back.")
                .naive("Without bounds, up to " + Words.count(naiveFirst.most()) + " files stood in the first queue"
                        + " instead of " + first.most() + ", and up to "
                        + Words.count(naive.result().mostInMemory())
                        + " were in memory at a time instead of " + all.mostInMemory() + ".")
                .check(
                        "the totals equal those of a count one after another",
                        whole.equal() && half.equal() && naive.equal(),
                        Words.count(all.totals().bytes()) + " bytes of code")
                .check(
                        "everything that was put is counted or handed back",
                        whole.accounted() && half.accounted() && naive.accounted(),
                        Words.count(stopped.counted().size()) + " + "
                                + stopped.handedBack().size() + " = " + Words.count(stopped.put()))
                .check(
                        "the stop half-way hands something back",
                        !stopped.handedBack().isEmpty() && stopped.counted().size() == all.files() / 2,
                        Words.count(stopped.counted().size()) + " counted")
                .check(
                        "no queue holds more than it has room for",
                        all.flows().stream().allMatch(flow -> flow.most() <= flow.capacity()),
                        "at most " + first.most() + " of " + first.capacity())
                .check("the first stage waits for the next", first.waits() > 0, Words.count(first.waits()) + " times")
                .build();
    }

    private static List<List<String>> flows(List<Flow> whole, List<Flow> half) {
        List<List<String>> rows = new ArrayList<>();
        for (Flow flow : whole) {
            rows.add(List.of(
                    flow.queue(),
                    Words.count(flow.capacity()),
                    Words.count(flow.most()),
                    Words.count(flow.waits()),
                    Words.time(flow.waited()),
                    Words.count(half.get(rows.size()).handedBack())));
        }
        return rows;
    }

    private static List<String> row(MethodSize method) {
        String name = method.method();
        return List.of(Words.count(method.bytes()), name.substring(0, name.indexOf('(')));
    }
}
