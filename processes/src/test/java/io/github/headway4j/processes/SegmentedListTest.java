// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list in many arrays is a list like any other. */
class SegmentedListTest {

    private static final int SEGMENT = SegmentedList.SEGMENT;

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1023, 100", "1024, 100", "1025, 100", "2048, 1024", "5000, 7", "5000, 3000"})
    void isEqualToAnOrdinaryOne(int size, int chunk) {
        List<Integer> expected = IntStream.range(0, size).boxed().collect(Collectors.toList());
        List<Integer> list = list(expected, chunk);
        assertThat(list).isEqualTo(expected).hasSameHashCodeAs(expected).hasSize(size);
        assertThat(expected).isEqualTo(list);
        assertThat(list.toArray()).isEqualTo(expected.toArray());
        assertThat(list.toArray(new Integer[0])).isEqualTo(expected.toArray());
        assertThat(new ArrayList<>(list)).isEqualTo(expected);
        assertThat(list.stream().map(i -> i).collect(Collectors.toList())).isEqualTo(expected);
        assertThat(list.subList(size / 3, size)).isEqualTo(expected.subList(size / 3, size));
        List<Integer> gone = new ArrayList<>();
        list.forEach(gone::add);
        assertThat(gone).isEqualTo(expected);
        for (int i = 0; i < size; i++) {
            assertThat(list.get(i)).isEqualTo(i);
        }
    }

    @Test
    void holdsNull() {
        List<Object> list = list(Arrays.asList(1, null, "a"), 2);
        assertThat(list).containsExactly(1, null, "a");
        assertThat(list.indexOf(null)).isEqualTo(1);
    }

    @Test
    void ofAnotherPlace_isRefused() {
        List<Integer> list = list(Collections.nCopies(SEGMENT + 1, 0), 100);
        for (int index : new int[] {-1, SEGMENT + 1, 2 * SEGMENT, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> list.get(index))
                    .withMessageContaining("index: " + index);
        }
    }

    @Test
    void cannotBeChanged() {
        List<Integer> list = list(List.of(2, 1), 2);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.add(1));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.set(0, 1));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.remove(0));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(list::clear);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.sort(Integer::compareTo));
        assertThat(list).containsExactly(2, 1);
    }

    @Test
    void isSent_asAListOfTheJdk_thatCannotBeChangedEither() throws Exception {
        List<Integer> list = list(IntStream.range(0, 3000).boxed().collect(Collectors.toList()), 100);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(list);
        }
        Object read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = in.readObject();
        }
        assertThat(read).isEqualTo(list);
        assertThat(read.getClass().getName()).startsWith("java.util.");
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(((List<?>) read)::clear);
    }

    private static <E> List<E> list(List<? extends E> elements, int chunk) {
        SegmentedList<E> list = new SegmentedList<>();
        for (int start = 0; start < elements.size(); start += chunk) {
            list.append(elements.subList(start, Math.min(elements.size(), start + chunk)));
        }
        return list;
    }
}
