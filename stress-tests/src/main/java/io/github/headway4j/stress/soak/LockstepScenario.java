// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Parties that meet again and again, undisturbed: nobody goes ahead, nobody stays behind, one action for each cycle. */
final class LockstepScenario implements Scenario {

    /** Where the parties wait for each other. */
    interface Point {
        void await() throws InterruptedException, BrokenBarrierException;
    }

    private final String name;
    private final int parties;
    private final Point point;
    private final LongSupplier actions;

    /** Arrivals of all parties. */
    private final AtomicLong arrived = new AtomicLong();

    /**
     * A meeting point and the count of what is done in between.
     *
     * @param name of what the point is made
     * @param parties how many meet there
     * @param point where they wait
     * @param actions how often the action has run
     */
    LockstepScenario(String name, int parties, Point point, LongSupplier actions) {
        this.name = name;
        this.parties = parties;
        this.point = point;
        this.actions = actions;
    }

    @Override
    public String name() {
        return "lockstep of " + name;
    }

    @Override
    public void step(SplittableRandom random) {
        Pause.brief(random);
    }

    @Override
    public void check() {
        Scenario.expect(name() + ", arrivals without a cycle", 0, arrived.get() % parties);
        if (arrived.get() == 0) {
            throw new AssertionError(name() + ": no cycle at all");
        }
        Scenario.expect(name() + ", actions", 2 * arrived.get() / parties, actions.getAsLong());
    }

    @Override
    public List<Ring> rings() {
        return List.of(new MeetingRing());
    }

    private final class MeetingRing implements Ring {
        @Override
        public String name() {
            return LockstepScenario.this.name();
        }

        @Override
        public int parties() {
            return parties;
        }

        /** Two cycles: between them all have arrived as often, and nobody once more. */
        @Override
        public void turn(int who, SplittableRandom random) throws InterruptedException {
            Pause.rest(random);
            try {
                long mine = arrived.incrementAndGet();
                point.await();
                long all = arrived.get();
                Scenario.expect(
                        name() + ", arrivals between two cycles", (mine + parties - 1) / parties * parties, all);
                point.await();
            } catch (BrokenBarrierException e) {
                throw new AssertionError(name() + " broke", e);
            }
        }
    }
}
