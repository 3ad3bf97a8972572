// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import io.github.headway4j.primitives.WaitQueue;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Two ends, each of which receives what is sent into the other: Python's {@code multiprocessing.Pipe}. Use it for a
 * conversation of two processes; to spread work over several, take a {@link ProcessQueue}.
 *
 * <pre>{@code
 * try (Pipe pipe = Pipe.open()) {
 *     PipeEnd there = pipe.second();
 *     try (ChildProcess child = ChildProcess.start(() -> answer(there))) {
 *         there.close(); // the child has its own
 *         pipe.first().send("how are you?");
 *         System.out.println(pipe.first().receive());
 *     }
 * }
 * }</pre>
 *
 * <p>This object is nothing but the two ends as this process has them; what is sent to other processes is an end. The
 * rules are told at {@link PipeEnd}.
 *
 * @since 0.1
 */
public final class Pipe implements AutoCloseable {

    private final PipeEnd first;
    private final PipeEnd second;

    private Pipe(PipeEnd first, PipeEnd second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Makes a pipe for both directions.
     *
     * @return the pipe
     * @throws IOException if there is no room for its memory
     */
    public static Pipe open() throws IOException {
        return make(true);
    }

    /**
     * Makes a pipe for one direction: what is sent into the {@linkplain #second() second} end is received at the
     * {@linkplain #first() first}.
     *
     * @return the pipe
     * @throws IOException if there is no room for its memory
     */
    public static Pipe oneWay() throws IOException {
        return make(false);
    }

    private static Pipe make(boolean duplex) throws IOException {
        PipeCore core = PipeCore.create(duplex);
        boolean made = false;
        try {
            Pipe pipe = new Pipe(PipeEnd.of(core, 0), PipeEnd.of(core, 1));
            made = true;
            return pipe;
        } finally {
            if (!made) {
                core.discard();
            }
        }
    }

    /**
     * The first end; that of a one-way pipe only receives.
     *
     * @return the end
     */
    public PipeEnd first() {
        return first;
    }

    /**
     * The second end; that of a one-way pipe only sends.
     *
     * @return the end
     */
    public PipeEnd second() {
        return second;
    }

    /**
     * Waits until at least one of the ends has a message, or has no peer any more: Python's {@code connection.wait}.
     * Another thread or process that receives at the same end may have taken the message by the time it is asked for.
     *
     * @param ends the ends, of any pipes
     * @param timeout the longest wait; zero or negative means to look once
     * @return the ends at which {@code receive} would not wait, in the order of the collection; none if the time ran out
     * @throws InterruptedException if the thread is interrupted, also when it already was on entry
     * @throws ClosedChannelException if one of the ends is, or is meanwhile, closed
     * @throws java.nio.channels.NonReadableChannelException if one of the ends only sends
     */
    public static List<PipeEnd> waitAny(Collection<PipeEnd> ends, Duration timeout)
            throws InterruptedException, ClosedChannelException {
        List<PipeEnd> all = List.copyOf(ends);
        for (PipeEnd end : all) {
            end.checkReadable();
        }
        List<PipeEnd> ready = new ArrayList<>();
        SharedWait.until(() -> anyReady(all, ready), all, WaitQueue.saturatedNanos(timeout));
        for (PipeEnd end : ready) {
            end.checkReadable();
        }
        return ready;
    }

    private static boolean anyReady(List<PipeEnd> ends, List<PipeEnd> ready) {
        for (PipeEnd end : ends) {
            if (end.isReady()) {
                ready.add(end);
            }
        }
        return !ready.isEmpty();
    }

    /** Closes both ends as this process has them. */
    @Override
    public void close() {
        try {
            first.close();
        } finally {
            second.close();
        }
    }

    /** Both ends, in one line. */
    @Override
    public String toString() {
        return "Pipe[" + first + ", " + second + "]";
    }
}
