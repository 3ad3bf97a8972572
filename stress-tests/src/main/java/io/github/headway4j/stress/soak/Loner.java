// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.soak;

import java.util.SplittableRandom;

/** A ring of one: waits without a time-out for what the steps of a scenario take and always give back. */
final class Loner implements Ring {

    /** What it does, again and again. */
    interface Turn {
        void take(SplittableRandom random) throws InterruptedException;
    }

    private final String name;
    private final Turn turn;

    Loner(String name, Turn turn) {
        this.name = name;
        this.turn = turn;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int parties() {
        return 1;
    }

    @Override
    public void turn(int who, SplittableRandom random) throws InterruptedException {
        Pause.rest(random);
        turn.take(random);
    }
}
