// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.talking;

import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.ProcessQueue;
import io.github.headway4j.queues.QueueShutdownException;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A queue among several processes: the parent puts numbers, workers take them and put into another queue which worker
 * has squared what. One of the workers is killed half-way. The others do its work, but for the number that it had in its
 * hand, if it had one; the parent asks for that one again.
 */
public final class QueueCrew {
    private static final int WORKERS = 3;
    private static final int NUMBERS = 1_000;

    /** How long the end of a worker is waited for before reports are looked for again. */
    private static final Duration MOMENT = Duration.ofMillis(1);

    private QueueCrew() {}

    /**
     * What a worker reports.
     *
     * @param worker which one, counted from 0
     * @param number what it took
     * @param square the result
     */
    public record Report(int worker, int number, long square) implements Serializable {}

    /**
     * Runs the program.
     *
     * @param args not used
     * @throws Exception if a process cannot be started, or the main thread is interrupted
     */
    public static void main(String[] args) throws Exception {
        run(WORKERS, NUMBERS, System.out::println);
    }

    /**
     * Has numbers squared, and one of the workers killed.
     *
     * @param workers how many processes work, at least 2
     * @param numbers how many numbers, from 0 on
     * @param out told what happens
     * @return the square of each number
     * @throws IOException if a process cannot be started
     * @throws InterruptedException if the caller is interrupted; the processes are then ended
     */
    public static Map<Integer, Long> run(int workers, int numbers, Consumer<? super String> out)
            throws IOException, InterruptedException {
        Map<Integer, Long> squares = new TreeMap<>();
        int[] shares = new int[workers];
        List<ChildProcess> crew = new ArrayList<>();
        try (ProcessQueue<Integer> tasks = ProcessQueue.create(numbers);
                ProcessQueue<Report> reports = ProcessQueue.create(10)) {
            try {
                for (int i = 0; i < workers; i++) {
                    int worker = i;
                    crew.add(ChildProcess.start(() -> work(worker, tasks, reports)));
                }
                for (int number = 0; number < numbers; number++) {
                    tasks.put(number);
                }
                collect(reports, numbers / 2, squares, shares);
                crew.get(0).kill();
                crew.get(0).join();
                out.accept("worker 0 was killed, " + squares.size() + " of " + numbers + " squares are there");
                tasks.shutdown(); // those who are left take what is there, and end
                for (ChildProcess worker : crew) {
                    do {
                        collect(reports, reports.size(), squares, shares);
                    } while (!worker.join(MOMENT));
                }
                collect(reports, reports.size(), squares, shares);
                for (int i = 0; i < workers; i++) {
                    out.accept("worker " + i + " has squared " + shares[i]);
                }
                for (int number = 0; number < numbers; number++) {
                    if (!squares.containsKey(number)) {
                        out.accept(number + " was lost with worker 0, and is done by the parent");
                        squares.put(number, square(number));
                    }
                }
            } finally {
                crew.forEach(ChildProcess::close);
            }
        }
        out.accept(squares.size() + " squares are there");
        return squares;
    }

    private static void collect(ProcessQueue<Report> reports, int count, Map<Integer, Long> squares, int[] shares)
            throws InterruptedException {
        for (int i = 0; i < count; i++) {
            Report report = reports.take();
            squares.put(report.number(), report.square());
            shares[report.worker()]++;
        }
    }

    /** Runs in a child. */
    private static void work(int worker, ProcessQueue<Integer> tasks, ProcessQueue<Report> reports) {
        try {
            while (true) {
                int number = tasks.take();
                reports.put(new Report(worker, number, square(number)));
            }
        } catch (QueueShutdownException over) {
            // nothing is left
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long square(int number) {
        return (long) number * number;
    }
}
