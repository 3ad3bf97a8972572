// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.synchronization.philosophers;

/** The five at the round table. Between each two of them lies one fork; the forks are numbered from 0. */
public enum Philosopher {
    /** Sits between forks 0 and 1. */
    KANT("Kant"),
    /** Sits between forks 1 and 2. */
    ARISTOTLE("Aristotle"),
    /** Sits between forks 2 and 3. */
    SPINOZA("Spinoza"),
    /** Sits between forks 3 and 4. */
    MARX("Marx"),
    /** Sits between forks 4 and 0. */
    RUSSELL("Russell");

    private final String title;

    Philosopher(String title) {
        this.title = title;
    }

    /** {@return the number of the fork on the left} */
    public int leftFork() {
        return ordinal();
    }

    /** {@return the number of the fork on the right, which is the left one of the next philosopher} */
    public int rightFork() {
        return (ordinal() + 1) % values().length;
    }

    @Override
    public String toString() {
        return title;
    }
}
