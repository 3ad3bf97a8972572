// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.turtle;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;

/** Paints drawings: lines whose colour changes as the turtle walks, on light blue, and the turtle on top. */
final class Painter {
    /** Width and height of a picture. */
    static final int SIDE = 500;

    static final Color BACKGROUND = new Color(0xADD8E6);

    /** How far from its middle the turtle reaches. */
    static final double REACH = 21;

    private static final float PEN = 2.4f;
    private static final float OUTLINE = 1.1f;

    /** The colours of the pen, which change into one another, and from the last into the first. */
    private static final Color[] INKS = {
        new Color(0x1A2A9C),
        new Color(0x6A1FB0),
        new Color(0xD81B60),
        new Color(0xF4600C),
        new Color(0xD81B60),
        new Color(0x6A1FB0)
    };

    private static final int LINES_PER_INK = 24;

    private static final Color SKIN = new Color(0x8BC34A);
    private static final Color SHELL = new Color(0x2E6B2F);
    private static final Color PLATE = new Color(0x5A9A3C);
    private static final Color EDGE = new Color(0x17401A);

    private Painter() {}

    /**
     * Paints a drawing on a picture of its own.
     *
     * @param drawing what to paint
     * @return the picture
     */
    static BufferedImage picture(Drawing drawing) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        paint(graphics, drawing);
        graphics.dispose();
        return picture;
    }

    /**
     * Paints a drawing.
     *
     * @param graphics where
     * @param drawing what
     */
    static void paint(Graphics2D graphics, Drawing drawing) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(BACKGROUND);
        graphics.fillRect(0, 0, SIDE, SIDE);
        AffineTransform before = graphics.getTransform();
        graphics.translate(SIDE / 2.0, SIDE / 2.0);
        graphics.scale(1, -1);
        graphics.setStroke(new BasicStroke(PEN, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        int number = 0;
        for (Drawing.Line line : drawing.lines()) {
            graphics.setColor(ink(number++));
            graphics.draw(new Line2D.Double(
                    line.from().x(), line.from().y(), line.to().x(), line.to().y()));
        }
        Pose turtle = drawing.turtle();
        graphics.translate(turtle.x(), turtle.y());
        graphics.rotate(Math.toRadians(turtle.degrees()));
        paintTurtle(graphics);
        graphics.setTransform(before);
    }

    /**
     * The colour of a line.
     *
     * @param number how many lines were drawn before
     * @return the colour
     */
    static Color ink(int number) {
        Color from = INKS[number / LINES_PER_INK % INKS.length];
        Color to = INKS[(number / LINES_PER_INK + 1) % INKS.length];
        double part = (double) (number % LINES_PER_INK) / LINES_PER_INK;
        return new Color(
                mixed(from.getRed(), to.getRed(), part),
                mixed(from.getGreen(), to.getGreen(), part),
                mixed(from.getBlue(), to.getBlue(), part));
    }

    private static int mixed(int from, int to, double part) {
        return (int) Math.round(from + part * (to - from));
    }

    /** Paints a turtle as seen from above, that looks to the right. */
    private static void paintTurtle(Graphics2D graphics) {
        graphics.setStroke(new BasicStroke(OUTLINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D tail = new Path2D.Double();
        tail.moveTo(-11, 2.4);
        tail.lineTo(-18.5, 0);
        tail.lineTo(-11, -2.4);
        tail.closePath();
        fill(graphics, tail, SKIN);
        for (int side : new int[] {-1, 1}) {
            fill(graphics, flipper(8, side * 9.5, side * 50, 6.5, 2.9), SKIN);
            fill(graphics, flipper(-8.5, side * 8.5, side * 130, 5, 2.6), SKIN);
        }
        fill(graphics, new Ellipse2D.Double(9.5, -4.6, 11, 9.2), SKIN);
        graphics.setColor(EDGE);
        graphics.fill(new Ellipse2D.Double(16, 1.7, 2, 2));
        graphics.fill(new Ellipse2D.Double(16, -3.7, 2, 2));
        fill(graphics, new Ellipse2D.Double(-13, -10, 26, 20), SHELL);
        paintPlates(graphics);
    }

    /** A hexagon in the middle of the shell, from whose corners lines go to the edge. */
    private static void paintPlates(Graphics2D graphics) {
        Path2D middle = new Path2D.Double();
        Path2D seams = new Path2D.Double();
        for (int corner = 0; corner < 6; corner++) {
            double x = Math.cos(Math.toRadians(60 * corner));
            double y = Math.sin(Math.toRadians(60 * corner));
            if (corner == 0) {
                middle.moveTo(6.4 * x, 5 * y);
            } else {
                middle.lineTo(6.4 * x, 5 * y);
            }
            seams.moveTo(6.4 * x, 5 * y);
            seams.lineTo(12.4 * x, 9.4 * y);
        }
        middle.closePath();
        graphics.setColor(PLATE);
        graphics.fill(middle);
        graphics.draw(seams);
    }

    private static Shape flipper(double x, double y, double degrees, double length, double width) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(Math.toRadians(degrees));
        return place.createTransformedShape(new Ellipse2D.Double(-length, -width, 2 * length, 2 * width));
    }

    private static void fill(Graphics2D graphics, Shape shape, Color colour) {
        graphics.setColor(colour);
        graphics.fill(shape);
        graphics.setColor(EDGE);
        graphics.draw(shape);
    }
}
