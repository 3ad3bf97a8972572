// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.turtle;

import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Compares a picture with what a turtle has drawn, pixel by pixel. */
final class PictureCheck {
    private static final int PLACES = 20;

    /** Half of the pen, and the pixel that it touches. */
    private static final double NEAR = 2.7;

    private final BufferedImage picture;
    private final Drawing drawing;

    PictureCheck(BufferedImage picture, Drawing drawing) {
        this.picture = picture;
        this.drawing = drawing;
    }

    /** {@return how many of twenty places on each line are as blank as the background} */
    int unpainted() {
        int count = 0;
        for (Drawing.Line line : drawing.lines()) {
            for (int place = 0; place < PLACES; place++) {
                Pose pose = line.at((place + 0.5) / PLACES);
                int column = (int) Math.floor(Painter.SIDE / 2.0 + pose.x());
                int row = (int) Math.floor(Painter.SIDE / 2.0 - pose.y());
                boolean within = column >= 0 && column < Painter.SIDE && row >= 0 && row < Painter.SIDE;
                if (within && isBlank(column, row)) {
                    count++;
                }
            }
        }
        return count;
    }

    /** {@return how many pixels are not as blank as the background, and neither near a line nor near the turtle} */
    int strays() {
        List<Line2D> lines = drawing.lines().stream().map(PictureCheck::shape).toList();
        int count = 0;
        for (int row = 0; row < picture.getHeight(); row++) {
            for (int column = 0; column < picture.getWidth(); column++) {
                if (!isBlank(column, row)) {
                    double x = column + 0.5 - Painter.SIDE / 2.0;
                    double y = Painter.SIDE / 2.0 - row - 0.5;
                    boolean near = drawing.turtle().distanceTo(new Pose(x, y, 0)) < Painter.REACH + 1
                            || lines.stream().anyMatch(line -> line.ptSegDist(x, y) < NEAR);
                    count += near ? 0 : 1;
                }
            }
        }
        return count;
    }

    private boolean isBlank(int column, int row) {
        return picture.getRGB(column, row) == Painter.BACKGROUND.getRGB();
    }

    private static Line2D shape(Drawing.Line line) {
        return new Line2D.Double(
                line.from().x(), line.from().y(), line.to().x(), line.to().y());
    }
}
