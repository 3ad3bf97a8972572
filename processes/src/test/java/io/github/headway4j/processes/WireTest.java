// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectStreamConstants;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects as bytes, and back. */
class WireTest {

    static Stream<Object> values() {
        return Stream.of(
                true,
                false,
                (byte) -1,
                Short.MIN_VALUE,
                'x',
                '\uFFFF',
                0,
                -1,
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                63L,
                -64L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                -0.0f,
                Float.NaN,
                -0.0,
                Double.NaN,
                Double.MIN_VALUE,
                "",
                "plain",
                "\u00FCbergr\u00F6\u00DFe \u00FF",
                "\u0100 wide",
                "\uD83D\uDE00",
                "lone \uD800 surrogate",
                "x".repeat(100_000),
                BigInteger.TEN.pow(100),
                Duration.ofDays(1),
                Map.of("a", List.of(1, 2)),
                new TreeMap<>(Map.of(1, "a", 2, "b")),
                Collections.emptyList(),
                new LinkedList<>(List.of(1, 2, 3)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_arrivesAsItWas(Object value) throws Exception {
        assertThat(copy(value)).isEqualTo(value).hasSameClassAs(value);
    }

    @Test
    void null_arrivesAsNull() throws Exception {
        assertThat(copy(null)).isNull();
    }

    @Test
    void arrays_arriveAsTheyWere() throws Exception {
        assertThat((byte[]) copy(new byte[] {1, -2})).containsExactly(1, -2);
        assertThat((byte[]) copy(new byte[0])).isEmpty();
        assertThat((int[]) copy(new int[] {1, Integer.MIN_VALUE})).containsExactly(1, Integer.MIN_VALUE);
        assertThat((long[]) copy(new long[] {1, Long.MIN_VALUE})).containsExactly(1, Long.MIN_VALUE);
        assertThat((double[]) copy(new double[] {-0.0, 1e300})).containsExactly(-0.0, 1e300);
        assertThat((String[]) copy(new String[] {"a", null})).containsExactly("a", null);
        assertThat((Object[]) copy(new Object[] {1, "b"})).containsExactly(1, "b");
        assertThat((boolean[]) copy(new boolean[] {true, false})).containsExactly(true, false);
        assertThat((int[]) copy(IntStream.range(0, 1 << 20).toArray())).hasSize(1 << 20);
    }

    /** Contents for which lists have different codes, and the limits of each width. */
    static Stream<List<Object>> contents() {
        return Stream.of(
                List.of(),
                List.of(1),
                List.of(127, -128),
                List.of(128, -1),
                List.of(-129, 0, 1),
                List.of(32_767, -32_768),
                List.of(32_768, 0),
                List.of(-32_769),
                List.of(Integer.MAX_VALUE, Integer.MIN_VALUE),
                List.of(127L, -128L, 0L),
                List.of(128L, 1L, 2L),
                List.of(32_768L),
                List.of((long) Integer.MAX_VALUE, (long) Integer.MIN_VALUE),
                List.of(1L + Integer.MAX_VALUE),
                List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L),
                List.of(1.5, Double.NaN, -0.0),
                List.of("a", "", "\u0100"),
                List.of(1, 2L, "c", 4.0, 'd', true),
                List.of(1f, 2f),
                List.of(true, false),
                List.of(Duration.ZERO, 1),
                IntStream.range(0, 5_000).<Object>mapToObj(i -> i * 7).toList(),
                LongStream.range(0, 5_000).<Object>mapToObj(i -> i << 40).toList());
    }

    @ParameterizedTest
    @MethodSource("contents")
    void list_keepsItsElementsTypesAndClass(List<Object> contents) throws Exception {
        List<Function<List<Object>, List<Object>>> kinds = List.of(
                ArrayList::new, List::copyOf, list -> list.stream().toList(), list -> Arrays.asList(list.toArray()));
        for (Function<List<Object>, List<Object>> kind : kinds) {
            List<Object> list = kind.apply(contents);
            Object arrived = copy(list);
            assertThat(arrived).isEqualTo(list).hasSameClassAs(list);
        }
    }

    @Test
    void list_keepsNulls_andWhatItAllows() throws Exception {
        assertThat(copy(new ArrayList<>(Arrays.asList(1, null, 2)))).isEqualTo(Arrays.asList(1, null, 2));
        assertThat(copy(Stream.of(1, null, 3).toList())).isEqualTo(Arrays.asList(1, null, 3));
        List<?> streamed = (List<?>) copy(Stream.of(1, 2, 3).toList());
        assertThat(streamed.contains(null)).isFalse();
        List<?> immutable = (List<?>) copy(List.of(1, 2, 3));
        assertThatThrownBy(() -> immutable.contains(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> immutable.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        List<?> growing = (List<?>) copy(new ArrayList<>(List.of(1, 2, 3)));
        growing.remove(0);
        assertThat(growing).hasSize(2);
    }

    @Test
    void listOfOneObjectTwice_arrivesWithOneObjectTwice() throws Exception {
        Duration one = Duration.ofSeconds(1);
        List<?> arrived = (List<?>) copy(new ArrayList<>(List.of(one, one)));
        assertThat(arrived.get(0)).isSameAs(arrived.get(1));
    }

    @Test
    void smallValues_areShort() throws Exception {
        assertThat(encoded(7).remaining()).isEqualTo(2);
        assertThat(encoded("seven").remaining()).isEqualTo(7);
        List<Integer> thousand = IntStream.range(-100, 900).boxed().toList();
        assertThat(encoded(thousand).remaining()).isLessThan(2_010);
    }

    @Test
    void severalValuesInOneBuffer_areReadOneByOne() throws Exception {
        WireBuffer buffer = new WireBuffer(1);
        List<Object> values = List.of(1, Duration.ofSeconds(2), List.of(3, 4), "five", new LinkedList<>(List.of(6)));
        for (Object value : values) {
            Wire.write(value, buffer);
        }
        for (Object value : values) {
            assertThat(Wire.read(buffer, null)).isEqualTo(value);
        }
        assertThat(buffer.remaining()).isZero();
    }

    // ---- what cannot be sent ----

    /** An order whose customer cannot be sent. */
    private record Order(String name, Map<String, Object> parts) implements Serializable {}

    private static final class Socket {}

    @Test
    void unserializable_isRefusedWithItsClassAndTheWayToIt_andTheBufferIsAsItWas() throws Exception {
        WireBuffer buffer = new WireBuffer();
        Wire.write("before", buffer);
        int end = buffer.end();
        Object order = new Order("o", Map.of("bolt", new ArrayList<>(Arrays.asList(1, new Socket()))));
        assertThatThrownBy(() -> Wire.write(List.of("first", order), buffer))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining(Socket.class.getName())
                .hasMessageContaining("[1].parts[bolt][1]");
        assertThat(buffer.end()).isEqualTo(end);
        assertThat(Wire.read(buffer, null)).isEqualTo("before");
        assertThat(buffer.remaining()).isZero();
    }

    @Test
    void lambdaThatCapturesWhatCannotBeSent_isToldSo() {
        Socket socket = new Socket();
        SerializableCallable<String> task = () -> "with " + socket;
        assertThatThrownBy(() -> encoded(task))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining(Socket.class.getName() + ", which is WireTest$$Lambda");
    }

    @Test
    void cycle_withSomethingUnserializable_isRefused() {
        List<Object> cycle = new LinkedList<>();
        cycle.add(cycle);
        cycle.add(new Socket());
        assertThatThrownBy(() -> encoded(cycle))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("LinkedList[1]");
    }

    // ---- what is not let in ----

    /** Throws when it is read. */
    private static final class Thrower implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            throw new IllegalArgumentException("of the user");
        }
    }

    @Test
    void classThatThrowsWhenRead_isAnIoExceptionWithTheCause() throws Exception {
        WireBuffer buffer = encoded(new Thrower());
        assertThatThrownBy(() -> Wire.read(buffer, null))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("of the user");
    }

    @Test
    void filter_refusesClasses_andLetsCompactFormsIn() throws Exception {
        ObjectInputFilter none = ObjectInputFilter.Config.createFilter("!*");
        WireBuffer buffer = encoded(Duration.ofSeconds(1));
        assertThatThrownBy(() -> Wire.read(buffer, none)).isInstanceOf(InvalidClassException.class);
        assertThat(Wire.read(encoded(List.of(1, 2, 3)), none)).isEqualTo(List.of(1, 2, 3));
        ObjectInputFilter time = ObjectInputFilter.Config.createFilter("java.time.*;!*");
        assertThat(Wire.read(encoded(Duration.ofSeconds(1)), time)).isEqualTo(Duration.ofSeconds(1));
    }

    /** Each of the arrays is within the bound, and none of them is there; a longer stream would take gigabytes. */
    @Test
    void nestedArrays_areBoundedTogether() throws Exception {
        byte[] empty = Copies.bytes(new Object[0]);
        int arrays = 200;
        ByteBuffer stream = ByteBuffer.allocate(empty.length + arrays * 10);
        stream.put(empty, 0, empty.length - Integer.BYTES).putInt(30_000);
        for (int i = 0; i < arrays; i++) { // the first element of the one before
            stream.put(ObjectStreamConstants.TC_ARRAY).put(ObjectStreamConstants.TC_REFERENCE);
            stream.putInt(ObjectStreamConstants.baseWireHandle).putInt(30_000);
        }
        WireBuffer buffer = new WireBuffer();
        buffer.writeInt(stream.position());
        buffer.writeBytes(stream.array(), 0, stream.position());
        assertThatThrownBy(() -> WireObjects.read(buffer, null))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("REJECTED");
    }

    @Test
    void unknownClass_isNamed() throws Exception {
        WireBuffer buffer = encoded(new Thrower());
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.end());
        byte[] name = "Thrower".getBytes(StandardCharsets.US_ASCII);
        int at = Collections.indexOfSubList(boxed(bytes), boxed(name));
        bytes[at] = 'X';
        assertThatThrownBy(() -> Wire.read(WireBuffer.wrap(bytes, 0, bytes.length), null))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("WireTest$Xhrower")
                .hasMessageContaining("class path");
    }

    private static List<Byte> boxed(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte b : bytes) {
            list.add(b);
        }
        return list;
    }

    static Object copy(Object value) throws IOException {
        WireBuffer buffer = encoded(value);
        Object copy = Wire.read(buffer, null);
        assertThat(buffer.remaining()).as("bytes left").isZero();
        return copy;
    }

    static WireBuffer encoded(Object value) throws IOException {
        WireBuffer buffer = new WireBuffer();
        Wire.write(value, buffer);
        return buffer;
    }
}
