// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.turtle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A turtle that draws a line where it walks. It takes its time, and belongs to one thread. */
final class Turtle {
    /** How far it walks at once. */
    static final int STEP = 50;

    /** How far it turns at once, in degrees. */
    static final int TURN = 30;

    private static final int FRAMES = 10;

    private final Duration pace;
    private final Consumer<? super Drawing> canvas;
    private Drawing drawing = Drawing.EMPTY;

    /**
     * Makes a turtle in the middle of an empty picture.
     *
     * @param pace how long it takes for what one key says
     * @param canvas shown the drawing as it grows, by the thread of the turtle
     */
    Turtle(Duration pace, Consumer<? super Drawing> canvas) {
        this.pace = pace;
        this.canvas = canvas;
    }

    /**
     * Does what a key says. An interrupt stays pending and lets the turtle hurry.
     *
     * @param key the key
     */
    void obey(Key key) {
        Drawing before = drawing;
        int frames = pace.isZero() ? 1 : FRAMES;
        for (int frame = 1; frame <= frames; frame++) {
            pause(pace.dividedBy(frames));
            double part = (double) frame / frames;
            drawing = switch (key) {
                case UP -> before.walked(before.turtle().ahead(part * STEP));
                case LEFT -> before.turned(before.turtle().turned(part * TURN));
                case RIGHT -> before.turned(before.turtle().turned(-part * TURN));
            };
            canvas.accept(drawing);
        }
    }

    /** {@return what it has drawn} */
    Drawing drawing() {
        return drawing;
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
