// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.failures;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.TaskQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The exceptions of child threads reach their parent through a queue, each as it was thrown: with its own type and with
 * the place in the child where it came from.
 *
 * <p>Each child puts one report, whether it fails or not, so the parent knows how many to take. It waits for them
 * instead of looking again and again whether there is one and whether the child still lives.
 */
public final class ChildFailures {
    private ChildFailures() {}

    /**
     * How a child ended.
     *
     * @param child the number of the child, from 0
     * @param returned what it returned, unless it failed
     * @param failure what it threw, if it failed
     * @param <T> what children return
     */
    public record Report<T extends Object>(int child, Optional<T> returned, Optional<Throwable> failure) {
        @Override
        public String toString() {
            return "child-" + child
                    + failure.map(thrown -> " failed: " + thrown + ", thrown in " + methodOf(thrown))
                            .orElseGet(() -> " returned "
                                    + returned.map(Object::toString).orElse("nothing"));
        }

        private static String methodOf(Throwable thrown) {
            StackTraceElement[] trace = thrown.getStackTrace();
            return trace.length == 0 ? "an unknown method" : trace[0].getMethodName();
        }
    }

    /**
     * Runs the program.
     *
     * @param args the texts that children read as numbers; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        List<Callable<Integer>> works = new ArrayList<>();
        for (String text : args.length > 0 ? List.of(args) : List.of("12", "twelve", "0")) {
            works.add(() -> 144 / Integer.parseInt(text));
        }
        run(works).forEach(System.out::println);
    }

    /**
     * Lets each child do its work in a thread of its own, and takes their reports.
     *
     * @param works what the children do
     * @param <T> what children return
     * @return the reports in the order in which they came
     * @throws InterruptedException if the caller is interrupted; the children are then interrupted too, and have ended
     */
    public static <T extends Object> List<Report<T>> run(List<Callable<T>> works) throws InterruptedException {
        TaskQueue<Report<T>> reports = FifoTaskQueue.unbounded();
        List<Thread> children = new ArrayList<>();
        for (Callable<T> work : works) {
            int number = children.size();
            children.add(new Thread(() -> reports.add(report(number, work)), "child-" + number));
        }
        try {
            children.forEach(Thread::start);
            List<Report<T>> taken = new ArrayList<>();
            while (taken.size() < children.size()) {
                taken.add(reports.take());
            }
            return taken;
        } finally {
            children.forEach(Thread::interrupt);
            children.forEach(Uninterruptibles::joinUninterruptibly);
        }
    }

    private static <T extends Object> Report<T> report(int number, Callable<T> work) {
        try {
            return new Report<>(number, Optional.of(work.call()), Optional.empty());
        } catch (Throwable thrown) { // also an Error: who waits for a report shall not wait for ever
            return new Report<>(number, Optional.empty(), Optional.of(thrown));
        }
    }
}
