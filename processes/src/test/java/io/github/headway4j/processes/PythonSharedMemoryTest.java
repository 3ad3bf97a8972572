// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.primitives.Held;
import io.github.headway4j.testing.Python;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** What Python's {@code multiprocessing.Value}, {@code Array} and {@code shared_memory} do. */
class PythonSharedMemoryTest {

    private static final String NAME = "python-" + ProcessHandle.current().pid();

    @Test
    @Python("M48")
    void values_ofBothTypes_areSetByAChild() throws Exception {
        try (SharedValue whole = SharedValue.create(7);
                SharedValue real = SharedValue.createDouble(3.1416);
                OtherJvm child = OtherJvm.start(talk -> {
                    talk.say(whole.get() + " " + real.getDouble());
                    whole.set(34_234_234_234L);
                    real.setDouble(-7.5);
                })) {
            child.expect("7 3.1416");
            child.expectEnd();
            assertThat(whole.get()).isEqualTo(34_234_234_234L);
            assertThat(real.getDouble()).isEqualTo(-7.5);
            assertThatThrownBy(whole::getDouble).isInstanceOf(IllegalStateException.class);
        }
    }

    /** A value always has its lock; a number without one is an element of an array; a lock of one's own goes with that. */
    @Test
    @Python("M49")
    void locks_ofAValue_ofItsOwn_none_orAnother() throws Exception {
        try (SharedValue value = SharedValue.create(5);
                SharedMemory memory = SharedMemory.create(SharedLock.BYTES + 8)) {
            assertThat(value.lock()).isSameAs(value.lock());
            try (Held held = value.lock().hold()) {
                assertThat(value.get()).isEqualTo(5);
                assertThat(value.lock().isLocked()).isTrue();
            }
            LongArray raw = memory.longs(SharedLock.BYTES, 1);
            SharedLock own = SharedLock.at(memory, 0);
            try (Held held = own.hold()) {
                raw.set(0, 5);
            }
            assertThat(raw.get(0)).isEqualTo(5);
            assertThatThrownBy(() -> SharedLock.at(memory, SharedLock.BYTES + 8))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @Python("M50")
    void array_isZeroAtFirst_andIsSummedUpByAChild() throws Exception {
        int size = 10;
        for (int i = 0; i < 3; i++) {
            try (SharedMemory memory = SharedMemory.create(8L * size)) {
                assertThat(memory.longs().toArray()).containsOnly(0L).hasSize(size);
                memory.longs().copyFrom(new long[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}); // dirty for the next one
            }
        }
        try (SharedMemory memory = SharedMemory.create(8L * size)) {
            LongArray numbers = memory.longs();
            long[] start = {680, 626, 934, 821, 150, 233, 548, 982, 714, 831};
            numbers.copyFrom(start);
            try (OtherJvm child = OtherJvm.start(talk -> {
                for (int i = 1; i < numbers.length(); i++) {
                    numbers.set(i, numbers.get(i) + numbers.get(i - 1));
                }
            })) {
                child.expectEnd();
            }
            long sum = 0;
            for (int i = 0; i < size; i++) {
                sum += start[i];
                assertThat(numbers.get(i)).isEqualTo(sum);
            }
            assertThatThrownBy(() -> numbers.get(size)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> numbers.copyFrom(1, start, 0, size)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    @Python({"M51", "M54"})
    void memory_basics_namesAndUnlinking() throws Exception {
        assertThatThrownBy(() -> SharedMemory.create(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SharedMemory.create(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SharedMemory.open(NAME)).isInstanceOf(NoSuchFileException.class);
        try (SharedMemory memory = SharedMemory.create(NAME, 512)) {
            memory.buffer().put(0, (byte) 42);
            assertThatThrownBy(() -> SharedMemory.create(NAME, 512)).isInstanceOf(FileAlreadyExistsException.class);
            try (SharedMemory same = SharedMemory.open(NAME)) {
                assertThat(same.size()).isEqualTo(512);
                assertThat(same.buffer().get(0)).isEqualTo((byte) 42);
            }
            memory.unlink();
            assertThatThrownBy(memory::unlink).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> SharedMemory.open(NAME)).isInstanceOf(NoSuchFileException.class);
            assertThat(memory.buffer().get(0)).as("who has it goes on").isEqualTo((byte) 42);
        }
    }

    @Test
    @Python("M52")
    void child_writesByNameAndByObject() throws Exception {
        String name = NAME; // the child has another pid
        try (SharedMemory memory = SharedMemory.create(name, 16);
                OtherJvm child = OtherJvm.start(talk -> {
                    try (SharedMemory byName = SharedMemory.open(name)) {
                        byName.buffer().put(0, (byte) 1);
                    }
                    memory.buffer().put(1, (byte) 2);
                })) {
            child.expectEnd();
            assertThat(memory.buffer().get(0)).isEqualTo((byte) 1);
            assertThat(memory.buffer().get(1)).isEqualTo((byte) 2);
        }
    }
}
