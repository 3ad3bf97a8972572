// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.scheduler.StoryTime;
import io.github.headway4j.examples.scheduler.timers.DelayedTask;
import io.github.headway4j.examples.scheduler.timers.SteadyHeart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A task with a delay, and a heart that is late once and fails once. */
final class TimersStop implements Stop {
    private static final Duration DELAY = Duration.ofSeconds(3);
    private static final Duration END = Duration.ofSeconds(8);
    private static final int PERIODS_OF_LIFE = 10;
    private static final int FAILING_BEAT = 6;

    @Override
    public String name() {
        return "timers";
    }

    @Override
    public String title() {
        return "Timers: a task and a heart";
    }

    @Override
    public String explanation() {
        return "A task begins three seconds from now and takes five: submitted, joined, over. Then, in virtual time, a"
                + " heart beats every two seconds; one beat takes long, another one fails, and it goes on.";
    }

    @Override
    public Outcome run(StopContext context) throws InterruptedException {
        Duration second = Duration.ofMillis(context.size(200, 25));
        List<Diary.Entry> task;
        try (Progress bar = context.progress("Joining a timer");
                Pace pace = new Pace(bar, 0, 100, second.multipliedBy(END.toSeconds()))) {
            task = DelayedTask.run(new StoryTime(second), entry -> {});
        }
        SteadyHeart.Result heart = SteadyHeart.runAtOnce(entry -> {});
        return judge(task, heart, beatsOfTheJdk());
    }

    private static Outcome judge(List<Diary.Entry> task, SteadyHeart.Result heart, int naiveBeats) {
        List<String> beats = heart.entries().stream().map(Diary.Entry::what).toList();
        Duration begun = at(task, "the task begins");
        Duration over = task.get(task.size() - 1).at();
        return Outcome.showing("a task joined, " + heart.beats() + " beats and " + heart.missed() + " missed")
                .grid("The task", List.of("At", "What"), rows(task))
                .grid("The heart", List.of("At", "What"), rows(heart.entries()))
                .naive("A series of a ScheduledThreadPoolExecutor ends with its first failure, and nobody is told:"
                        + " after beat " + naiveBeats + " there was none. And each late beat is made up for.")
                .check("the task does not begin too early", begun.compareTo(DELAY) >= 0, "after " + seconds(begun))
                .check("it is joined when it is over", over.compareTo(END) >= 0, "after " + seconds(over))
                .check(
                        "what is due while a beat takes long is one beat",
                        heart.beats() + heart.missed() == PERIODS_OF_LIFE && heart.missed() == 1,
                        heart.beats() + " beats + " + heart.missed() + " missed = " + PERIODS_OF_LIFE)
                .check(
                        "then the heart is in time again",
                        at(heart.entries(), "beat 5").equals(Duration.ofSeconds(12)),
                        "beat 5 at " + seconds(at(heart.entries(), "beat 5")))
                .check(
                        "a failure is reported, and the heart goes on",
                        heart.failures() == 1 && beats.contains("beat " + (FAILING_BEAT + 1)),
                        heart.beats() - FAILING_BEAT + " beats after it")
                .check(
                        "once cancelled, it is silent",
                        heart.pending() == 0 && !beats.contains("beat " + (heart.beats() + 1)),
                        heart.pending() + " pending")
                .check("that of the JDK is dead", naiveBeats == FAILING_BEAT, naiveBeats + " beats")
                .build();
    }

    private static Duration at(List<Diary.Entry> entries, String what) {
        return entries.stream()
                .filter(entry -> entry.what().equals(what))
                .findFirst()
                .orElseThrow()
                .at();
    }

    private static List<List<String>> rows(List<Diary.Entry> entries) {
        List<List<String>> rows = new ArrayList<>();
        entries.forEach(entry -> rows.add(List.of(seconds(entry.at()), entry.what())));
        return rows;
    }

    private static String seconds(Duration time) {
        return Words.decimals(time.toNanos() / 1e9, 1) + " s";
    }

    /** How often a series of the JDK runs whose sixth run fails. */
    private static int beatsOfTheJdk() throws InterruptedException {
        AtomicInteger beats = new AtomicInteger();
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            ScheduledFuture<?> heart = executor.scheduleAtFixedRate(
                    () -> {
                        if (beats.incrementAndGet() == FAILING_BEAT) {
                            throw new IllegalStateException("beat " + beats + " has failed");
                        }
                    },
                    1,
                    1,
                    TimeUnit.MILLISECONDS);
            heart.get(); // the only place where the failure can be seen
            throw new IllegalStateException("a series has no result");
        } catch (ExecutionException failed) {
            return beats.get();
        } finally {
            executor.shutdownNow();
        }
    }
}
