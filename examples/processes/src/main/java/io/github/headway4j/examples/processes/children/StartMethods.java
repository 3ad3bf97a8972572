// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.children;

import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.SerializableRunnable;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;

/**
 * Python's start methods, and the JVM's only one.
 *
 * <ul>
 *   <li>{@code fork}: the child is a copy of its parent, with all that the parent knows. A JVM cannot be forked: see
 *       {@link LikeFork}.
 *   <li>{@code spawn}: the child begins afresh, and is told what to do. This is what {@link ChildProcess#start} does.
 *   <li>{@code forkserver}: a process that was started early is forked for each child. The JVM's answer to the cost of
 *       starting is a pool, {@link io.github.headway4j.processes.ProcessPool}, whose processes serve again and again.
 * </ul>
 *
 * <p>The program shows what spawn means: a static field has its first value in the child, what a lambda has captured is
 * a copy, what cannot be copied is refused when the child is to be started, and nothing comes back by itself.
 */
public final class StartMethods {

    /** What was set before the child was started, which a forked child would see. */
    private static String setting = "the first value";

    private StartMethods() {}

    /**
     * Runs the program.
     *
     * @param args not used
     * @throws IOException if the child cannot be started
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        setting = "changed by the parent";
        ArrayList<String> list = new ArrayList<>(List.of("from the parent"));
        run(() -> {
            System.out.println("child:  the static field is " + setting);
            list.add("from the child");
            System.out.println("child:  the list is " + list);
        });
        System.out.println("parent: the static field is " + setting);
        System.out.println("parent: the list is " + list);

        Thread thread = Thread.currentThread();
        try {
            run(() -> System.out.println(thread));
        } catch (NotSerializableException refused) {
            System.out.println("parent: no child gets a " + refused.getMessage());
        }
    }

    private static void run(SerializableRunnable target) throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.start(target)) {
            child.join();
        }
    }
}
