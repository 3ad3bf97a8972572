// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The words of a lock in shared memory: the holder, then the one that asks. */
final class MappedLockWords extends LockWords {

    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Mapping memory;
    private final ByteBuffer data;
    private final int holder;
    private final int asking;

    MappedLockWords(Mapping mapping, int offset) {
        this.memory = mapping;
        this.data = mapping.data;
        this.holder = offset;
        this.asking = offset + Long.BYTES;
    }

    @Override
    void begin() {
        memory.begin();
    }

    @Override
    void end() {
        memory.end();
    }

    @Override
    long holder() {
        return (long) WORD.getVolatile(data, holder);
    }

    @Override
    boolean casHolder(long expected, long next) {
        return WORD.compareAndSet(data, holder, expected, next);
    }

    @Override
    void clearHolder() {
        WORD.setVolatile(data, holder, ProcessIdentity.NONE);
    }

    @Override
    long asking() {
        return (long) WORD.getVolatile(data, asking);
    }

    @Override
    boolean casAsking(long expected, long next) {
        return WORD.compareAndSet(data, asking, expected, next);
    }

    @Override
    String place() {
        return memory.name + "+" + holder;
    }
}
