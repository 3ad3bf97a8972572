// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import java.util.function.Consumer;

/**
 * A thread by inheritance, once with the name that the superclass makes up and once with a name given to it.
 *
 * <p>It works, but a thread made from a function ({@code new Thread(work, "name")}) is the better habit: the work can
 * then run elsewhere too, in a pool or in a virtual thread.
 */
public final class WorkerThread extends Thread {

    private final Consumer<String> out;

    /**
     * A worker with the next free name of the JVM, {@code Thread-} and a number.
     *
     * @param out told what the worker says, by the worker
     */
    public WorkerThread(Consumer<String> out) {
        this.out = out;
    }

    /**
     * A worker with a name.
     *
     * @param name the name
     * @param out told what the worker says, by the worker
     */
    public WorkerThread(String name, Consumer<String> out) {
        super(name);
        this.out = out;
    }

    /**
     * Runs the program.
     *
     * @param args not used
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        WorkerThread unnamed = new WorkerThread(System.out::println);
        WorkerThread named = new WorkerThread("Worker_A", System.out::println);
        unnamed.start();
        named.start();
        unnamed.join();
        named.join();
    }

    /** Says who runs. */
    @Override
    public void run() {
        out.accept(getName() + ": I run in " + Thread.currentThread().getName());
    }
}
