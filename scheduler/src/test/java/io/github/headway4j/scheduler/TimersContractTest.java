// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import io.github.headway4j.primitives.Event;
import io.github.headway4j.testing.Await;
import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.time.Duration;
import java.util.List;

/** What blocks in {@link Timers}: waiting for the end of an action, and closing. */
class TimersContractTest extends BlockingContract {

    private static final Duration HOUR = Duration.ofHours(1);

    /** An action that is over, or will not be for an hour. */
    private static final class Ending {
        private final Timers timers = new Timers(TimerOptions.defaults().time(new VirtualTime()));
        private Timeout timeout = timers.schedule(HOUR, () -> {});

        Ending() {
            end();
        }

        void begin() {
            timeout = timers.schedule(HOUR, () -> {});
        }

        void end() {
            timeout.cancel();
        }

        Object state() {
            return List.of(timeout.isDone(), timers.core.endsWaitedFor());
        }
    }

    /** Timers that have nothing to do, or an action under way that ends when it is told to, and not before. */
    private static final class Closing {
        private final Timers timers = new Timers(TimerOptions.defaults().closeLimit(HOUR));
        private final Event end = new Event();

        void begin() {
            timers.schedule(Duration.ZERO, end::awaitUninterruptibly);
            Await.until("the action to begin", () -> running() == 1);
        }

        int running() {
            return timers.stats().running();
        }

        void dispose() {
            end.set();
            timers.close();
        }
    }

    private final BlockingSubject<Ending> ending = BlockingSubject.of(Ending::new)
            .busy(Ending::begin)
            .free(Ending::end)
            .state(Ending::state)
            .blocker(fixture -> fixture.timeout)
            .keepsFree();

    private final BlockingSubject<Closing> closing = BlockingSubject.of(Closing::new)
            .busy(Closing::begin)
            .free(fixture -> fixture.end.set())
            .state(Closing::running)
            .blocker(fixture -> fixture.timers)
            .disposedBy(Closing::dispose)
            .keepsFree();

    @Override
    protected List<BlockingOperation<?>> operations() {
        return List.of(
                ending.interruptible("await()", fixture -> fixture.timeout.await()),
                ending.timed("await(Duration)", (fixture, timeout) -> fixture.timeout.await(timeout)),
                ending.uninterruptible("awaitUninterruptibly()", fixture -> fixture.timeout.awaitUninterruptibly()),
                ending.trying("isDone()", fixture -> fixture.timeout.isDone()),
                closing.uninterruptible("close()", fixture -> fixture.timers.close()),
                closing.uninterruptible("close(Duration)", fixture -> fixture.timers.close(HOUR)));
    }

    @Override
    protected int casesPerThreadKind() {
        return 6 + 25 + 5 + 4 + 5 + 5;
    }
}
