// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.headway4j.testing.BlockingContract;
import io.github.headway4j.testing.BlockingOperation;
import io.github.headway4j.testing.BlockingSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** The blocking matrix of {@link PipeEnd} and of {@link Pipe#waitAny}. */
class PipeContractTest extends BlockingContract {

    private static final byte[] MESSAGE = new byte[30_000];

    @Override
    protected List<BlockingOperation<?>> operations() {
        List<BlockingOperation<?>> operations = new ArrayList<>();

        BlockingSubject<Pipe> message = BlockingSubject.of(() -> pipe(1))
                .busy(PipeContractTest::take)
                .free(pipe -> put(pipe, "a"))
                .state(pipe -> pipe.first().incoming().size())
                .blocker(Pipe::first)
                .closedBy(pipe -> pipe.first().close(), ClosedChannelException.class)
                .disposedBy(Pipe::close);
        operations.add(message.interruptible("receive()", pipe -> pipe.first().receive()));
        operations.add(message.timed("receive(Duration)", (pipe, time) -> {
            try {
                pipe.first().receive(time);
                return true;
            } catch (TimeoutException refused) {
                return false;
            }
        }));

        BlockingSubject<Pipe> bytes = BlockingSubject.of(() -> pipe(1))
                .busy(PipeContractTest::take)
                .free(pipe -> put(pipe, new byte[3]))
                .state(pipe -> pipe.first().incoming().size())
                .blocker(Pipe::first)
                .disposedBy(Pipe::close);
        operations.add(
                bytes.interruptible("receiveBytes()", pipe -> pipe.first().receiveBytes()));

        BlockingSubject<Pipe> room = BlockingSubject.of(() -> pipe(7))
                .busy(pipe -> put(pipe, MESSAGE))
                .free(PipeContractTest::take)
                .state(pipe -> pipe.first().incoming().size())
                .blocker(Pipe::second)
                .closedBy(pipe -> pipe.second().close(), ClosedChannelException.class)
                .disposedBy(Pipe::close);
        operations.add(room.interruptible("send(Object)", pipe -> pipe.second().send(MESSAGE)));
        operations.add(
                room.interruptible("sendBytes(byte[])", pipe -> pipe.second().sendBytes(MESSAGE)));
        operations.add(room.timed(
                "send(Object, Duration)", (pipe, time) -> pipe.second().send(MESSAGE, time)));

        BlockingSubject<Pipe> ready = BlockingSubject.of(() -> pipe(1))
                .busy(PipeContractTest::take)
                .free(pipe -> put(pipe, "a"))
                .state(pipe -> pipe.first().incoming().size())
                .keepsFree()
                .disposedBy(Pipe::close);
        operations.add(
                ready.timed("poll(Duration)", (pipe, time) -> pipe.first().poll(time)));
        operations.add(ready.timed(
                "waitAny(ends, Duration)",
                (pipe, time) -> !Pipe.waitAny(List.of(pipe.first()), time).isEmpty()));
        return operations;
    }

    @Override
    protected int casesPerThreadKind() {
        return (6 + 2) + (25 + 2) + 6 + 2 * (6 + 2) + (25 + 2) + 2 * 25;
    }

    /** Sends, interrupted or not. */
    private static void put(Pipe pipe, Object message) throws IOException {
        assertThat(pipe.second().outgoing().tail().tryPut(WireTest.encoded(message)))
                .isEqualTo(SharedRing.Result.DONE);
    }

    /** Receives, interrupted or not. */
    private static void take(Pipe pipe) throws IOException {
        assertThat(pipe.first().incoming().head().tryTake(new WireBuffer(), null))
                .isEqualTo(SharedRing.Result.DONE);
    }

    /** A pipe with so many messages on their way to the first end: one of them has room for seven and one more. */
    private static Pipe pipe(int messages) {
        try {
            Pipe pipe = Pipe.oneWay();
            for (int i = 0; i < messages; i++) {
                put(pipe, MESSAGE);
            }
            return pipe;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
