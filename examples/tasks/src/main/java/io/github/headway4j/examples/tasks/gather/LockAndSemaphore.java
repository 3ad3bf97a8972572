// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.gather;

import io.github.headway4j.examples.scheduler.Diary;
import io.github.headway4j.examples.tasks.Story;
import io.github.headway4j.primitives.BoundedSemaphore;
import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.Mutex;
import io.github.headway4j.tasks.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Six tasks that each want to work for a second go through a lock, then through a semaphore of three; once in a block,
 * which gives back by itself, and once by hand. A lock takes six seconds, a semaphore of three takes two.
 *
 * <p>Python has a lock for threads and another one for coroutines. Here it is the same.
 */
public final class LockAndSemaphore {
    /** How many tasks there are. */
    public static final int TASKS = 6;

    /** How many the semaphore lets in. */
    public static final int PERMITS = 3;

    private final Story story;
    private final Mutex lock = new Mutex();
    private final BoundedSemaphore semaphore = new BoundedSemaphore(PERMITS);

    private LockAndSemaphore(Story story) {
        this.story = story;
    }

    /**
     * How one way went.
     *
     * @param name which way
     * @param mostAtOnce how many tasks were inside at the same time, at most
     * @param time how long all took, in seconds of the story
     */
    public record Way(String name, int mostAtOnce, Duration time) {}

    /**
     * How it went.
     *
     * @param entries what was done when
     * @param ways the four ways, in order
     */
    public record Result(List<Diary.Entry> entries, List<Way> ways) {
        /** Copies the lists. */
        public Result {
            entries = List.copyOf(entries);
            ways = List.copyOf(ways);
        }
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws Exception if the main thread is interrupted
     */
    public static void main(String[] args) throws Exception {
        run(Story.of(args));
    }

    /**
     * Lets the tasks go through both, in both ways.
     *
     * @param story where it is told, and how its tasks sleep
     * @return how it went
     * @throws Exception if the caller is interrupted
     */
    public static Result run(Story story) throws Exception {
        return new LockAndSemaphore(story).run();
    }

    /** What the tasks do between coming and leaving. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private interface Gate {
        void pass(Work work) throws InterruptedException;
    }

    private Result run() throws Exception {
        List<Way> ways = List.of(
                through("lock, as a block", this::lockAsBlock),
                through("lock, by hand", this::lockByHand),
                through("semaphore of 3, as a block", this::semaphoreAsBlock),
                through("semaphore of 3, by hand", this::semaphoreByHand));
        return new Result(story.entries(), ways);
    }

    private void lockAsBlock(Work work) throws InterruptedException {
        try (Held held = lock.holdInterruptibly()) { // async with lock
            work.run();
        }
    }

    private void lockByHand(Work work) throws InterruptedException {
        lock.lockInterruptibly(); // await lock.acquire()
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private void semaphoreAsBlock(Work work) throws InterruptedException {
        try (Held held = semaphore.holdInterruptibly()) {
            work.run();
        }
    }

    private void semaphoreByHand(Work work) throws InterruptedException {
        semaphore.acquire();
        try {
            work.run();
        } finally {
            semaphore.release();
        }
    }

    private Way through(String name, Gate gate) throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Callable<String>> tasks = new ArrayList<>();
        for (int number = 1; number <= TASKS; number++) {
            String task = "task " + number;
            tasks.add(() -> {
                gate.pass(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    story.note(task + " is inside");
                    story.sleep(1);
                    inside.decrementAndGet();
                });
                return task;
            });
        }
        story.note(name);
        Duration begun = story.elapsed();
        Tasks.gather(tasks);
        Duration took = story.elapsed().minus(begun);
        story.note("all done, at most " + most + " at once");
        return new Way(name, most.get(), took);
    }
}
