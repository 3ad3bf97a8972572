// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.turtle;

import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.tasks.TaskScope;
import java.awt.GraphicsEnvironment;
import java.awt.Toolkit;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.imageio.ImageIO;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import org.jspecify.annotations.Nullable;

/**
 * A turtle that draws a line where it walks: Up walks, Left and Right turn. The keys go through a bounded queue, from
 * Swing's thread, which must never wait, to the thread of the turtle, which takes its time.
 *
 * <p>Where there is no display, or a file is given, the same turtle obeys the keys of a hand that presses them by
 * itself, and what it draws goes into the file.
 */
public final class TurtleGraphics {
    /** How many keys the turtle may be behind. */
    public static final int ROOM = 16;

    private static final Duration PACE = Duration.ofMillis(120);

    private TurtleGraphics() {}

    /**
     * What {@link #draw} did, and what is on the picture in the file.
     *
     * @param keys how many keys the turtle obeyed
     * @param lines how many lines it drew
     * @param fromStart how far it is at the end from where it began
     * @param unpainted how many places of lines are not painted
     * @param strays how many pixels are painted where neither a line nor the turtle is
     */
    public record Result(int keys, int lines, double fromStart, int unpainted, int strays) {
        /**
         * Says whether the picture is right.
         *
         * @return true if everything is painted that was drawn, and nothing else
         */
        public boolean correct() {
            return unpainted == 0 && strays == 0;
        }
    }

    /**
     * Opens the window, or draws a flower into a file. The exit code is 1 if the picture is not right.
     *
     * @param args the file; may be left out
     * @throws Exception if the window cannot be opened, or the file not be written
     */
    public static void main(String[] args) throws Exception {
        if (args.length == 0 && !GraphicsEnvironment.isHeadless()) {
            open();
            return;
        }
        Path file = args.length > 0 ? Path.of(args[0]) : Files.createTempFile("turtle-", ".png");
        System.exit(report(file, draw(file)));
    }

    /** Prints a result and returns the exit code. */
    static int report(Path file, Result result) {
        System.out.printf("%d keys, %d lines%n", result.keys(), result.lines());
        System.out.println(
                result.correct()
                        ? "the picture is right"
                        : "WRONG: " + result.unpainted() + " places are blank, " + result.strays() + " pixels are not");
        System.out.println(file.toAbsolutePath());
        return result.correct() ? 0 : 1;
    }

    // ---- in a file ----

    /**
     * Lets the turtle draw a flower, and looks at the picture.
     *
     * @param file where the picture goes, as PNG
     * @return what is on it
     * @throws IOException if the file cannot be written or read
     * @throws InterruptedException if the caller is interrupted
     * @throws Exception if something else fails
     */
    public static Result draw(Path file) throws Exception {
        List<Key> flower = Key.flower();
        Turtle turtle = new Turtle(Duration.ZERO, drawing -> {});
        walk(flower, turtle);
        Drawing drawing = turtle.drawing();
        ImageIO.write(Painter.picture(drawing), "png", file.toFile());
        PictureCheck check = new PictureCheck(ImageIO.read(file.toFile()), drawing);
        return new Result(
                flower.size(),
                drawing.lines().size(),
                drawing.turtle().distanceTo(Pose.START),
                check.unpainted(),
                check.strays());
    }

    /** Obeys keys in the calling thread, while a hand presses them in another and waits where there is no room. */
    static void walk(List<Key> pressed, Turtle turtle) throws Exception {
        TaskQueue<Key> keys = FifoTaskQueue.bounded(ROOM);
        try (TaskScope<@Nullable Void, @Nullable Void> scope = TaskScope.open()) {
            scope.fork(() -> {
                try (keys) {
                    keys.putAll(pressed);
                } // no more keys: the turtle obeys what is there, and ends
                return null;
            });
            keys.forEachTask(turtle::obey);
            scope.join();
        }
    }

    // ---- in a window ----

    /** Opens the window, and obeys the keys that are pressed there until it is closed. */
    private static void open() throws InterruptedException, ExecutionException {
        TaskQueue<Key> keys = FifoTaskQueue.bounded(ROOM);
        FutureTask<TurtlePane> opening = new FutureTask<>(() -> window(keys));
        SwingUtilities.invokeLater(opening);
        TurtlePane pane = opening.get();
        System.out.println("Up walks, Left and Right turn; close the window to end");
        keys.forEachTask(new Turtle(PACE, pane)::obey);
    }

    private static TurtlePane window(TaskQueue<Key> keys) {
        TurtlePane pane = new TurtlePane(keys, Toolkit.getDefaultToolkit()::beep);
        JFrame frame = new JFrame("Turtle");
        frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                keys.shutdownNow(); // the turtle ends, whatever is left to do
            }
        });
        frame.add(pane);
        frame.setResizable(false);
        frame.pack();
        frame.setLocationByPlatform(true);
        frame.setVisible(true);
        return pane;
    }
}
