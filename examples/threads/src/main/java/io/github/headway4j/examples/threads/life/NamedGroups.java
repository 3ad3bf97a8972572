// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/**
 * Two groups of two threads, named Worker_A-0, Worker_A-1, Worker_B-0 and Worker_B-1.
 *
 * <p>A factory gives the names, so that the code that starts threads need not count; it is also what a pool takes.
 */
public final class NamedGroups {

    private static final int WORKERS_PER_GROUP = 2;

    private NamedGroups() {}

    /**
     * Runs the program.
     *
     * @param args not used
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Runnable work =
                () -> System.out.println("I am " + Thread.currentThread().getName());
        List<Thread> workers = Stream.of("Worker_A", "Worker_B")
                .flatMap(group -> group(group, WORKERS_PER_GROUP, work).stream())
                .toList();
        workers.forEach(Thread::start);
        Workers.join(workers);
    }

    /**
     * Makes the threads of a group. They are not started.
     *
     * @param name the name of the group
     * @param size how many threads
     * @param work what each of them does
     * @return the threads, named after the group and numbered from 0
     */
    public static List<Thread> group(String name, int size, Runnable work) {
        ThreadFactory factory =
                new ThreadFactoryBuilder().setNameFormat(name + "-%d").build();
        return Stream.generate(() -> factory.newThread(work)).limit(size).toList();
    }
}
