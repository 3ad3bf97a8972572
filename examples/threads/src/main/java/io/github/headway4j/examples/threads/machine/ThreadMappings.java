// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.machine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * How the threads of a program are mapped to those of the operating system, counted for twenty threads that live at the
 * same time:
 *
 * <ul>
 *   <li>one to one: platform threads, each of which is a thread of the system;
 *   <li>many to one: virtual threads on a single carrier;
 *   <li>many to many: virtual threads on several carriers, the default with one carrier per processor.
 * </ul>
 *
 * <p>How many carriers there are is settled when a JVM starts, so each mapping is shown in a JVM of its own.
 */
public final class ThreadMappings {

    private static final int THREADS = 20;
    private static final int SEVERAL_CARRIERS = 3;
    private static final String CARRIERS_PROPERTY = "jdk.virtualThreadScheduler.parallelism";
    private static final String MOST_CARRIERS_PROPERTY = "jdk.virtualThreadScheduler.maxPoolSize";

    private ThreadMappings() {}

    /**
     * One way to map threads.
     *
     * @param name what courses call it
     * @param kind the kind of the threads
     * @param threads how many threads lived at the same time
     * @param onSystemThreads on how many threads of the system they ran
     */
    public record Mapping(String name, ThreadKind kind, int threads, int onSystemThreads) {
        @Override
        public String toString() {
            return String.format("%-13s %d %s on %d of the system", name + ":", threads, kind, onSystemThreads);
        }
    }

    /**
     * Runs the program; with two arguments, the part of a child.
     *
     * @param args nothing, or for a child a {@link ThreadKind} and how many threads of the system it shall see at least
     * @throws IOException if a child cannot be started
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 2) {
            System.out.println(count(ThreadKind.valueOf(args[0]), THREADS, Integer.parseInt(args[1])));
            return;
        }
        all().forEach(System.out::println);
        if (!ThreadKind.VIRTUAL.isThere()) {
            System.out.println("many-to-one and many-to-many: not on this JDK, virtual threads came with 21");
        }
    }

    /**
     * Shows the mappings.
     *
     * @return those that the running JDK has
     * @throws IOException if a child cannot be started or fails
     * @throws InterruptedException if the caller is interrupted; the child is then killed
     */
    public static List<Mapping> all() throws IOException, InterruptedException {
        List<Mapping> mappings = new ArrayList<>();
        mappings.add(inChild("one-to-one", ThreadKind.PLATFORM, THREADS));
        if (ThreadKind.VIRTUAL.isThere()) {
            mappings.add(inChild("many-to-one", ThreadKind.VIRTUAL, 1));
            mappings.add(inChild("many-to-many", ThreadKind.VIRTUAL, SEVERAL_CARRIERS));
        }
        return mappings;
    }

    private static Mapping inChild(String name, ThreadKind kind, int carriers)
            throws IOException, InterruptedException {
        List<String> options =
                List.of("-D" + CARRIERS_PROPERTY + "=" + carriers, "-D" + MOST_CARRIERS_PROPERTY + "=" + carriers);
        Process child = ChildJvm.start(options, ThreadMappings.class, kind.name(), Integer.toString(carriers));
        return new Mapping(name, kind, THREADS, Integer.parseInt(ChildJvm.answer(child)));
    }

    /**
     * Lets threads live at the same time and counts the threads of the system that they run on.
     *
     * @param threads how many threads
     * @param expected so many are waited for, in case some are slow to come
     */
    private static int count(ThreadKind kind, int threads, int expected) throws InterruptedException {
        Set<String> systemThreads = ConcurrentHashMap.newKeySet();
        CountDownLatch allThere = new CountDownLatch(threads);
        List<Thread> started = new ArrayList<>();
        for (int number = 0; number < threads; number++) {
            started.add(kind.start(() -> {
                systemThreads.add(systemThread());
                while (systemThreads.size() < expected) {
                    Thread.onSpinWait(); // keeps its carrier busy, so that the next thread needs another one
                }
                allThere.countDown();
                try {
                    allThere.await(); // none ends before all have lived
                } catch (InterruptedException sentHome) {
                    Thread.currentThread().interrupt();
                }
                systemThreads.add(systemThread());
            }));
        }
        for (Thread thread : started) {
            thread.join();
        }
        return systemThreads.size();
    }

    /** Names the thread of the system: a virtual thread writes its carrier behind an at sign. */
    private static String systemThread() {
        Thread current = Thread.currentThread();
        String text = current.toString();
        int at = text.lastIndexOf('@');
        return at < 0 ? "platform " + current.getId() : text.substring(at + 1);
    }
}
