// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.util.List;

/** The blocking matrix of {@link Event}. */
class EventContractTest extends BlockingContract {

    @Override
    protected List<BlockingOperation<?>> operations() {
        BlockingSubject<Event> event = BlockingSubject.of(EventContractTest::set)
                .busy(Event::clear)
                .free(Event::set)
                .state(Event::isSet)
                .keepsFree()
                .blocker(e -> e);
        return List.of(
                event.interruptible("await()", Event::await),
                event.uninterruptible("awaitUninterruptibly()", Event::awaitUninterruptibly),
                event.timed("await(Duration)", Event::await));
    }

    @Override
    protected int casesPerThreadKind() {
        return 6 + 5 + 25;
    }

    private static Event set() {
        Event event = new Event();
        event.set();
        return event;
    }
}
