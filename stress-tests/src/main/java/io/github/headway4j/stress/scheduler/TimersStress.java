// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.headway4j.scheduler.RepeatingTimeout;
import io.github.headway4j.scheduler.Timeout;
import io.github.headway4j.scheduler.TimerOptions;
import io.github.headway4j.scheduler.Timers;
import io.github.headway4j.scheduler.VirtualTime;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Timeouts that two threads plan, run, cancel, pause and drop. */
public final class TimersStress {

    private static final Duration ONE = Duration.ofNanos(1);

    private TimersStress() {}

    /** Timers without a thread. */
    private static Timers timers(VirtualTime time) {
        return new Timers(TimerOptions.defaults().time(time));
    }

    private static int prevent(Timeout timeout) {
        return timeout.cancel() == Timeout.Cancellation.PREVENTED ? 1 : 0;
    }

    /** The timeout, or null if it was refused. */
    private static @Nullable Timeout schedule(Timers timers) {
        try {
            return timers.schedule(ONE, () -> {});
        } catch (RejectedExecutionException refused) {
            return null;
        }
    }

    // ---- cancelling ----

    @JCStressTest
    @Description("A timeout runs or is prevented, not both, not neither.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "prevented")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "run and prevented")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "lost")
    @State
    public static class ActualRunCancel {
        private final VirtualTime time = new VirtualTime();
        private int ran;
        private final Timeout timeout = timers(time).schedule(ONE, () -> ran = 1);

        @Actor
        public void runner(II_Result r) {
            time.runAll();
            r.r1 = ran;
        }

        @Actor
        public void canceller(II_Result r) {
            r.r2 = prevent(timeout);
        }
    }

    @JCStressTest
    @Description("Who looks whether a timeout is pending, and then ends it, runs what another has prevented.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "run")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "prevented")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "run and prevented")
    @State
    public static class BrokenRunCancel {
        private final CheckThenActEvent timeout = new CheckThenActEvent();

        @Actor
        public void runner(II_Result r) {
            r.r1 = timeout.end();
        }

        @Actor
        public void canceller(II_Result r) {
            r.r2 = timeout.end();
        }
    }

    @JCStressTest
    @Description("Of two who cancel, one prevents.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the other")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "both or none")
    @State
    public static class ActualTwoCancels {
        private final Timeout timeout = timers(new VirtualTime()).schedule(ONE, () -> {});

        @Actor
        public void one(II_Result r) {
            r.r1 = prevent(timeout);
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = prevent(timeout);
        }
    }

    @JCStressTest
    @Description("Of two who look whether a timeout is pending, and then cancel it, both say that they prevented it.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the other")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "both")
    @State
    public static class BrokenTwoCancels {
        private final CheckThenActEvent timeout = new CheckThenActEvent();

        @Actor
        public void one(II_Result r) {
            r.r1 = timeout.end();
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = timeout.end();
        }
    }

    // ---- planning ----

    @JCStressTest
    @Description("Actions before planning happen-before the action.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "run, and what was done before is seen")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = FORBIDDEN, desc = "run, and what was done before is not seen")
    @State
    public static class ActualPublication {
        private final VirtualTime time = new VirtualTime();
        private final Timers timers = timers(time);
        private int data;
        private int ran;
        private int seen;

        @Actor
        public void runner(III_Result r) {
            r.r1 = data; // too early: what the action reads must not be this
            time.runAll();
            r.r2 = ran;
            r.r3 = seen;
        }

        @Actor
        public void planner() {
            data = 1;
            timers.schedule(ONE, this::look);
        }

        private void look() {
            ran = 1;
            seen = data;
        }
    }

    @JCStressTest
    @Description("A timeout in a plain field may be seen before what was done before.")
    @Outcome(id = ".*, 1, 1", expect = ACCEPTABLE, desc = "run, and what was done before is seen")
    @Outcome(id = ".*, 0, .*", expect = ACCEPTABLE, desc = "came too early")
    @Outcome(id = ".*, 1, 0", expect = ACCEPTABLE_INTERESTING, desc = "run, and what was done before is not seen")
    @State
    public static class BrokenPublication {
        private int data;
        private int timeout;

        @Actor
        public void runner(III_Result r) {
            r.r1 = data;
            r.r2 = timeout;
            r.r3 = data;
        }

        @Actor
        public void planner() {
            data = 1;
            timeout = 1;
        }
    }

    @JCStressTest
    @Description("No more are pending than allowed.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the other was refused")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the first was refused")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "one too many")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "refused although nothing was pending")
    @State
    public static class ActualBound {
        private final Timers timers =
                new Timers(TimerOptions.defaults().time(new VirtualTime()).maxPending(1));

        @Actor
        public void one(II_Result r) {
            r.r1 = schedule(timers) == null ? 0 : 1;
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = schedule(timers) == null ? 0 : 1;
        }
    }

    @JCStressTest
    @Description("Who looks how many are pending, and then plans, plans one too many.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the other was refused")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the first was refused")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "one too many")
    @State
    public static class BrokenBound {
        private final CheckThenActTimers timers = new CheckThenActTimers();

        @Actor
        public void one(II_Result r) {
            r.r1 = timers.schedule(1);
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = timers.schedule(1);
        }
    }

    @JCStressTest
    @Description("What is planned while timers are closed is refused or dropped.")
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "planned, and dropped")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 0, .*", expect = FORBIDDEN, desc = "planned, and never over")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "something is pending after the close")
    @State
    public static class ActualScheduleClose {
        private final Timers timers = timers(new VirtualTime());
        private @Nullable Timeout timeout;

        @Actor
        public void planner() {
            timeout = schedule(timers);
        }

        @Actor
        public void closer() {
            timers.close();
        }

        @Arbiter
        public void arbiter(III_Result r) {
            Timeout planned = timeout;
            r.r1 = planned == null ? 0 : 1;
            r.r2 = planned != null && planned.isDone() ? 1 : 0;
            r.r3 = timers.pending();
        }
    }

    @JCStressTest
    @Description("Who looks whether timers are closed, and then plans, is forgotten.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "planned, and dropped")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "planned, and never over")
    @State
    public static class BrokenScheduleClose {
        private final CheckThenActTimers timers = new CheckThenActTimers();
        private int planned;

        @Actor
        public void planner() {
            planned = timers.schedule(1);
        }

        @Actor
        public void closer() {
            timers.close();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r1 = planned;
            r.r2 = timers.pending();
        }
    }

    // ---- series ----

    @JCStressTest
    @Description("Once a series has been paused, it does not begin to run.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "paused before it ran")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "paused after it began")
    @Outcome(id = ".*", expect = FORBIDDEN, desc = "began after the pause")
    @State
    public static class ActualPause {
        private final VirtualTime time = new VirtualTime();
        private final RepeatingTimeout series = timers(time).every(ONE, () -> {});

        @Actor
        public void runner() {
            time.runUntil(1L);
        }

        @Actor
        public void pauser(II_Result r) {
            series.pause();
            r.r1 = (int) series.runs();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            time.runUntil(5L);
            r.r2 = (int) series.runs();
        }
    }

    @JCStressTest
    @Description("Who looks whether a series is paused, and then runs it, runs it after the pause.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "paused before it ran")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "paused after it began")
    @Outcome(id = "0, 1", expect = ACCEPTABLE_INTERESTING, desc = "began after the pause")
    @State
    public static class BrokenPause {
        private final CheckThenActTimers timers = new CheckThenActTimers();

        @Actor
        public void runner() {
            timers.runDue();
        }

        @Actor
        public void pauser(II_Result r) {
            r.r1 = timers.pause();
        }

        @Arbiter
        public void arbiter(II_Result r) {
            r.r2 = timers.runs();
        }
    }

    @JCStressTest
    @Description("A series that is resumed while the clock has run out of things to do is not forgotten.")
    @Outcome(id = "[12]", expect = ACCEPTABLE, desc = "it runs")
    @Outcome(id = "0", expect = FORBIDDEN, desc = "the clock has forgotten the timers")
    @State
    public static class ActualResume {
        private final VirtualTime time = new VirtualTime();
        private final Timers timers = timers(time);
        private final RepeatingTimeout series = timers.every(ONE, () -> {});

        public ActualResume() {
            series.pause();
            timers.schedule(ONE, () -> {});
        }

        @Actor
        public void runner() {
            time.runUntil(1L);
        }

        @Actor
        public void resumer() {
            series.resume();
        }

        @Arbiter
        public void arbiter(I_Result r) {
            long before = series.runs();
            time.runUntil(2L);
            r.r1 = (int) (series.runs() - before);
        }
    }

    @JCStressTest
    @Description("A clock that is told of the end after the look that found it forgets what is resumed in between.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "it runs")
    @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "the clock has forgotten the timers")
    @State
    public static class BrokenResume {
        private final CarelessAgenda agenda = new CarelessAgenda();
        private int ran;

        @Actor
        public void runner() {
            ran = agenda.runAll();
        }

        @Actor
        public void resumer() {
            agenda.enter();
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = ran + agenda.runAll();
        }
    }
}
