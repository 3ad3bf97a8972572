// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a {@link Pipe} as one process has it: the table of those who have the ends, and a ring for each direction.
 * The two ends that come with the pipe share one of these, an end that has arrived from another process has its own.
 */
final class PipeCore {
    /*
     * Layout. The table; then for each direction a ring; the one towards the first end is always there.
     *
     * End of life. Whoever closes the last object of an end closes both rings: those at the other end can receive what
     * is in theirs, and send no more. Whoever closes the last object of all removes the memory. The process that made
     * the pipe removes it before if both of its own ends are closed and none is on its way: nobody could open it again
     * then, but those who have it go on.
     */

    /** The bytes for messages in each direction: at a million small messages a second, more than 1 ms of them. */
    private static final int DATA = 1 << 18;

    private static final int RINGS = (PipeTable.BYTES + 127) / 128 * 128;

    final SharedMemory memory;
    final PipeTable table;
    final Annex annex;
    private final boolean creator;
    private final @Nullable RingMemory[] rings = new @Nullable RingMemory[2];

    /** Held by an end that leaves: the last one gives the memory back, which the others must not need any more. */
    private final ReentrantLock leaving = new ReentrantLock();

    /** How many ends use this. Guarded by leaving. */
    private int users;

    private PipeCore(SharedMemory memory, boolean creator) throws IOException {
        this.memory = memory;
        this.creator = creator;
        this.table = new PipeTable(memory);
        this.annex = new Annex(PrivateFiles.directory().resolve(memory.name()));
        this.users = creator ? 2 : 1;
    }

    /** Makes the memory of a pipe. */
    static PipeCore create(boolean duplex) throws IOException {
        SharedMemory memory = SharedMemory.create(RINGS + (duplex ? 2L : 1L) * RingMemory.bytes(DATA));
        boolean made = false;
        try {
            PipeCore core = new PipeCore(memory, true);
            for (int i = 0; i < (duplex ? 2 : 1); i++) {
                core.rings[i] = RingMemory.format(memory, ring(i), DATA, DATA, false);
            }
            made = true;
            return core;
        } finally {
            if (!made) {
                memory.close();
            }
        }
    }

    /** The pipe in memory that has been opened. */
    static PipeCore at(SharedMemory memory) throws IOException {
        PipeCore core = new PipeCore(memory, false);
        core.rings[0] = RingMemory.at(memory, ring(0));
        if (memory.size() > ring(1)) {
            core.rings[1] = RingMemory.at(memory, ring(1));
        }
        return core;
    }

    private static int ring(int index) {
        return RINGS + index * RingMemory.bytes(DATA);
    }

    /** The ring from which the end receives; null if it only sends. */
    @Nullable
    RingMemory incoming(int end) {
        return rings[end];
    }

    /** The ring into which the end sends; null if it only receives. */
    @Nullable
    RingMemory outgoing(int end) {
        return rings[1 - end];
    }

    /** Closes both directions: one of the ends is not open any more. */
    void closeRings() {
        for (RingMemory ring : rings) {
            if (ring != null) {
                ring.close();
            }
        }
    }

    /** An end that uses this is closed. */
    void leave(int end, int place) {
        leaving.lock();
        try {
            leaveLocked(end, place);
        } finally {
            leaving.unlock();
        }
    }

    private void leaveLocked(int end, int place) {
        if (table.leave(end, place)) {
            closeRings();
        }
        boolean over = !table.isOpen(0) && !table.isOpen(1);
        if (over) {
            unlink();
            annex.deleteAll();
        }
        users--;
        if (users == 0 && (over || !creator || !table.isTravelling())) {
            memory.close(); // else the memory is merely forgotten: an end that is on its way can still open it
        }
    }

    private void unlink() {
        try {
            memory.unlink();
        } catch (NoSuchFileException removed) {
            // by the process that made it
        } catch (IOException e) {
            // goes with that process
        }
    }

    /** Nobody has seen this pipe. */
    void discard() {
        memory.close();
    }
}
