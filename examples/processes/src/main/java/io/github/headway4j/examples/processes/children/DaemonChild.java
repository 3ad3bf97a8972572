// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.processes.children;

import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.processes.ChildOptions;
import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.SerializableRunnable;
import java.io.IOException;
import java.time.Duration;

/**
 * A daemon process that works for 3 to 6 seconds, while its parent goes on for 10. A second daemon never ends by
 * itself: it is ended when the program is over, which does not wait for daemons. It does wait for the third child,
 * which is none.
 */
public final class DaemonChild {

    private static final double PARENT_SECONDS = 10;
    private static final double STANDARD_SECONDS = 12;
    private static final double SHORTEST_SECONDS = 3;
    private static final double LONGEST_SECONDS = 6;
    private static final double BEAT_SECONDS = 2;

    private DaemonChild() {}

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws IOException if a child cannot be started
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Duration second = Nap.second(args);
        ChildOptions daemon = ChildOptions.defaults().daemon(true);
        ChildProcess.start(() -> work("daemon", random(), second), daemon.name("worker"));
        ChildProcess heart = ChildProcess.start(new Heart(second), daemon.name("heart"));
        ChildProcess.start(
                () -> work("standard", STANDARD_SECONDS, second),
                ChildOptions.defaults().name("standard"));
        System.out.println("the heart is process " + heart.pid());
        work("parent", PARENT_SECONDS, second);
    }

    private static double random() {
        return SHORTEST_SECONDS + Math.random() * (LONGEST_SECONDS - SHORTEST_SECONDS);
    }

    private static void work(String who, double seconds, Duration second) {
        System.out.println(who + ": begins");
        nap(Nap.of(second), seconds);
        System.out.println(who + ": over");
    }

    /** Beats for as long as it lives. */
    private record Heart(Duration second) implements SerializableRunnable {
        @Override
        public void run() {
            while (true) {
                System.out.println("heart: beats");
                nap(Nap.of(second), BEAT_SECONDS);
            }
        }
    }

    private static void nap(Nap nap, double seconds) {
        try {
            nap.take(seconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts here", e);
        }
    }
}
