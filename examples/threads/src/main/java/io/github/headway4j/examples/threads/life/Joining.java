// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.life;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A parent that waits for its children. Without {@code join} it would say first that all are over.
 *
 * <p>What a child did is visible to the parent once {@link Thread#join()} has returned, without any lock.
 */
public final class Joining {

    private static final int CHILDREN = 3;

    private Joining() {}

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        run(CHILDREN, Nap.of(args), System.out::println);
    }

    /**
     * Starts the children and waits for their end.
     *
     * @param children how many; the first sleeps for one second, the second for two, and so on
     * @param nap how they sleep
     * @param out told what parent and children say, by themselves
     * @throws InterruptedException if the caller is interrupted; the children then end too
     */
    public static void run(int children, Nap nap, Consumer<String> out) throws InterruptedException {
        List<Thread> started = IntStream.rangeClosed(1, children)
                .mapToObj(number -> new Thread(
                        Workers.untilInterrupted(() -> {
                            nap.take(number);
                            out.accept("child " + number + ": over");
                        }),
                        "child-" + number))
                .toList();
        started.forEach(Thread::start);
        out.accept("parent: waiting for " + children + " children");
        Workers.join(started);
        out.accept("parent: all are over");
    }
}
