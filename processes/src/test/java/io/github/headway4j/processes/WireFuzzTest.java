// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bytes that are no values: cut off, changed, with lengths that lie. */
class WireFuzzTest {

    /** More than any of the values of this test needs, and far less than a length that lies asks for. */
    private static final long MOST_ALLOCATED = 8L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static List<Object> values() {
        return List.of(
                1_000_000,
                1L << 50,
                "a string",
                "\u0100 wide",
                new byte[100],
                new int[100],
                new long[100],
                new double[100],
                new ArrayList<>(IntStream.range(0, 100).boxed().toList()),
                List.of(1L << 40, 2L),
                Arrays.asList(1.0, 2.0),
                List.of("a", "b"),
                List.of(1, "mixed", 2L),
                new HashMap<>(Map.of("a", 1, "b", Duration.ofSeconds(1))),
                new String[] {"an", "array"});
    }

    @Test
    void cutOffAnywhere_isACorruptedStream() throws Exception {
        for (Object value : values()) {
            WireBuffer whole = WireTest.encoded(value);
            for (int length = 0; length < whole.end(); length++) {
                WireBuffer part = WireBuffer.wrap(whole.array(), 0, length);
                assertThatThrownBy(() -> Wire.read(part, null))
                        .as("%s cut off", value)
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(EOFException.class); // which means the end of a pipe
            }
        }
    }

    @Test
    void changedAnywhere_isReadAsSomethingOrRefused_withoutMuchMemory() throws Exception {
        Random random = new Random(20_261_122);
        for (Object value : values()) {
            WireBuffer whole = WireTest.encoded(value);
            for (int round = 0; round < 2_000; round++) {
                byte[] bytes = Arrays.copyOf(whole.array(), whole.end());
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                readOrRefuse(bytes);
            }
        }
    }

    @Test
    void noise_isReadAsSomethingOrRefused_withoutMuchMemory() {
        Random random = new Random(7);
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) random.nextInt(20); // mostly a tag
            }
            readOrRefuse(bytes);
        }
    }

    private static void readOrRefuse(byte[] bytes) {
        long before = allocated();
        try {
            Wire.read(WireBuffer.wrap(bytes, 0, bytes.length), null);
        } catch (IOException refused) {
            assertThat(refused).isNotInstanceOf(EOFException.class);
        }
        assertThat(allocated() - before)
                .as("allocated for %s", Arrays.toString(bytes))
                .isLessThan(MOST_ALLOCATED);
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void lengthsThatLie_areRefusedBeforeAnythingIsMade() {
        for (int tag = 0; tag < 20; tag++) {
            for (long length : new long[] {100, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, -1L}) {
                for (int kind = 0; kind < 64; kind++) {
                    WireBuffer buffer = new WireBuffer();
                    buffer.writeByte(tag);
                    buffer.writeByte(kind); // kind and type of a list, or part of a length
                    buffer.writeByte(1 << (kind & 3)); // width
                    buffer.writeVarLong(length);
                    buffer.writeInt(0);
                    readOrRefuse(Arrays.copyOf(buffer.array(), buffer.end()));
                }
            }
        }
    }

    @Test
    void serializedArrayWhoseLengthLies_isRefused() throws Exception {
        WireBuffer whole = WireTest.encoded(new String[] {"a", "b"});
        byte[] bytes = Arrays.copyOf(whole.array(), whole.end());
        int at = bytes.length - 12; // the length stands before two strings of 4 bytes each
        assertThat(Arrays.copyOfRange(bytes, at, at + 4)).containsExactly(0, 0, 0, 2);
        bytes[at] = 0x70;
        assertThatThrownBy(() -> Wire.read(WireBuffer.wrap(bytes, 0, bytes.length), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("REJECTED");
        long before = allocated();
        readOrRefuse(bytes);
        assertThat(allocated() - before).isLessThan(MOST_ALLOCATED);
    }

    @Test
    void hugeCollectionsThatTellTheirSize_areReadWhenTheyAreTrue() throws Exception {
        Map<Integer, Integer> map = new HashMap<>(16, 0.1f); // asks for many places
        IntStream.range(0, 10_000).forEach(i -> map.put(i, i));
        assertThat(WireTest.copy(map)).isEqualTo(map);
    }

    @Test
    void buffer_saysWhatIsMissing() {
        WireBuffer buffer = WireBuffer.wrap(new byte[10], 2, 3);
        assertThatThrownBy(buffer::readInt)
                .isInstanceOf(StreamCorruptedException.class)
                .hasMessageContaining("expected 4 more bytes")
                .hasMessageContaining("3 left");
        assertThat(buffer.remaining()).isEqualTo(3);
        assertThatThrownBy(() -> buffer.readBytes(-1)).isInstanceOf(StreamCorruptedException.class);
        assertThatThrownBy(() -> buffer.readBytes(Integer.MAX_VALUE)).isInstanceOf(StreamCorruptedException.class);
    }
}
