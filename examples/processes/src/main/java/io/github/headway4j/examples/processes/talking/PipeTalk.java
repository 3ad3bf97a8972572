// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.talking;

import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.Pipe;
import io.github.headway4j.processes.PipeEnd;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A pipe between two processes: the parent sends lists of numbers, the child answers each with its sum. The child ends
 * when the parent has closed its end; the parent learns from the end of the pipe that nobody is there any more.
 */
public final class PipeTalk {

    private PipeTalk() {}

    /**
     * Runs the program.
     *
     * @param args not used
     * @throws Exception if the child cannot be started, or the main thread is interrupted
     */
    public static void main(String[] args) throws Exception {
        List<List<Integer>> questions = List.of(
                List.of(1, 2, 3),
                List.of(),
                IntStream.rangeClosed(1, 1_000_000).boxed().toList());
        talk(questions, System.out::println);
    }

    /**
     * Asks a child for sums.
     *
     * @param questions what is to be summed up, list by list
     * @param out told what happens
     * @return the sums
     * @throws IOException if the child cannot be started, or ends before it has answered
     * @throws InterruptedException if the caller is interrupted; the child is then ended
     */
    public static List<Long> talk(List<List<Integer>> questions, Consumer<? super String> out)
            throws IOException, InterruptedException {
        List<Long> sums = new ArrayList<>();
        try (Pipe pipe = Pipe.open()) {
            PipeEnd there = pipe.second();
            PipeEnd here = pipe.first();
            try (ChildProcess child = ChildProcess.start(() -> answer(there))) {
                there.close(); // the child has its own
                for (List<Integer> question : questions) {
                    here.send(question);
                    long sum = (Long) here.receive();
                    out.accept("the sum of " + question.size() + " numbers is " + sum);
                    sums.add(sum);
                }
                here.close(); // tells the child that there is nothing more to ask
                child.join();
                out.accept("the child has ended with exit code " + child.exitCode());
            }
        }
        return sums;
    }

    /** Runs in the child. */
    private static void answer(PipeEnd end) {
        try (end) {
            while (true) {
                long sum = 0;
                for (Object number : (List<?>) end.receive()) {
                    sum += (Integer) number;
                }
                end.send(sum);
            }
        } catch (EOFException hungUp) {
            // nothing more to answer
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e); // ends the child with exit code 1 and a trace
        }
    }
}
