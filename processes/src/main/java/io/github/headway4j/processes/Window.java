// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Who may run which of the tasks that have been sent to a worker ahead of time: a table in memory that the pool and the
 * worker share, with a word for each task. It survives the death of either.
 */
final class Window {
    /*
     * Model. Tasks sent to one worker are numbered 0, 1, 2 ... Task n has the word n mod SLOTS:
     *
     *   pool:    offer(n)     word = OFFERED(n)                               before the task is put into the ring
     *   worker:  begin(n)     moment = now; compareAndSet(OFFERED(n), BEGUN(n))  before the task is looked at
     *   pool:    withdraw(n)  compareAndSet(OFFERED(n), WITHDRAWN(n))
     *
     * So of begin and withdraw exactly one succeeds, at most once, whatever the timing and whoever dies in between: a
     * task that was withdrawn will never run there, and can be given to another worker; one that cannot be withdrawn
     * has begun.
     *
     * Why not simpler. Without the table, a task that was sent could never be taken back: it would wait behind a long
     * one while other workers are idle, could not be cancelled, and after the worker's death nobody could tell whether
     * it has run. With a single word (how many have begun, how many are allowed), only the last tasks could be taken
     * back, and their numbers would not be free before the worker has seen that.
     *
     * A worker runs one task after the other, and its result is in shared memory before it begins the next one. So
     * after its death at most one task has begun and has no result: the one it died of.
     *
     * Numbers. A word holds the number too, and numbers are not used again. The pool offers n + SLOTS only when task n
     * is over or was withdrawn. A worker that comes to a message of a task that was withdrawn long ago finds a later
     * number in its word, or WITHDRAWN, and leaves the task out.
     *
     * The moment, a word of its own, is of System.nanoTime, which is the same for all processes of a machine. It is
     * written before the compareAndSet: whoever sees that a task was the last to begin reads the moment of this one, or
     * of a later one, but of no earlier one.
     *
     * Access modes. offer is a release write: the worker reads it after it has acquired the ring's end, which is
     * written later. begin and withdraw are volatile. The moment is written plainly, before the volatile begin.
     *
     * Linearization points: the compareAndSet.
     */

    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int OFFERED = 1;
    private static final int BEGUN = 2;
    private static final int WITHDRAWN = 3;
    private static final int STATE_BITS = 2;

    /** The moment has a cache line of its own. */
    private static final int MOMENT_BYTES = 128;

    private final ByteBuffer memory;
    private final int offset;
    private final int slots;

    /**
     * A window in shared memory.
     *
     * @param memory the memory, zero at the beginning
     * @param offset where the table begins, a multiple of eight
     * @param slots how many tasks it is for, a power of two
     */
    Window(ByteBuffer memory, int offset, int slots) {
        if (Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("slots: " + slots + "; expected a power of two");
        }
        this.memory = memory;
        this.offset = offset;
        this.slots = slots;
    }

    /** How many bytes a window takes. */
    static int bytes(int slots) {
        return slots * Long.BYTES + MOMENT_BYTES;
    }

    /** How many numbers may be in use at the same time. */
    int slots() {
        return slots;
    }

    /** By the pool: the task may be begun. */
    void offer(long number) {
        WORD.setRelease(memory, index(number), word(number, OFFERED));
    }

    /** By the worker: whether it is to run the task. */
    boolean begin(long number) {
        WORD.set(memory, momentIndex(), System.nanoTime());
        return WORD.compareAndSet(memory, index(number), word(number, OFFERED), word(number, BEGUN));
    }

    /** By the pool: whether the task has not begun, and never will. */
    boolean withdraw(long number) {
        return WORD.compareAndSet(memory, index(number), word(number, OFFERED), word(number, WITHDRAWN));
    }

    /** By the pool: whether the worker has begun the task. */
    boolean hasBegun(long number) {
        return (long) WORD.getVolatile(memory, index(number)) == word(number, BEGUN);
    }

    /** By the pool: when the worker began the task of which it is known that it was the last. */
    long lastBegunAt() {
        return (long) WORD.getVolatile(memory, momentIndex());
    }

    private int momentIndex() {
        return offset + slots * Long.BYTES + MOMENT_BYTES / 2;
    }

    private int index(long number) {
        return offset + ((int) number & (slots - 1)) * Long.BYTES;
    }

    private static long word(long number, int state) {
        return number << STATE_BITS | state;
    }
}
