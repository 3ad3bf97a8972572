// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.queues.Subscribers;
import io.github.headway4j.examples.queues.fifo.Supermarket;
import io.github.headway4j.examples.queues.lifo.BaggageHold;
import io.github.headway4j.examples.queues.priority.Airport;
import io.github.headway4j.examples.queues.priority.Airport.Passenger;
import io.github.headway4j.examples.threads.life.Nap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.stream.IntStream;

/** Four subscribers at a queue of each order. */
final class SupermarketStop implements Stop {
    private static final int SUBSCRIBERS = Supermarket.SUBSCRIBERS;
    private static final Nap AT_ONCE = seconds -> {};
    private static final Comparator<Passenger> FAIRLY =
            Comparator.comparingInt(Passenger::priority).thenComparingInt(Passenger::number);
    private static final long SEED = 36;

    /** How three queues were served. */
    private record Served(
            Subscribers.Result<Integer> fifo,
            Subscribers.Result<Integer> lifo,
            List<Passenger> passengers,
            Subscribers.Result<Passenger> priority) {

        List<Passenger> inOrder() {
            return passengers.stream().sorted(FAIRLY).toList();
        }

        boolean isInOrder(int items) {
            List<Integer> numbers = IntStream.range(0, items).boxed().toList();
            return fifo.items().equals(numbers)
                    && lifo.items().equals(backwards(numbers))
                    && priority.items().equals(inOrder());
        }

        List<Integer> doneAtJoin() {
            return List.of(fifo.doneAtJoin(), lifo.doneAtJoin(), priority.doneAtJoin());
        }

        long underWayWhenEmpty() {
            return Math.max(fifo.underWayWhenEmpty(), Math.max(lifo.underWayWhenEmpty(), priority.underWayWhenEmpty()));
        }
    }

    @Override
    public String name() {
        return "supermarket";
    }

    @Override
    public String title() {
        return "Supermarket and airport";
    }

    @Override
    public String explanation() {
        return "Four subscribers take from a queue: in a supermarket first in is first out, in the hold of an aircraft"
                + " last in is first out, at the gate priority decides; taskDone and join tell when all is done.";
    }

    @Override
    public Outcome run(StopContext context) throws InterruptedException {
        Nap napping = Nap.of(Duration.ofMillis(context.size(50, 2)));
        Served few;
        try (Progress bar = context.progress("Serving ten")) {
            few = serve(Supermarket.ITEMS, Airport.PASSENGERS, napping, bar);
        }
        int items = context.size(100_000, 5_000);
        Served many;
        try (Progress bar = context.progress("Serving " + Words.count(items))) {
            many = serve(items, items, AT_ONCE, bar);
        }
        int outOfTurn = outOfTurn(many.passengers());
        return Outcome.showing("three orders, " + Words.count(items) + " items each")
                .grid(
                        "Ten numbers and five passengers, and in brackets which subscriber took each",
                        List.of("", "FIFO", "LIFO", "Priority"),
                        rows(few))
                .naive("The JDK's PriorityBlockingQueue lets passengers of one priority pass each other: "
                        + Words.count(outOfTurn) + " of " + Words.count(items) + " came out behind somebody who came"
                        + " later. And who takes an empty queue for the end of the work is too early: up to "
                        + Math.max(few.underWayWhenEmpty(), many.underWayWhenEmpty())
                        + " items were still worked on when the last was taken.")
                .check(
                        "the ten come out as in the Python courses",
                        few.isInOrder(Supermarket.ITEMS),
                        few.fifo().items() + " and " + few.lifo().items())
                .check(
                        "so do many, and passengers of one priority in the order of their coming",
                        many.isInOrder(items),
                        Words.count(3L * items) + " items compared")
                .check(
                        "join returns when all is done",
                        many.doneAtJoin().stream().allMatch(done -> done == items),
                        Words.count(many.doneAtJoin().get(0)) + " done each time")
                .check("the JDK's queue lets some pass", outOfTurn > 0, Words.count(outOfTurn) + " passengers")
                .build();
    }

    private static Served serve(int items, int passengers, Nap nap, Progress bar) throws InterruptedException {
        Subscribers.Result<Integer> fifo = Supermarket.run(items, SUBSCRIBERS, nap, call -> {});
        bar.accept(33);
        Subscribers.Result<Integer> lifo = BaggageHold.run(items, SUBSCRIBERS, nap, call -> {});
        bar.accept(66);
        List<Passenger> coming = Airport.passengers(passengers, new Random(SEED));
        Subscribers.Result<Passenger> priority = Airport.run(coming, SUBSCRIBERS, nap, call -> {});
        bar.accept(100);
        return new Served(fifo, lifo, coming, priority);
    }

    private static List<List<String>> rows(Served served) {
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < served.fifo().calls().size(); row++) {
            rows.add(List.of(
                    (row + 1) + ".", cell(served.fifo(), row), cell(served.lifo(), row), cell(served.priority(), row)));
        }
        return rows;
    }

    private static String cell(Subscribers.Result<?> result, int row) {
        if (row >= result.calls().size()) {
            return "";
        }
        Subscribers.Call<?> call = result.calls().get(row);
        return call.item() + " (" + call.subscriber() + ")";
    }

    /** How many come out behind somebody of the same priority who came later. */
    private static int outOfTurn(List<Passenger> passengers) {
        PriorityBlockingQueue<Passenger> queue =
                new PriorityBlockingQueue<>(passengers.size(), Comparator.comparingInt(Passenger::priority));
        queue.addAll(passengers);
        int[] latest =
                IntStream.generate(() -> -1).limit(1 + Airport.LEAST_URGENT).toArray();
        int outOfTurn = 0;
        for (Passenger next = queue.poll(); next != null; next = queue.poll()) {
            if (next.number() < latest[next.priority()]) {
                outOfTurn++;
            } else {
                latest[next.priority()] = next.number();
            }
        }
        return outOfTurn;
    }

    private static List<Integer> backwards(List<Integer> numbers) {
        List<Integer> reversed = new ArrayList<>(numbers);
        Collections.reverse(reversed);
        return reversed;
    }
}
