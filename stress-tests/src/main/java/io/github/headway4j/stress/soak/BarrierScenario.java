// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import io.github.headway4j.primitives.Barrier;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Parties that come with and without patience, while others reset, abort and interrupt. Every await is accounted for: it
 * was met, and then by all parties of the cycle, or it ended otherwise.
 */
final class BarrierScenario implements Scenario {

    private static final int LONGEST_WAIT_NANOS = 400_000;

    private final int parties;
    private final boolean acting;
    private final Barrier barrier;

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
    }

    @Override
    public String name() {
        return "barrier of " + parties;
    }

    @Override
    public void step(SplittableRandom random) throws InterruptedException {
        switch (random.nextInt(16)) {
            case 0 -> barrier.reset();
            case 1 -> {
                barrier.abort();
                Pause.brief(random);
                barrier.reset();
            }
            default -> await(random);
        }
    }

    private void await(SplittableRandom random) throws InterruptedException {
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
        Scenario.expect(who + ", parties waiting", 0, barrier.waiting());
        Scenario.expect(who + ", broken", 0, barrier.isBroken() ? 1 : 0);
        for (int i = 0; i < parties; i++) {
            Scenario.expect(who + ", cycles met by the party with index " + i, cycles.sum(), met[i].sum());
        }
        if (acting && actions.sum() < cycles.sum()) {
            throw new AssertionError(who + ": " + actions.sum() + " actions in " + cycles.sum() + " cycles");
        }
    }
}
