// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.turtle;

import io.github.headway4j.testing.Await;
import java.awt.Frame;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.WindowEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;

/** Runs the program in a window, presses keys as a user does, looks at the screen, and closes the window. */
final class WindowHand {
    static final String DONE = "the window shows what was drawn, and is closed";

    private static final List<Key> KEYS = List.of(Key.UP, Key.LEFT, Key.UP, Key.LEFT, Key.LEFT, Key.UP, Key.RIGHT);

    private WindowHand() {}

    /**
     * Runs the program.
     *
     * @param args none
     * @throws Exception if something is not as it should be
     */
    public static void main(String[] args) throws Exception {
        FutureTask<Void> program = new FutureTask<>(() -> {
            TurtleGraphics.main(new String[0]);
            return null;
        });
        new Thread(program, "program").start();
        Await.until("the window", () -> frames().anyMatch(Frame::isFocused));
        JFrame frame = (JFrame) frames().findFirst().orElseThrow();
        Robot robot = new Robot();
        Turtle expected = new Turtle(Duration.ZERO, drawing -> {});
        for (Key key : KEYS) {
            robot.keyPress(key.code());
            robot.keyRelease(key.code());
            expected.obey(key);
        }
        Rectangle pane = new Rectangle(
                frame.getContentPane().getLocationOnScreen(),
                frame.getContentPane().getSize());
        Await.until("the drawing", () -> {
            PictureCheck check = new PictureCheck(robot.createScreenCapture(pane), expected.drawing());
            return check.unpainted() == 0 && check.strays() == 0;
        });
        SwingUtilities.invokeLater(() -> frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING)));
        program.get();
        System.out.println(DONE);
    }

    private static Stream<Frame> frames() {
        return Stream.of(Frame.getFrames()).filter(Frame::isShowing);
    }
}
