// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A worker process of a pool, from the inside: takes tasks from the ring, runs them, and puts results into the other.
 */
final class PoolServer implements ChildEntry {
    /*
     * Model. The main thread runs everything. For each task: begin it in the window, or leave it out; read it; run it;
     * write the outcome; put that into the ring, and make it visible, before the next one.
     *
     * The thread of the parent's link hears the bell, and wakes the main thread. The main thread tells in the ring that
     * it sleeps before it does, and looks once more then.
     *
     * Nothing that a task does ends the loop: whatever is thrown within one, in reading, running or writing, becomes
     * its failure. An interrupt that it leaves behind is cleared, and the context class loader is set back. If the main
     * thread ends all the same, as memory has run out, so does the process, whatever threads a task has left.
     */

    private static final ByteBuffer BELL = ByteBuffer.allocate(0);
    private static final byte[] EMPTY = {};

    /** Results longer than this go in parts. */
    private static final int PART = 1 << 16;

    private static final long FIRST_NAP_NANOS = 20_000L;
    private static final long LONGEST_NAP_NANOS = 1_000_000L;

    private final Thread main = Thread.currentThread();
    private final WireBuffer answer = new WireBuffer();
    private volatile boolean rung;

    @Override
    public void run(ByteBuffer first, ParentLink parent) {
        WireBuffer in = WireBuffer.wrap(first.array(), first.arrayOffset() + first.position(), first.remaining());
        try (WorkerMemory memory = WorkerMemory.open(in.readString())) {
            main.setName(in.readString());
            parent.listen(frame -> {
                rung = true;
                LockSupport.unpark(main);
            });
            Throwable failure = initialize(in);
            if (failure == null) {
                put(memory, parent, PoolMessage.READY, 0L, EMPTY, 0);
                serve(memory, parent);
            } else {
                RemoteFailure.write(RemoteFailure.RUNNING, failure, null, answer);
                put(memory, parent, PoolMessage.NOT_READY, 0L, answer.array(), answer.end());
            }
        } catch (Throwable broken) {
            Uncaught.report(broken);
        } finally {
            parent.closeUp(); // the pool sees the end, however long a hook takes
            System.exit(1);
        }
    }

    private static @Nullable Throwable initialize(WireBuffer in) throws IOException {
        if (in.readByte() == 0) {
            return null;
        }
        try {
            SerializableRunnable initializer = (SerializableRunnable) Wire.read(in, null);
            if (initializer != null) {
                initializer.run();
            }
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }

    /** Runs until the process is ended by the parent's link. */
    private void serve(WorkerMemory memory, ParentLink parent) throws IOException {
        MessageRing down = memory.down;
        TaskRunner runner = new TaskRunner();
        WireBuffer parts = new WireBuffer();
        while (true) {
            if (!down.take()) {
                sleep(down);
                continue;
            }
            int type = down.type();
            long number = down.number();
            boolean runs = type > PoolMessage.CHUNK || memory.window.begin(number);
            if (type == PoolMessage.PART || runs) {
                down.copyTo(parts);
            }
            down.release();
            if (down.isAskedForRoom()) {
                put(memory, parent, PoolMessage.ROOM, 0L, EMPTY, 0);
            }
            if (type != PoolMessage.PART) {
                if (runs && runner.run(type, number, parts, answer)) {
                    put(memory, parent, runner.answerType(), number, answer.array(), answer.end());
                }
                parts.clear();
            }
        }
    }

    private void sleep(MessageRing down) throws IOException {
        rung = false;
        if (down.maySleep()) {
            while (!rung) {
                LockSupport.park(this);
                Thread.interrupted();
            }
        }
    }

    /** Puts a message into the ring up, in parts if it is long, and rings the bell if the pool sleeps. */
    private static void put(WorkerMemory memory, ParentLink parent, int type, long number, byte[] bytes, int length)
            throws IOException {
        int from = 0;
        while (length - from > PART) {
            putPart(memory, parent, PoolMessage.PART, number, bytes, from, PART);
            from += PART;
        }
        putPart(memory, parent, type, number, bytes, from, length - from);
    }

    private static void putPart(
            WorkerMemory memory, ParentLink parent, int type, long number, byte[] bytes, int from, int length)
            throws IOException {
        long nap = FIRST_NAP_NANOS;
        while (!memory.up.put(type, number, bytes, from, length)) {
            ring(memory, parent);
            LockSupport.parkNanos(memory, nap);
            Thread.interrupted();
            nap = Math.min(LONGEST_NAP_NANOS, 2L * nap);
        }
        ring(memory, parent);
    }

    private static void ring(WorkerMemory memory, ParentLink parent) throws IOException {
        memory.up.publish();
        if (memory.up.isToBeWoken()) {
            parent.up().send(BELL.duplicate());
        }
    }
}
