// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.scheduler.EventScheduler;
import io.github.headway4j.scheduler.VirtualTime;
import io.github.headway4j.stress.actors.Bounds;
import io.github.headway4j.stress.actors.Watchdog;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A clock that two threads move, and wait for. */
public final class VirtualTimeStress {

    private static final Duration ONE = Duration.ofNanos(1);

    private VirtualTimeStress() {}

    @JCStressTest
    @Description("A move reaches the thread that sleeps or is about to.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the sleeper went on")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the sleeper slept on: its wake-up was lost")
    @State
    public static class ActualWakeUp {
        private final VirtualTime time = new VirtualTime();
        private final Watchdog watchdog = new Watchdog();

        @Actor
        public void sleeper(I_Result r) {
            watchdog.fallAsleep();
            try {
                time.sleepUntil(1L);
                r.r1 = 1;
            } catch (InterruptedException lost) {
                r.r1 = 0;
            }
            watchdog.wakeUp();
        }

        @Actor
        public void mover() {
            time.advance(ONE);
            watchdog.guard();
        }
    }

    @JCStressTest
    @Description("A sleeper that looks, then enters itself, then sleeps, misses a move in between.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the sleeper went on")
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the sleeper slept to the end: its wake-up was lost")
    @State
    public static class BrokenWakeUp {
        private final ForgetfulRunner sleeper = new ForgetfulRunner();

        @Actor
        public void sleeper(I_Result r) {
            r.r1 = sleeper.run(Bounds.CONTROL_NANOS) ? 1 : 0;
        }

        @Actor
        public void mover() {
            sleeper.change();
        }
    }

    @JCStressTest
    @Description("Actions before a move happen-before actions after another thread has seen the clock there.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "moved, and what was done before is seen")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "looked too early")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "moved, and what was done before is not seen")
    @State
    public static class ActualVisibility {
        private final VirtualTime time = new VirtualTime();
        private int data;

        @Actor
        public void looker(III_Result r) {
            r.r1 = data; // too early: what is read after the look must not be this
            r.r2 = (int) time.nanoTime();
            r.r3 = data;
        }

        @Actor
        public void mover() {
            data = 1;
            time.advance(ONE);
        }
    }

    @JCStressTest
    @Description("A clock in a plain field may be seen to have moved before what was done before.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "moved, and what was done before is seen")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "looked too early")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "moved, and what was done before is not seen")
    @State
    public static class BrokenVisibility {
        private int time;
        private int data;

        @Actor
        public void looker(III_Result r) {
            r.r1 = data;
            r.r2 = time;
            r.r3 = data;
        }

        @Actor
        public void mover() {
            data = 1;
            time = 1;
        }
    }

    @JCStressTest
    @Description("Moves of two threads add up.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both moved it")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "one move was lost")
    @State
    public static class ActualTwoMoves {
        private final VirtualTime time = new VirtualTime();

        @Actor
        public void one() {
            time.advance(ONE);
        }

        @Actor
        public void other() {
            time.advance(ONE);
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = (int) time.nanoTime();
        }
    }

    @JCStressTest
    @Description("A clock that is read and then written loses a move.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both moved it")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "one move was lost")
    @State
    public static class BrokenTwoMoves {
        private volatile int time;

        @Actor
        public void one() {
            move();
        }

        @Actor
        public void other() {
            move();
        }

        private void move() {
            int now = time;
            time = now + 1;
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = time;
        }
    }

    @JCStressTest
    @Description("An event that is entered while the last one before it is run is not forgotten by the clock.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both ran once")
    @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "the clock has forgotten the scheduler")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "something ran twice or not at all")
    @State
    public static class ActualEnterWhileRunning {
        private final VirtualTime time = new VirtualTime();
        private final EventScheduler scheduler = new EventScheduler(time);
        private final AtomicInteger first = new AtomicInteger();
        private final AtomicInteger second = new AtomicInteger();

        public ActualEnterWhileRunning() {
            scheduler.enterAtNanos(1L, 1, first::incrementAndGet);
        }

        @Actor
        public void runner() {
            time.runAll();
        }

        @Actor
        public void enterer() {
            scheduler.enterAtNanos(1L, 1, second::incrementAndGet);
        }

        @Arbiter
        public void arbiter(II_Result r) {
            time.runAll();
            r.r1 = first.get();
            r.r2 = second.get();
        }
    }

    @JCStressTest
    @Description("A clock that is told of the end after the look that found it forgets what came in between.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both ran once")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "the clock has forgotten the scheduler")
    @State
    public static class BrokenEnterWhileRunning {
        private final CarelessAgenda agenda = new CarelessAgenda();
        private int ran;

        @Actor
        public void runner() {
            ran = agenda.runAll();
        }

        @Actor
        public void enterer() {
            agenda.enter();
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = ran + agenda.runAll();
        }
    }
}
