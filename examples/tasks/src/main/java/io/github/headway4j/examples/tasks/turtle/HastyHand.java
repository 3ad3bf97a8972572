// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.turtle;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.tasks.TaskScope;
import java.awt.event.ActionEvent;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/**
 * Presses keys as fast as Swing takes them. Whoever walks in Swing's thread holds it up for as long as the turtle
 * walks: nothing is painted, no other key is seen. Whoever puts the keys into a queue does not.
 */
public final class HastyHand {
    private HastyHand() {}

    /**
     * What became of the keys.
     *
     * @param pressed how many there were
     * @param obeyed how many the turtle obeyed
     * @param refused how many were refused, as there was no room
     * @param held for how long Swing's thread was held up
     */
    public record Burst(int pressed, int obeyed, int refused, Duration held) {}

    /**
     * Presses keys, and lets the turtle walk in Swing's thread.
     *
     * @param keys the keys
     * @param pace how long the turtle takes for a key
     * @return what became of them
     * @throws InterruptedException if the caller is interrupted
     * @throws InvocationTargetException if the turtle fails
     */
    public static Burst withoutQueue(List<Key> keys, Duration pace)
            throws InterruptedException, InvocationTargetException {
        AtomicInteger obeyed = new AtomicInteger();
        Turtle turtle = new Turtle(pace, drawing -> {});
        Duration held = inSwing(() -> {
            for (Key key : keys) {
                turtle.obey(key);
                obeyed.incrementAndGet();
            }
        });
        return new Burst(keys.size(), obeyed.get(), 0, held);
    }

    /**
     * Presses keys, and lets the turtle walk in the calling thread, behind a queue.
     *
     * @param keys the keys
     * @param pace how long the turtle takes for a key
     * @return what became of them
     * @throws InterruptedException if the caller is interrupted
     * @throws Exception if the turtle fails
     */
    public static Burst withQueue(List<Key> keys, Duration pace) throws Exception {
        TaskQueue<Key> queue = FifoTaskQueue.bounded(TurtleGraphics.ROOM);
        AtomicInteger obeyed = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        TurtlePane pane = new TurtlePane(queue, refused::incrementAndGet);
        Turtle turtle = new Turtle(pace, pane);
        try (TaskScope<Duration, @Nullable Void> scope = TaskScope.open()) {
            var hand = scope.fork(() -> {
                try (queue) {
                    return inSwing(() -> keys.forEach(key -> press(pane, key)));
                }
            });
            queue.forEachTask(key -> {
                turtle.obey(key);
                obeyed.incrementAndGet();
            });
            scope.join();
            return new Burst(keys.size(), obeyed.get(), refused.get(), hand.get());
        }
    }

    /** Does what Swing does when a key is pressed. */
    private static void press(TurtlePane pane, Key key) {
        pane.getActionMap().get(key).actionPerformed(new ActionEvent(pane, ActionEvent.ACTION_PERFORMED, key.name()));
    }

    private static Duration inSwing(Runnable callback) throws InterruptedException, InvocationTargetException {
        AtomicLong nanos = new AtomicLong();
        SwingUtilities.invokeAndWait(() -> {
            long start = System.nanoTime();
            callback.run();
            nanos.set(System.nanoTime() - start);
        });
        return Duration.ofNanos(nanos.get());
    }
}
