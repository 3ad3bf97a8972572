// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.turtle;

/**
 * Where a turtle is, and where it looks.
 *
 * @param x to the right of the middle of the picture
 * @param y above the middle of the picture
 * @param degrees counted from the right, against the clock, from 0 to 360 exclusive
 */
record Pose(double x, double y, double degrees) {
    /** In the middle, looking to the right. */
    static final Pose START = new Pose(0, 0, 0);

    private static final double FULL_TURN = 360;

    Pose ahead(double distance) {
        double angle = Math.toRadians(degrees);
        return new Pose(x + distance * Math.cos(angle), y + distance * Math.sin(angle), degrees);
    }

    Pose turned(double left) {
        return new Pose(x, y, (degrees + left + FULL_TURN) % FULL_TURN);
    }

    double distanceTo(Pose other) {
        return Math.hypot(x - other.x, y - other.y);
    }
}
