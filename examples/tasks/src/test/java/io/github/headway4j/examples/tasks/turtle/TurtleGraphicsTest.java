// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.turtle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.TaskQueue;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import javax.swing.JComponent;
import javax.swing.KeyStroke;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The turtle, its picture, and what comes from keys to it; the window itself is another test's. */
class TurtleGraphicsTest {
    private static final double EXACT = 1e-9;
    private static final int MIDDLE = Painter.SIDE / 2;

    @TempDir
    Path folder;

    private final Turtle turtle = new Turtle(Duration.ZERO, drawing -> {});

    private Drawing drawn(Key... keys) {
        List.of(keys).forEach(turtle::obey);
        return turtle.drawing();
    }

    // ---- the turtle ----

    @Test
    void obey_up_walksFifty() {
        Drawing drawing = drawn(Key.UP, Key.UP);

        assertThat(drawing.turtle()).isEqualTo(new Pose(100, 0, 0));
        assertThat(drawing.lines())
                .containsExactly(
                        new Drawing.Line(Pose.START, new Pose(50, 0, 0)),
                        new Drawing.Line(new Pose(50, 0, 0), new Pose(100, 0, 0)));
    }

    @Test
    void obey_leftAndRight_turnThirtyDegrees() {
        assertThat(drawn(Key.LEFT).turtle().degrees()).isEqualTo(30);
        assertThat(drawn(Key.RIGHT, Key.RIGHT).turtle()).isEqualTo(new Pose(0, 0, 330));
        assertThat(drawn(Key.LEFT, Key.LEFT, Key.UP).turtle().x()).isCloseTo(50 * Math.sqrt(3) / 2, within(EXACT));
        assertThat(turtle.drawing().turtle().y()).isCloseTo(25, within(EXACT));
        assertThat(turtle.drawing().lines()).hasSize(1);
    }

    @Test
    void obey_atAPace_showsHowTheLineGrows() {
        List<Drawing> shown = new ArrayList<>();
        Turtle slow = new Turtle(Duration.ofNanos(10), shown::add);
        slow.obey(Key.UP);

        assertThat(shown).hasSize(10).allMatch(drawing -> drawing.lines().size() == 1);
        assertThat(shown).extracting(drawing -> drawing.turtle().x()).isSorted().doesNotHaveDuplicates();
        assertThat(shown.get(9)).isEqualTo(slow.drawing()).isEqualTo(drawn(Key.UP));
    }

    // ---- from a hand to the turtle ----

    @Test
    void walk_moreKeysThanThereIsRoomFor_obeysAllInTheirOrder() throws Exception {
        TurtleGraphics.walk(Key.flower(), turtle);
        Turtle another = new Turtle(Duration.ZERO, drawing -> {});
        Key.flower().forEach(another::obey);

        assertThat(Key.flower()).hasSizeGreaterThan(TurtleGraphics.ROOM);
        assertThat(turtle.drawing()).isEqualTo(another.drawing());
    }

    @Test
    void walk_theTurtleFails_sendsTheHandHome() {
        IllegalStateException failure = new IllegalStateException("the canvas is torn");
        Turtle failing = new Turtle(Duration.ZERO, drawing -> {
            throw failure;
        });
        assertThatThrownBy(() -> TurtleGraphics.walk(Key.flower(), failing)).isSameAs(failure);
    }

    @Test
    void walk_interrupted_endsAtOnce() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> TurtleGraphics.walk(Key.flower(), turtle)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void pane_keysPressed_areInTheQueueAsLongAsThereIsRoom() {
        TaskQueue<Key> keys = FifoTaskQueue.bounded(4);
        AtomicInteger refused = new AtomicInteger();
        TurtlePane pane = new TurtlePane(keys, refused::incrementAndGet);
        int[] codes = {KeyEvent.VK_UP, KeyEvent.VK_LEFT, KeyEvent.VK_RIGHT, KeyEvent.VK_UP, KeyEvent.VK_UP};
        for (int code : codes) {
            Object name = pane.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).get(KeyStroke.getKeyStroke(code, 0));
            pane.getActionMap().get(name).actionPerformed(new ActionEvent(pane, ActionEvent.ACTION_PERFORMED, ""));
        }
        assertThat(keys).containsExactly(Key.UP, Key.LEFT, Key.RIGHT, Key.UP);
        assertThat(refused).hasValue(1);
    }

    @Test
    void pane_showsTheLastDrawing() {
        TurtlePane pane = new TurtlePane(FifoTaskQueue.bounded(1), () -> {});
        pane.accept(drawn(Key.LEFT));
        pane.accept(drawn(Key.UP, Key.RIGHT));
        BufferedImage shown = new BufferedImage(Painter.SIDE, Painter.SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = shown.createGraphics();
        pane.paintComponent(graphics);
        graphics.dispose();

        assertThat(pixels(shown)).isEqualTo(pixels(Painter.picture(turtle.drawing())));
        assertThat(pane.getPreferredSize()).isEqualTo(new Dimension(500, 500));
    }

    @Test
    void hastyHand_everyKeyIsObeyedOrRefused() throws Exception {
        HastyHand.Burst burst = HastyHand.withQueue(Key.flower(), Duration.ofMillis(1));

        assertThat(burst.obeyed() + burst.refused()).isEqualTo(burst.pressed()).isEqualTo(300);
        assertThat(burst.obeyed()).isGreaterThanOrEqualTo(TurtleGraphics.ROOM);
        assertThat(HastyHand.withoutQueue(List.of(Key.UP, Key.LEFT), Duration.ofMillis(20)))
                .satisfies(direct -> assertThat(direct.obeyed()).isEqualTo(2))
                .satisfies(direct -> assertThat(direct.held()).isGreaterThanOrEqualTo(Duration.ofMillis(40)));
    }

    // ---- the picture ----

    @Test
    void picture_oneLine_pixelByPixel() {
        BufferedImage picture = Painter.picture(drawn(Key.UP));

        assertThat(picture.getWidth()).isEqualTo(500);
        assertThat(picture.getHeight()).isEqualTo(500);
        for (int right = 1; right < 28; right++) { // there, the turtle begins
            assertThat(colour(picture, MIDDLE + right, MIDDLE - 1)).isEqualTo(Painter.ink(0));
            assertThat(colour(picture, MIDDLE + right, MIDDLE)).isEqualTo(Painter.ink(0));
            assertThat(colour(picture, MIDDLE + right, MIDDLE - 3)).isEqualTo(Painter.BACKGROUND);
            assertThat(colour(picture, MIDDLE + right, MIDDLE + 3)).isEqualTo(Painter.BACKGROUND);
            assertThat(colour(picture, MIDDLE - 2 - right, MIDDLE)).isEqualTo(Painter.BACKGROUND);
        }
        assertThat(colour(picture, MIDDLE + 51, MIDDLE + 3)).isNotEqualTo(Painter.BACKGROUND); // its shell
        assertThat(Painter.BACKGROUND).isEqualTo(new Color(173, 216, 230)); // light blue
    }

    @Test
    void picture_left_isUpwards() {
        BufferedImage picture = Painter.picture(drawn(Key.LEFT, Key.LEFT, Key.LEFT, Key.UP));

        assertThat(colour(picture, MIDDLE, MIDDLE - 20)).isEqualTo(Painter.ink(0));
        assertThat(colour(picture, MIDDLE, MIDDLE + 20)).isEqualTo(Painter.BACKGROUND);
    }

    @Test
    void check_aLineIsMissingOrAPixelTooMany_isNoticed() {
        Drawing one = drawn(Key.UP);
        Drawing two = drawn(Key.UP);

        assertThat(new PictureCheck(Painter.picture(two), two).unpainted()).isZero();
        assertThat(new PictureCheck(Painter.picture(two), two).strays()).isZero();
        assertThat(new PictureCheck(Painter.picture(one), two).unpainted()).isPositive();
        assertThat(new PictureCheck(Painter.picture(two), one).strays()).isPositive();
        BufferedImage spoiled = Painter.picture(two);
        spoiled.setRGB(3, 4, Color.BLACK.getRGB());
        assertThat(new PictureCheck(spoiled, two).strays()).isOne();
    }

    @Test
    void draw_flower_isOnThePictureAndTheTurtleBackHome() throws Exception {
        Path file = folder.resolve("flower.png");
        TurtleGraphics.Result result = TurtleGraphics.draw(file);

        assertThat(result.correct()).isTrue();
        assertThat(result.keys()).isEqualTo(12 * (12 * 2 + 1));
        assertThat(result.lines()).isEqualTo(12 * 12);
        assertThat(result.fromStart()).isCloseTo(0, within(EXACT));
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(colour(picture, 0, 0)).isEqualTo(Painter.BACKGROUND);
        assertThat(colour(picture, 499, 499)).isEqualTo(Painter.BACKGROUND);
    }

    @Test
    void report_aWrongPicture_endsWith1() {
        Path file = folder.resolve("none.png");
        assertThat(TurtleGraphics.report(file, new TurtleGraphics.Result(2, 1, 0, 0, 3)))
                .isOne();
        assertThat(TurtleGraphics.report(file, new TurtleGraphics.Result(2, 1, 0, 3, 0)))
                .isOne();
    }

    // ---- the program ----

    @Test
    void main_file_drawsIntoIt() throws Exception {
        Path file = folder.resolve("flower.png");

        assertThat(ProgramRun.linesOf(TurtleGraphics.class, file.toString()))
                .containsExactly("300 keys, 144 lines", "the picture is right", file.toString());
        assertThat(pixels(ImageIO.read(file.toFile()))).isEqualTo(pixels(flower()));
    }

    @Test
    void main_noDisplay_drawsIntoATemporaryFile() throws Exception {
        ProgramRun run =
                ProgramRun.of(List.of("-Djava.awt.headless=true", "-Djava.io.tmpdir=" + folder), TurtleGraphics.class);

        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        Path file = Path.of(run.lines().get(2));
        assertThat(file).hasParent(folder);
        assertThat(pixels(ImageIO.read(file.toFile()))).isEqualTo(pixels(flower()));
    }

    private BufferedImage flower() {
        Key.flower().forEach(turtle::obey);
        return Painter.picture(turtle.drawing());
    }

    private static Color colour(BufferedImage picture, int column, int row) {
        return new Color(picture.getRGB(column, row));
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }
}
