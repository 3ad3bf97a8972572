// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.turtle;

import java.util.ArrayList;
import java.util.List;

/**
 * What a turtle has drawn up to a moment. It never changes, so that Swing may paint it while the turtle walks on.
 *
 * @param lines the lines, in their order
 * @param turtle where the turtle is
 */
record Drawing(List<Line> lines, Pose turtle) {
    /** An empty picture with a turtle in the middle. */
    static final Drawing EMPTY = new Drawing(List.of(), Pose.START);

    /**
     * A line.
     *
     * @param from where it begins
     * @param to where it ends
     */
    record Line(Pose from, Pose to) {

        /** {@return the place so far along the line, from 0 to 1} */
        Pose at(double part) {
            return from.ahead(part * from.distanceTo(to));
        }
    }

    /** Copies the lines. */
    Drawing {
        lines = List.copyOf(lines);
    }

    /** {@return this drawing with one more line, at whose end the turtle is} */
    Drawing walked(Pose to) {
        List<Line> more = new ArrayList<>(lines);
        more.add(new Line(turtle, to));
        return new Drawing(more, to);
    }

    /** {@return this drawing with the turtle as given} */
    Drawing turned(Pose to) {
        return new Drawing(lines, to);
    }
}
