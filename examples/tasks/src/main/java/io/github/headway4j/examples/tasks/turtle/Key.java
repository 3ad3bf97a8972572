// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.turtle;

import java.awt.event.KeyEvent;
import java.util.ArrayList;
import java.util.List;

/** The keys that the turtle obeys. */
public enum Key {
    /** Walk {@value Turtle#STEP} ahead. */
    UP(KeyEvent.VK_UP),

    /** Turn {@value Turtle#TURN} degrees to the left. */
    LEFT(KeyEvent.VK_LEFT),

    /** Turn {@value Turtle#TURN} degrees to the right. */
    RIGHT(KeyEvent.VK_RIGHT);

    private static final int FULL_TURN = 360 / Turtle.TURN;

    private final int code;

    Key(int code) {
        this.code = code;
    }

    /** {@return the code of the key in events} */
    int code() {
        return code;
    }

    /**
     * The keys that draw a flower around the place of the turtle, and leave it there as it was: twelve petals, each
     * with twelve sides.
     *
     * @return the keys, in order
     */
    public static List<Key> flower() {
        List<Key> keys = new ArrayList<>();
        for (int petal = 0; petal < FULL_TURN; petal++) {
            for (int side = 0; side < FULL_TURN; side++) {
                keys.add(UP);
                keys.add(LEFT);
            }
            keys.add(LEFT);
        }
        return keys;
    }
}
