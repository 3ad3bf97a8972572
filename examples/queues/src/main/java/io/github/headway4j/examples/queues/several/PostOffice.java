// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.queues.several;

import io.github.headway4j.examples.synchronization.Crew;
import io.github.headway4j.examples.threads.life.Nap;
import io.github.headway4j.queues.FifoTaskQueue;
import io.github.headway4j.queues.QueueShutdownException;
import io.github.headway4j.queues.Taken;
import io.github.headway4j.queues.TaskQueue;
import io.github.headway4j.queues.TaskQueues;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Letters and parcels wait in a queue each. Clerks take whatever comes first out of both, by {@link TaskQueues#select},
 * stamp it and put it into a third queue, whose loop is {@link TaskQueue#forEachTask}: a carrier delivers it.
 *
 * <p>Nobody is sent home by a special element. Who brings the post shuts both queues down, waits until all is stamped,
 * and then shuts down the third one.
 */
public final class PostOffice {
    /** How many letters there are. */
    public static final int LETTERS = 6;

    /** How many parcels there are. */
    public static final int PARCELS = 4;

    /** How many clerks there are. */
    public static final int CLERKS = 2;

    private final TaskQueue<String> letters = FifoTaskQueue.unbounded();
    private final TaskQueue<String> parcels = FifoTaskQueue.unbounded();
    private final TaskQueue<String> stamped = FifoTaskQueue.unbounded();
    private final Nap nap;
    private final Consumer<String> out;

    private PostOffice(Nap nap, Consumer<String> out) {
        this.nap = nap;
        this.out = out;
    }

    /**
     * Runs the program.
     *
     * @param args the length of a second in milliseconds; may be left out
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        int delivered = run(LETTERS, PARCELS, CLERKS, Nap.of(args), item -> System.out.println(item + " is delivered"));
        System.out.println(delivered + " in all");
    }

    /**
     * Opens the post office until everything is delivered.
     *
     * @param letters how many letters are brought
     * @param parcels how many parcels are brought
     * @param clerks how many threads stamp them, each for a second
     * @param nap how they work
     * @param out told what is delivered, by the carrier
     * @return how many letters and parcels were delivered
     * @throws InterruptedException if the caller is interrupted; the threads have ended by then
     */
    public static int run(int letters, int parcels, int clerks, Nap nap, Consumer<String> out)
            throws InterruptedException {
        if (clerks < 1) {
            throw new IllegalArgumentException("expected at least one clerk, not " + clerks);
        }
        return new PostOffice(nap, out).run(letters, parcels, clerks);
    }

    private int run(int letterCount, int parcelCount, int clerks) throws InterruptedException {
        List<Callable<Integer>> staff = new ArrayList<>();
        for (int clerk = 0; clerk < clerks; clerk++) {
            staff.add(this::stamp);
        }
        staff.add(this::deliver);
        staff.add(() -> bring(letterCount, parcelCount));
        return Crew.run("post", staff, () -> {}).get(clerks);
    }

    private int bring(int letterCount, int parcelCount) throws InterruptedException {
        try (stamped) {
            try (letters;
                    parcels) {
                for (int number = 0; number < Math.max(letterCount, parcelCount); number++) {
                    if (number < letterCount) {
                        letters.put("letter " + number);
                    }
                    if (number < parcelCount) {
                        parcels.put("parcel " + number);
                    }
                }
            } // nothing more comes
            letters.join();
            parcels.join(); // all is stamped
        } // nothing more is to be delivered
        return letterCount + parcelCount;
    }

    private int stamp() throws InterruptedException {
        int count = 0;
        try {
            for (; ; count++) {
                Taken<String> item = TaskQueues.select(letters, parcels); // or takeAny, if the queue does not matter
                try {
                    nap.take(1);
                    stamped.put(item.element());
                } finally {
                    item.queue().taskDone();
                }
            }
        } catch (QueueShutdownException bothAreEmpty) {
            return count;
        }
    }

    private int deliver() throws InterruptedException {
        List<String> delivered = new ArrayList<>();
        stamped.forEachTask(item -> {
            out.accept(item);
            delivered.add(item);
        });
        return delivered.size();
    }
}
