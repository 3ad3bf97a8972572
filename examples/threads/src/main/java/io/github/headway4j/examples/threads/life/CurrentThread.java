// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * Who am I, and who is the main thread? Ten workers ask the first question, five the second.
 *
 * <p>Java has {@link Thread#currentThread}, but no {@code main_thread()}: for the JVM the main thread is one like any
 * other, and it may be over while the program goes on. Who wants to know it keeps it, as {@link #main} does.
 */
public final class CurrentThread {

    private static final int ASK_FOR_THEMSELVES = 10;
    private static final int ASK_FOR_THE_MAIN_THREAD = 5;

    private CurrentThread() {}

    /**
     * Runs the program.
     *
     * @param args not used
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Thread main = Thread.currentThread();
        ask(ASK_FOR_THEMSELVES, "current", Thread::currentThread)
                .forEach((worker, answer) -> System.out.println(worker + ": the current thread is " + answer));
        ask(ASK_FOR_THE_MAIN_THREAD, "main", () -> main)
                .forEach((worker, answer) -> System.out.println(worker + ": the main thread is " + answer));
    }

    /**
     * Lets workers ask for a thread.
     *
     * @param workers how many workers
     * @param prefix how their names begin; a hyphen and a number follow
     * @param question what each of them asks
     * @return for each worker's name, the name of the thread that was the answer
     * @throws InterruptedException if the caller is interrupted
     */
    public static Map<String, String> ask(int workers, String prefix, Supplier<Thread> question)
            throws InterruptedException {
        Map<String, String> answers = new ConcurrentSkipListMap<>();
        List<Thread> started = new ArrayList<>();
        for (int number = 0; number < workers; number++) {
            String name = prefix + "-" + number;
            Thread worker = new Thread(() -> answers.put(name, question.get().getName()), name);
            worker.start();
            started.add(worker);
        }
        Workers.join(started);
        return answers;
    }
}
