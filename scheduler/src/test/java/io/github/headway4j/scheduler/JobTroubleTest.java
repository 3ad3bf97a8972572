// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.headway4j.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Jobs by a clock that fails at bad moments: no run is lost, no job is stuck. */
class JobTroubleTest {

    private static final Runnable NOTHING = () -> {};
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A clock that throws when a condition holds. */
    private static final class Failing extends WrappedTime {
        private final SettableTime time;
        private volatile BooleanSupplier fails = () -> false;

        Failing(SettableTime time) {
            super(time);
            this.time = time;
        }

        private void check() {
            if (fails.getAsBoolean()) {
                throw new IllegalStateException("no clock");
            }
        }

        @Override
        public long nanoTime() {
            check();
            return super.nanoTime();
        }

        @Override
        public Instant instant() {
            check();
            return super.instant();
        }
    }

    @Test
    void clockThatFailsAfterARun_leavesTheJobAsAnyThatHasRun() {
        Failing clock = new Failing(new SettableTime());
        JobSchedule schedule = new JobSchedule(ScheduleOptions.defaults().time(clock));
        Job breaking = schedule.every().minute().run(() -> {
            clock.fails = () -> true;
        });
        Job other = schedule.every().minute().run(NOTHING);
        clock.time.advance(MINUTE);
        assertThatIllegalStateException().isThrownBy(schedule::runPending).withMessage("no clock");
        clock.fails = () -> false;
        assertThat(schedule.stats().running()).isZero();
        assertThat(breaking.runs()).isEqualTo(1);
        clock.time.advance(MINUTE);
        assertThatIllegalStateException().isThrownBy(schedule::runPending);
        clock.fails = () -> false;
        assertThat(breaking.runs()).isEqualTo(2);
        assertThat(breaking.skipped()).isZero();
        assertThat(other.runs()).isEqualTo(1);
    }

    @Test
    void clockThatFailsWhenARunBegins_makesItOneThatTookNoTime() {
        Failing clock = new Failing(new SettableTime());
        List<Duration> took = new ArrayList<>();
        JobSchedule schedule =
                new JobSchedule(ScheduleOptions.defaults().time(clock).listener(new JobListener() {
                    @Override
                    public void ran(Job job, Duration lateBy, Duration time, @Nullable Throwable failure) {
                        took.add(time);
                    }
                }));
        schedule.every().minute().run(() -> {
            clock.fails = () -> false;
        });
        clock.time.advance(MINUTE);
        StackWalker stack = StackWalker.getInstance();
        clock.fails = () -> stack.walk(
                frames -> frames.anyMatch(frame -> frame.getMethodName().equals("perform")));
        assertThatIllegalStateException().isThrownBy(schedule::runPending).withMessage("no clock");
        assertThat(took).containsExactly(Duration.ZERO);
    }

    @Test
    void runThatTimersFailToTake_isMadeAtOnce_andTheFailureReported() {
        Failing clock = new Failing(new SettableTime());
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        StackWalker stack = StackWalker.getInstance();
        clock.fails = () -> stack.walk(frames -> frames.anyMatch(frame -> {
            return frame.getClassName().endsWith("BackgroundRuns")
                    && frame.getMethodName().equals("handOver");
        }));
        try (Timers timers = new Timers(
                        TimerOptions.defaults().time(clock).onFailure((look, thrown) -> failures.add(thrown)));
                JobSchedule schedule =
                        new JobSchedule(ScheduleOptions.defaults().time(clock).clockCheck(Duration.ofHours(1)))) {
            schedule.start(timers);
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                jobs.add(schedule.every().minute().run(NOTHING));
            }
            for (int i = 1; i <= 2; i++) {
                int runs = i;
                clock.time.advance(MINUTE);
                Await.until("both jobs", () -> jobs.stream().allMatch(job -> job.runs() == runs));
                Await.until("the report", () -> failures.size() == runs);
            }
        }
        assertThat(failures).allSatisfy(failure -> assertThat(failure).hasMessage("no clock"));
    }
}
