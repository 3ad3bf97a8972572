// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is put off until the lock of a pool is free. */
class AfterwardsTest {

    /** A task that says its name when its outcome is told, and may throw something then. */
    private static final class Told extends RemoteTask {
        private final String name;
        private final List<String> said;
        private final boolean fails;

        Told(String name, List<String> said, boolean fails) {
            super(PoolMessage.CALL, new byte[0], 0L, null);
            this.name = name;
            this.said = said;
            this.fails = fails;
        }

        @Override
        void settled(RemoteOutcome outcome) {
            said.add(name);
            if (fails) {
                throw new OutOfMemoryError("pretended by " + name);
            }
        }
    }

    @Test
    void outcomes_areUnderWay_untilTheyAreTold() {
        Delivery delivery = new Delivery("test");
        List<Boolean> quiet = new ArrayList<>();
        Afterwards after = new Afterwards(delivery);
        Afterwards nothing = new Afterwards(delivery);
        after.add(() -> quiet.add(delivery.isQuiet()));
        assertThat(delivery.isQuiet()).isTrue();
        after.settle(new Told("first", new ArrayList<>(), true), RemoteOutcome.cancelled("for the test"));
        after.settle(new Told("second", new ArrayList<>(), false), RemoteOutcome.cancelled("for the test"));
        nothing.run();
        assertThat(delivery.isQuiet()).isFalse();
        quietly(after);
        assertThat(quiet).containsExactly(false);
        assertThat(delivery.isQuiet()).isTrue();
    }

    /** What is thrown there is of no interest. */
    private static void quietly(Afterwards after) {
        Thread thread = Thread.currentThread();
        thread.setUncaughtExceptionHandler((where, failure) -> {});
        try {
            after.run();
        } finally {
            thread.setUncaughtExceptionHandler(null);
        }
    }

    @Test
    void whatFails_keepsNothingElseFromBeingDone() {
        List<String> said = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Thread thread = Thread.currentThread();
        thread.setUncaughtExceptionHandler((where, failure) -> failures.add(failure.getMessage()));
        try {
            Afterwards after = new Afterwards(new Delivery("test"));
            after.add(() -> {
                throw new IllegalStateException("the first bell");
            });
            after.add(() -> said.add("the second bell"));
            after.settle(new Told("first", said, true), RemoteOutcome.cancelled("for the test"));
            after.settle(new Told("second", said, false), RemoteOutcome.cancelled("for the test"));
            after.run();
        } finally {
            thread.setUncaughtExceptionHandler(null);
        }
        assertThat(said).containsExactly("the second bell", "first", "second");
        assertThat(failures).containsExactly("the first bell", "pretended by first");
    }
}
