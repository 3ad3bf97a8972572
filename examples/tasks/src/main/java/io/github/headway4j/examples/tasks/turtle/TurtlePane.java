// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.turtle;

import io.github.headway4j.queues.TaskQueue;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.event.ActionEvent;
import java.util.function.Consumer;
import javax.swing.AbstractAction;
import javax.swing.JComponent;
import javax.swing.KeyStroke;

/**
 * What is in the window: it shows the drawing, and puts the keys that are pressed into a queue. Swing's thread, which
 * does both, never waits for the turtle: a key for which there is no room is refused.
 */
final class TurtlePane extends JComponent implements Consumer<Drawing> {
    private static final long serialVersionUID = 1L;

    private final transient TaskQueue<Key> keys;
    private final transient Runnable refusal;
    private transient volatile Drawing drawing = Drawing.EMPTY;

    /**
     * Makes a pane.
     *
     * @param keys where the keys go
     * @param refusal told of a key that is refused, by Swing's thread
     */
    TurtlePane(TaskQueue<Key> keys, Runnable refusal) {
        this.keys = keys;
        this.refusal = refusal;
        setPreferredSize(new Dimension(Painter.SIDE, Painter.SIDE));
        setOpaque(true);
        for (Key key : Key.values()) {
            getInputMap(WHEN_IN_FOCUSED_WINDOW).put(KeyStroke.getKeyStroke(key.code(), 0), key);
            getActionMap().put(key, new Press(key));
        }
    }

    /** Shows a drawing; any thread may call this. */
    @Override
    public void accept(Drawing next) {
        drawing = next;
        repaint();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D copy = (Graphics2D) graphics.create();
        Painter.paint(copy, drawing);
        copy.dispose();
    }

    /** What happens when a key is pressed. */
    private final class Press extends AbstractAction {
        private static final long serialVersionUID = 1L;

        private final Key key;

        Press(Key key) {
            this.key = key;
        }

        @Override
        public void actionPerformed(ActionEvent event) {
            if (!keys.offer(key)) {
                refusal.run();
            }
        }
    }
}
