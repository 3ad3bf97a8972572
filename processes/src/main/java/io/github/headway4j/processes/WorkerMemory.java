// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a pool and one of its workers share: a ring of messages each way, and the window of the tasks sent ahead. */
final class WorkerMemory implements AutoCloseable {

    /** The most tasks that are sent ahead; more does not make trivial tasks faster. */
    private static final int SLOTS = 1024;

    private static final int CAPACITY = 1 << 19;

    private static final int DOWN = 0;
    private static final int UP = DOWN + MessageRing.COUNTERS;
    private static final int WINDOW = 1024;
    private static final int DATA = 4096 + SLOTS * Long.BYTES;
    private static final long BYTES = DATA + 2L * CAPACITY;

    /** Tasks, from the pool to the worker. */
    final MessageRing down;

    /** Results, from the worker to the pool. */
    final MessageRing up;

    final Window window;

    private final SharedMemory memory;

    private WorkerMemory(SharedMemory memory) {
        this.memory = memory;
        ByteBuffer buffer = memory.buffer();
        down = new MessageRing(buffer, DOWN, DATA, CAPACITY);
        up = new MessageRing(buffer, UP, DATA + CAPACITY, CAPACITY);
        window = new Window(buffer, WINDOW, SLOTS);
    }

    /** New memory, by the pool. */
    static WorkerMemory create() throws IOException {
        return new WorkerMemory(SharedMemory.create(BYTES));
    }

    /** The memory of that name, by the worker. */
    static WorkerMemory open(String name) throws IOException {
        return new WorkerMemory(SharedMemory.open(name));
    }

    String name() {
        return memory.name();
    }

    /** By the pool, once the worker has opened it: nothing is left of it, however both end. */
    void unlink() {
        try {
            memory.unlink();
        } catch (IOException e) {
            // Somebody else has. To close it tries again.
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
