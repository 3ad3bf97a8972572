// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Barrier;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Parties that come with little patience, while others reset, abort and interrupt. Every await is accounted for: it was
 * met, and then by all parties of the cycle, or it ended otherwise. Beside them parties with endless patience, at a
 * barrier that others break and mend: each comes again until its cycle is met.
 */
final class BarrierScenario implements Scenario {

    private static final int LONGEST_WAIT_NANOS = 400_000;

    /** After so many awaits a cycle must have been met. */
    private static final int MANY = 20_000;

    private final int parties;
    private final boolean acting;
    private final Barrier barrier;

    /** Where nobody has a time-out. */
    private final Barrier patient;

    private final LongAdder awaits = new LongAdder();
    private final LongAdder patientTurns = new LongAdder();
    private final LongAdder patientCycles = new LongAdder();
    private final LongAdder actions = new LongAdder();
    private final LongAdder cycles = new LongAdder();
    private final LongAdder[] met;

    BarrierScenario(int parties, boolean acting) {
        this.parties = parties;
        this.acting = acting;
        this.met = new LongAdder[parties];
        for (int i = 0; i < parties; i++) {
            met[i] = new LongAdder();
        }
        this.barrier = acting ? new Barrier(parties, actions::increment) : new Barrier(parties);
        this.patient = acting ? new Barrier(parties, patientCycles::increment) : new Barrier(parties);
    }

    @Override
    public String name() {
        return "barrier of " + parties;
    }

    @Override
    public void step(SplittableRandom random) throws InterruptedException {
        switch (random.nextInt(32)) {
            case 0, 1 -> barrier.reset();
            case 2, 3 -> {
                barrier.abort();
                Pause.brief(random);
                barrier.reset();
            }
            case 4 -> patient.reset();
            case 5 -> patient.abort();
            default -> await(random);
        }
    }

    @Override
    public List<Ring> rings() {
        return List.of(new PatientRing());
    }

    private void await(SplittableRandom random) throws InterruptedException {
        awaits.increment();
        try {
            int index = barrier.await(Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS)));
            met[index].increment();
            if (index == parties - 1) {
                cycles.increment();
            }
        } catch (BrokenBarrierException | TimeoutException e) {
            mend(random);
        } catch (InterruptedException e) {
            mend(random);
            throw e;
        }
    }

    private void mend(SplittableRandom random) {
        Pause.brief(random);
        if (barrier.isBroken()) {
            barrier.reset();
        }
    }

    @Override
    public void check() {
        barrier.reset();
        String who = name() + " " + barrier;
        Scenario.expect(who + ", parties waiting", 0, barrier.waiting() + patient.waiting());
        Scenario.expect(who + ", broken", 0, barrier.isBroken() ? 1 : 0);
        for (int i = 0; i < parties; i++) {
            Scenario.expect(who + ", cycles met by the party with index " + i, cycles.sum(), met[i].sum());
        }
        if (patientTurns.sum() == 0 || (cycles.sum() == 0 && awaits.sum() > MANY)) {
            throw new AssertionError(who + ": not one cycle was met in " + awaits.sum() + " awaits");
        }
        if (acting && (actions.sum() < cycles.sum() || patientCycles.sum() < patientTurns.sum() / parties)) {
            throw new AssertionError(who + ": " + actions.sum() + " actions in " + cycles.sum() + " cycles, "
                    + patientCycles.sum() + " in " + patientTurns.sum() / parties);
        }
    }

    /** Comes again until its cycle is met, which is then met by all. */
    private final class PatientRing implements Ring {
        @Override
        public String name() {
            return "patient " + BarrierScenario.this.name();
        }

        @Override
        public int parties() {
            return parties;
        }

        @Override
        public void turn(int who, SplittableRandom random) throws InterruptedException {
            Pause.rest(random);
            for (boolean met = false; !met; ) {
                try {
                    patient.await();
                    met = true;
                } catch (BrokenBarrierException e) {
                    if (patient.isBroken()) {
                        patient.reset();
                    }
                } catch (TimeoutException e) {
                    throw new AssertionError(name() + " has no time-out", e);
                }
            }
            patientTurns.increment();
        }
    }
}
