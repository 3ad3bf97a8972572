// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The blocking matrix of {@link SharedEvent}. */
class SharedEventContractTest extends BlockingContract {

    @Override
    protected List<BlockingOperation<?>> operations() {
        BlockingSubject<SharedEvent> event = BlockingSubject.of(SharedEventContractTest::set)
                .busy(SharedEvent::clear)
                .free(SharedEvent::set)
                .state(SharedEvent::isSet)
                .keepsFree()
                .blocker(e -> e)
                .disposedBy(SharedEvent::close);
        return List.of(
                event.interruptible("await()", SharedEvent::await),
                event.uninterruptible("awaitUninterruptibly()", SharedEvent::awaitUninterruptibly),
                event.timed("await(Duration)", SharedEvent::await));
    }

    @Override
    protected int casesPerThreadKind() {
        return 6 + 5 + 25;
    }

    private static SharedEvent set() {
        try {
            SharedEvent event = SharedEvent.create();
            event.set();
            return event;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
