// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.tasks.turtle.HastyHand;
import io.github.headway4j.examples.tasks.turtle.Key;
import io.github.headway4j.examples.tasks.turtle.TurtleGraphics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A turtle that keys move: behind a queue, and in Swing's thread. */
final class TurtleStop implements Stop {

    @Override
    public String name() {
        return "turtle";
    }

    @Override
    public String title() {
        return "Turtle";
    }

    @Override
    public String explanation() {
        return "A turtle draws a flower as it is told by keys. They reach it through a bounded FifoTaskQueue: Swing's"
                + " thread, where keys arrive, offers them and never waits; the turtle takes its time.";
    }

    @Override
    public Outcome run(StopContext context) throws Exception {
        TurtleGraphics.Result flower;
        Path file = Files.createTempFile("turtle-", ".png");
        try {
            flower = TurtleGraphics.draw(file);
        } finally {
            Files.delete(file);
        }
        Duration pace = Duration.ofMillis(context.size(40, 10));
        List<Key> few = Key.flower().subList(0, TurtleGraphics.ROOM);
        List<Key> many = Key.flower().subList(0, context.size(150, 60));
        HastyHand.Burst direct;
        try (Progress bar = context.progress("Walking in Swing's thread");
                Pace walking = new Pace(bar, 0, 100, pace.multipliedBy(few.size()))) {
            direct = HastyHand.withoutQueue(few, pace);
        }
        HastyHand.Burst queued;
        try (Progress bar = context.progress("Walking behind a queue");
                Pace walking = new Pace(bar, 0, 100, pace.multipliedBy(few.size()))) {
            queued = Chances.until( // the machine itself may stand still for a while
                    () -> HastyHand.withQueue(few, pace), burst -> burst.held().compareTo(direct.held()) < 0);
        }
        HastyHand.Burst hasty;
        try (Progress bar = context.progress("Pressing more keys than there is room for");
                Pace walking = new Pace(bar, 0, 100, pace.multipliedBy(TurtleGraphics.ROOM))) {
            hasty = HastyHand.withQueue(many, pace);
        }
        return judge(flower, direct, queued, hasty);
    }

    private static Outcome judge(
            TurtleGraphics.Result flower, HastyHand.Burst direct, HastyHand.Burst queued, HastyHand.Burst hasty) {
        return Outcome.showing(flower.lines() + " lines by " + flower.keys() + " keys through a queue for "
                        + TurtleGraphics.ROOM)
                .grid(
                        "Keys in a hurry",
                        List.of("Swing's thread", "Pressed", "Obeyed", "Refused", "Held up for"),
                        List.of(
                                row("moves the turtle", direct),
                                row("offers the key", queued),
                                row("offers many keys", hasty)))
                .note("To see the flower: examples/run turtle flower.png; to move the turtle, where there is a display:"
                        + " examples/run turtle.")
                .naive("Moving the turtle in Swing's thread holds it up for " + Words.time(direct.held())
                        + " instead of " + Words.time(queued.held())
                        + ": nothing is painted meanwhile, and the window does not even close.")
                .check(
                        "each line of the flower is on the picture, and nothing else",
                        flower.correct(),
                        flower.unpainted() + " places and " + flower.strays() + " pixels are wrong")
                .check(
                        "the turtle is back where it began",
                        flower.fromStart() < 1e-9,
                        flower.keys() + " keys, " + flower.lines() + " lines")
                .check(
                        "a queue with room for all keys loses none",
                        queued.obeyed() == queued.pressed(),
                        queued.obeyed() + " of " + queued.pressed())
                .check(
                        "a key is obeyed or refused",
                        hasty.obeyed() + hasty.refused() == hasty.pressed(),
                        hasty.obeyed() + " + " + hasty.refused() + " = " + hasty.pressed())
                .check(
                        "who offers keys is not held up by the turtle",
                        queued.held().compareTo(direct.held()) < 0,
                        Words.time(queued.held()) + " and " + Words.time(direct.held()))
                .build();
    }

    private static List<String> row(String way, HastyHand.Burst burst) {
        return List.of(
                way,
                Words.count(burst.pressed()),
                Words.count(burst.obeyed()),
                Words.count(burst.refused()),
                Words.time(burst.held()));
    }
}
