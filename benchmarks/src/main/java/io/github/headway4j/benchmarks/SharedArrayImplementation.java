// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import io.github.headway4j.processes.ChildProcess;
import io.github.headway4j.processes.LongArray;
import io.github.headway4j.processes.SerializableRunnable;
import io.github.headway4j.processes.SharedMemory;
import java.io.IOException;

/** What can give an array to somebody who copies it for himself and gives the copy back. */
public enum SharedArrayImplementation {
    /** Into shared memory, out of it and back into it by a child, and out of it again. */
    HEADWAY {
        @Override
        Echo start(int longs) throws IOException, InterruptedException {
            SharedMemory memory = SharedMemory.create((long) (longs + CONTROL) * Long.BYTES);
            LongArray turns = memory.longs(0, CONTROL);
            LongArray data = memory.longs((long) CONTROL * Long.BYTES, longs);
            ChildProcess child = ChildProcess.start(new CopyingChild(memory, longs));
            return new Echo() {
                private long turn;

                @Override
                public void send(long[] there, long[] back) {
                    data.copyFrom(there);
                    turns.setRelease(ASKED, ++turn);
                    await(turns, ANSWERED, turn);
                    data.copyTo(back);
                }

                @Override
                public void close() throws InterruptedException {
                    turns.setRelease(ASKED, OVER);
                    child.join();
                    memory.close();
                }
            };
        }
    },
    /** The same number of bytes from array to array by one thread, as fast as memory is. */
    MEMORY_COPY {
        @Override
        Echo start(int longs) {
            long[] shared = new long[longs];
            long[] child = new long[longs];
            return (there, back) -> {
                System.arraycopy(there, 0, shared, 0, longs);
                System.arraycopy(shared, 0, child, 0, longs);
                System.arraycopy(child, 0, shared, 0, longs);
                System.arraycopy(shared, 0, back, 0, longs);
            };
        }
    };

    /** So many elements at the beginning, on a page of their own, say whose turn it is. */
    private static final int CONTROL = 512;

    private static final int ASKED = 0;
    private static final int ANSWERED = 64;
    private static final long OVER = -1;

    /** Somebody who sends arrays back. */
    interface Echo extends AutoCloseable {
        void send(long[] there, long[] back);

        @Override
        default void close() throws InterruptedException {}
    }

    /** What the child does until it is over. */
    private record CopyingChild(SharedMemory memory, int longs) implements SerializableRunnable {
        @Override
        public void run() {
            LongArray turns = memory.longs(0, CONTROL);
            LongArray data = memory.longs((long) CONTROL * Long.BYTES, longs);
            long[] own = new long[longs];
            for (long turn = 1; await(turns, ASKED, turn); turn++) {
                data.copyTo(own);
                data.copyFrom(own);
                turns.setRelease(ANSWERED, turn);
            }
        }
    }

    /** Waits for a number; false if it is over. What is measured are copies, so nobody naps. */
    private static boolean await(LongArray turns, int index, long turn) {
        long now = turns.getAcquire(index);
        while (now != turn && now != OVER) {
            Thread.yield();
            now = turns.getAcquire(index);
        }
        return now == turn;
    }

    abstract Echo start(int longs) throws IOException, InterruptedException;
}
