// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.processes.primefactors.ProcessFactors;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Work for the processor in worker processes, of which one is killed half-way. */
final class ProcessFactorsStop implements Stop {
    private static final long SEED = 3;

    @Override
    public String name() {
        return "process-factors";
    }

    @Override
    public String title() {
        return "Prime factors in processes";
    }

    @Override
    public String explanation() {
        return "The numbers once more, in one thread, in threads, and in processes of their own. Then one of the"
                + " processes is killed half-way, as kill -9 does it: the others go on, and it is replaced.";
    }

    @Override
    public Outcome run(StopContext context) throws IOException, InterruptedException {
        int workers = Runtime.getRuntime().availableProcessors();
        ProcessFactors.Result result;
        try (Progress bar = context.progress("Factorising in " + workers + " threads and " + workers + " processes")) {
            result = ProcessFactors.run(ProcessFactors.COUNT, SEED, workers, bar);
        }
        ProcessFactors.Times times = result.times();
        ProcessFactors.Kill kill = result.kill();
        String numbers = Words.count(result.count());
        return Outcome.showing("a worker is killed, and all " + numbers + " numbers get their factors")
                .grid(
                        numbers + " numbers",
                        List.of("Way", "Workers", "Time"),
                        List.of(
                                row("one after another", 1, times.oneThread()),
                                row("threads", workers, times.threads()),
                                row("processes: to start them", workers, times.start()),
                                row("processes, the first time", workers, times.firstTime()),
                                row("processes, again", workers, times.again()),
                                row("processes, one killed half-way", workers, times.withAKill())))
                .note("Processes pay for their start, compile the code anew and get copies of the numbers. Python has"
                        + " to pay for that whenever it computes on several processors; Java only where a worker may"
                        + " crash, hang or run out of memory, and is not to take the program with it.")
                .naive("In a pool of threads nothing can be killed: what crashes the virtual machine ends all."
                        + " With Python's Pool the lost task never gets a result, and who waits for it waits for ever.")
                .check(
                        "all ways find the same factors in the same order",
                        result.equal() && result.count() == ProcessFactors.COUNT,
                        "5 lists of " + numbers + " compared")
                .check(
                        "the product of the factors is the number",
                        result.wrongProducts() == 0,
                        Words.count(result.wrongProducts()) + " of " + numbers + " are wrong")
                .check(
                        "the task of the worker that was killed says so",
                        kill.exitCode() != 0,
                        "process " + kill.killed() + " ended with " + kill.exitCode() + "; what it did was done again")
                .build();
    }

    private static List<String> row(String way, int workers, Duration time) {
        return List.of(way, Words.count(workers), Words.time(time));
    }
}
