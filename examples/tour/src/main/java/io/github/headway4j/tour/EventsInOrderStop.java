// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.scheduler.StoryTime;
import io.github.headway4j.examples.scheduler.order.EventsInOrder;
import io.github.headway4j.scheduler.EventScheduler;
import io.github.headway4j.scheduler.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Events of several priorities, by a clock that goes and by one that is moved. */
final class EventsInOrderStop implements Stop {
    private static final int SECONDS = 3;
    private static final int PRIORITIES = 10;
    private static final int EVENTS_AT_A_MOMENT = 20;
    private static final int NAIVE_EVENTS = 1_000;
    private static final long NAIVE_DELAY_NANOS = 50_000_000L;
    private static final long SEED = 60;

    /** An event: its number is the place in which it was entered. */
    private record Planned(int number, long moment, int priority) {
        static final Comparator<Planned> ORDER =
                Comparator.comparingLong(Planned::moment).thenComparingInt(Planned::priority);
    }

    @Override
    public String name() {
        return "events-in-order";
    }

    @Override
    public String title() {
        return "Events in order";
    }

    @Override
    public String explanation() {
        return "Events are entered in any order and run by moment, priority and insertion; by a clock that goes, and in"
                + " virtual time, where nobody waits. Then very many of them at few moments.";
    }

    @Override
    public Outcome run(StopContext context) throws InterruptedException, ExecutionException {
        Duration second = Duration.ofMillis(context.size(300, 50));
        List<Diary.Entry> real;
        try (Progress bar = context.progress("By a clock that goes");
                Pace pace = new Pace(bar, 0, 100, second.multipliedBy(SECONDS))) {
            real = EventsInOrder.run(new StoryTime(second), entry -> {});
        }
        long start = System.nanoTime();
        List<Diary.Entry> virtual = EventsInOrder.run(new VirtualTime(), entry -> {});
        Duration atOnce = Duration.ofNanos(System.nanoTime() - start);
        List<Planned> plan = plan(context.size(1_000_000, 50_000));
        List<Planned> ran = new ArrayList<>(plan.size());
        Duration took;
        try (Progress bar = context.progress(Words.count(plan.size()) + " events in virtual time")) {
            took = run(plan, ran, bar);
        }
        return judge(second, real, virtual, atOnce, plan, ran, took, outOfTurn());
    }

    private static Outcome judge(
            Duration second,
            List<Diary.Entry> real,
            List<Diary.Entry> virtual,
            Duration atOnce,
            List<Planned> plan,
            List<Planned> ran,
            Duration took,
            int outOfTurn) {
        Duration waited = real.get(real.size() - 1).at();
        String number = Words.count(plan.size());
        return Outcome.showing(number + " events in order, in " + Words.time(took))
                .grid("What ran, and when", List.of("Virtual", "By the clock", "Event"), rows(virtual, real))
                .note("A second of the story took " + Words.time(second) + " by the clock; in virtual time everything"
                        + " together took " + Words.time(atOnce) + ".")
                .naive("A ScheduledThreadPoolExecutor knows no priorities: of " + Words.count(NAIVE_EVENTS)
                        + " tasks for the same moment, " + Words.count(outOfTurn)
                        + " ran behind a less urgent one. And who tests it has to wait.")
                .check(
                        "the order is the same by both clocks",
                        whats(real).equals(whats(virtual)),
                        virtual.size() + " entries")
                .check(
                        "nothing runs too early",
                        waited.compareTo(Duration.ofSeconds(SECONDS)) >= 0,
                        "over after " + seconds(waited))
                .check(
                        "in virtual time nothing is late either",
                        virtual.get(virtual.size() - 1).at().equals(Duration.ofSeconds(SECONDS)),
                        "over after " + seconds(virtual.get(virtual.size() - 1).at()))
                .check(
                        "very many come by moment, by priority, as entered",
                        ran.equals(plan.stream().sorted(Planned.ORDER).toList()),
                        number + " compared")
                .check("the JDK's executor lets some pass", outOfTurn > 0, Words.count(outOfTurn) + " tasks")
                .build();
    }

    private static List<List<String>> rows(List<Diary.Entry> virtual, List<Diary.Entry> real) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(virtual.size(), real.size()); i++) {
            Diary.Entry entry = virtual.get(i);
            rows.add(List.of(seconds(entry.at()), seconds(real.get(i).at()), entry.what()));
        }
        return rows;
    }

    private static String seconds(Duration time) {
        return Words.decimals(time.toNanos() / 1e9, 1) + " s";
    }

    /** What was done after the queue was shown, whose moments differ by a hair if the clock goes. */
    private static List<String> whats(List<Diary.Entry> entries) {
        return entries.stream().skip(1).map(Diary.Entry::what).toList();
    }

    private static List<Planned> plan(int events) {
        Random random = new Random(SEED);
        List<Planned> plan = new ArrayList<>(events);
        for (int number = 0; number < events; number++) {
            plan.add(new Planned(
                    number, random.nextInt(events / EVENTS_AT_A_MOMENT) * 1_000L, random.nextInt(PRIORITIES)));
        }
        return plan;
    }

    private static Duration run(List<Planned> plan, List<Planned> ran, Progress bar) throws InterruptedException {
        EventScheduler scheduler = new EventScheduler(new VirtualTime());
        long start = System.nanoTime();
        for (Planned event : plan) {
            scheduler.enterAtNanos(event.moment(), event.priority(), () -> ran.add(event));
        }
        bar.accept(50);
        scheduler.run();
        bar.accept(100);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** How many tasks of the JDK's executor for one moment run behind a less urgent one. */
    private static int outOfTurn() throws InterruptedException, ExecutionException {
        Random random = new Random(SEED);
        List<Integer> ran = new ArrayList<>();
        List<Future<?>> tasks = new ArrayList<>();
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            long moment = System.nanoTime() + NAIVE_DELAY_NANOS;
            for (int task = 0; task < NAIVE_EVENTS; task++) {
                int priority = random.nextInt(PRIORITIES);
                tasks.add(executor.schedule(() -> ran.add(priority), moment - System.nanoTime(), TimeUnit.NANOSECONDS));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            executor.shutdownNow();
        }
        int outOfTurn = 0;
        int leastUrgent = 0;
        for (int priority : ran) {
            outOfTurn += priority < leastUrgent ? 1 : 0;
            leastUrgent = Math.max(leastUrgent, priority);
        }
        return outOfTurn;
    }
}
