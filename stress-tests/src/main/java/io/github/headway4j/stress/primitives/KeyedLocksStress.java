// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.primitives;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.primitives.KeyedLocks;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Locks by key, by {@link KeyedLocks}. */
@SuppressWarnings("try") // a hold is for its scope, not for use
public final class KeyedLocksStress {

    private static final String KEY = "key";

    private KeyedLocksStress() {}

    @JCStressTest
    @Description(
            "Holders of one key exclude each other, however often its lock comes and goes, and no entry stays behind.")
    @Outcome(id = "4, 0", expect = ACCEPTABLE, desc = "all counted, no entry left")
    @Outcome(id = "[123], .*", expect = FORBIDDEN, desc = "both were inside at once")
    @Outcome(id = "4, 1", expect = FORBIDDEN, desc = "an entry stayed behind")
    @State
    public static class ActualSameKey {
        private final KeyedLocks<String> locks = new KeyedLocks<>();
        private int count;

        @Actor
        public void first() {
            incrementTwice();
        }

        @Actor
        public void second() {
            incrementTwice();
        }

        private void incrementTwice() {
            for (int i = 0; i < 2; i++) {
                try (Held held = locks.hold(KEY)) {
                    count++;
                }
            }
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = count;
            r.r2 = locks.size();
        }
    }

    @JCStressTest
    @Description(
            "Locks by key that look for an entry and add it in two steps, and drop it while somebody waits, let both in.")
    @Outcome(id = "4, 0", expect = ACCEPTABLE, desc = "all counted, no entry left")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "both were inside at once, or an entry stayed behind")
    @State
    public static class BrokenSameKey {
        private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
        private int count;

        @Actor
        public void first() {
            incrementTwice();
        }

        @Actor
        public void second() {
            incrementTwice();
        }

        private void incrementTwice() {
            for (int i = 0; i < 2; i++) {
                ReentrantLock lock = locks.get(KEY);
                if (lock == null) {
                    lock = new ReentrantLock();
                    locks.put(KEY, lock);
                }
                lock.lock();
                try {
                    count++;
                    locks.remove(KEY);
                } finally {
                    lock.unlock();
                }
            }
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = count;
            r.r2 = locks.size();
        }
    }
}
