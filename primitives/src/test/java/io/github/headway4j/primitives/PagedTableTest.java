// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link PagedTable} and {@link TableEdit} against a {@code HashSet}, through growing and shrinking. */
class PagedTableTest {

    /** How the hash codes of the elements are spread. */
    enum Spread {
        EVEN(i -> i * 0x9E3779B9),
        DENSE(i -> i),
        HIGH_BITS_ONLY(i -> i << 20),
        EQUAL(i -> 42),
        FEW(i -> i % 3);

        private final IntUnaryOperator hash;

        Spread(IntUnaryOperator hash) {
            this.hash = hash;
        }

        Key key(int number) {
            return new Key(number, hash.applyAsInt(number));
        }
    }

    private record Key(int number, int hash) {
        @Override
        public int hashCode() {
            return hash;
        }
    }

    private static PagedTable<Key> add(PagedTable<Key> table, Key key) {
        TableEdit<Key> edit = new TableEdit<>(table, 1);
        edit.add(key);
        return edit.table();
    }

    private static PagedTable<Key> remove(PagedTable<Key> table, Key key) {
        TableEdit<Key> edit = new TableEdit<>(table, 1);
        edit.remove(key);
        return edit.table();
    }

    private static void expectSame(PagedTable<Key> table, Set<Key> model) {
        assertThat(table.size).isEqualTo(model.size());
        Set<Object> found = new HashSet<>();
        table.forEach(found::add);
        assertThat(found).isEqualTo(model);
        assertThat(table.toArray()).hasSize(model.size());
        for (Key key : model) {
            assertThat(table.contains(key, PagedTable.hash(key))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesOneByOne_areThoseOfAHashSet(Spread spread) {
        SplittableRandom random = new SplittableRandom(1);
        PagedTable<Key> table = PagedTable.empty();
        Set<Key> model = new HashSet<>();
        int keys = spread == Spread.EQUAL || spread == Spread.FEW ? 120 : 3_000;
        for (int step = 0; step < 12 * keys; step++) {
            Key key = spread.key(random.nextInt(keys));
            boolean adding = random.nextInt(100) < (step / (3 * keys) % 2 == 0 ? 80 : 10);
            int hash = PagedTable.hash(key);
            boolean had = model.contains(key);
            PagedTable<Key> next;
            if (adding) {
                next = table.growsNext() ? add(table, key) : table.plus(key, hash);
                model.add(key);
            } else {
                next = table.shrinksNext() ? remove(table, key) : table.minus(key, hash);
                model.remove(key);
            }
            assertThat(next == table).isEqualTo(had == adding);
            assertThat(next.contains(key, hash)).isEqualTo(adding);
            assertThat(table.contains(key, hash)).as("the old table").isEqualTo(had);
            table = next;
            if (step % keys == 0) {
                expectSame(table, model);
            }
        }
        expectSame(table, model);
    }

    @ParameterizedTest
    @EnumSource
    void changesInBulk_areThoseOfAHashSet_andOldTablesStay(Spread spread) {
        SplittableRandom random = new SplittableRandom(2);
        PagedTable<Key> table = PagedTable.empty();
        Set<Key> model = new HashSet<>();
        List<PagedTable<Key>> tables = new ArrayList<>();
        List<Set<Key>> models = new ArrayList<>();
        int keys = spread == Spread.EQUAL || spread == Spread.FEW ? 120 : 3_000;
        for (int round = 0; round < 40; round++) {
            int count = 1 << random.nextInt(12);
            TableEdit<Key> edit = new TableEdit<>(table, count);
            int adds = random.nextInt(101);
            for (int i = 0; i < count; i++) {
                Key key = spread.key(random.nextInt(keys));
                if (random.nextInt(100) < adds) {
                    assertThat(edit.add(key)).isEqualTo(model.add(key));
                } else {
                    assertThat(edit.remove(key)).isEqualTo(model.remove(key));
                }
            }
            table = edit.table();
            tables.add(table);
            models.add(Set.copyOf(model));
        }
        for (int i = 0; i < tables.size(); i++) {
            expectSame(tables.get(i), models.get(i));
        }
    }

    @Test
    void edit_thatChangesNothing_givesBackTheTable() {
        PagedTable<Key> table = PagedTable.of(keys(100));
        for (int expected : new int[] {1, 1_000}) {
            TableEdit<Key> edit = new TableEdit<>(table, expected);
            edit.add(Spread.EVEN.key(5));
            edit.remove(Spread.EVEN.key(500));
            assertThat(edit.table()).isSameAs(table);
        }
    }

    @Test
    void table_growsAndShrinksWithItsElements() {
        PagedTable<Key> table = PagedTable.of(keys(10_000));
        assertThat(table.pages()).isEqualTo(2_048);
        TableEdit<Key> edit = new TableEdit<>(table, 9_990);
        for (int i = 10; i < 10_000; i++) {
            edit.remove(Spread.EVEN.key(i));
        }
        assertThat(edit.table().pages()).isLessThanOrEqualTo(10);
        assertThat(table.size).isEqualTo(10_000);
    }

    @Test
    void nulls_areRefused() {
        assertThatThrownBy(() -> PagedTable.of(new Object[] {1, null})).isInstanceOf(NullPointerException.class);
    }

    private static Object[] keys(int count) {
        Object[] keys = new Object[count];
        for (int i = 0; i < count; i++) {
            keys[i] = Spread.EVEN.key(i);
        }
        return keys;
    }
}
