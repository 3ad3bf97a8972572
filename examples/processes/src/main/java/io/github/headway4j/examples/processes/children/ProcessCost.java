// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.children;

import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.ProcessPool;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * What it costs to create 50 threads, 50 processes, and to have 50 tasks done by the two processes of a pool: each is
 * started, does next to nothing and is waited for before the next one.
 */
public final class ProcessCost {

    private static final int COUNT = 50;
    private static final int WORKERS = 2;

    private ProcessCost() {}

    /** Something to be done once. */
    @FunctionalInterface
    private interface Step {
        long run() throws Exception;
    }

    /**
     * Runs the program.
     *
     * @param args how many of each; may be left out
     * @throws Exception if a process cannot be started, or the main thread is interrupted
     */
    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : COUNT;
        measure("threads", count, ProcessCost::thread);
        measure("processes", count, ProcessCost::process);
        try (ProcessPool pool = ProcessPool.fixed(WORKERS)) {
            pool.awaitReady(Duration.ofMinutes(1));
            measure(
                    "tasks of a pool",
                    count,
                    () -> pool.submit(() -> ProcessHandle.current().pid()).get());
        }
    }

    private static void measure(String what, int count, Step step) throws Exception {
        Set<Long> identities = new HashSet<>();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            identities.add(step.run());
        }
        long micros = Duration.ofNanos(System.nanoTime() - start).toNanos() / 1_000;
        System.out.printf(
                "%4d %-15s in %,7d ms, %,7d us each, %d identities%n",
                count, what, micros / 1_000, micros / count, identities.size());
    }

    private static long thread() throws InterruptedException {
        Thread thread = new Thread(() -> {});
        thread.start();
        thread.join();
        return thread.getId();
    }

    private static long process() throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.start(() -> {})) {
            child.join();
            return child.pid();
        }
    }
}
