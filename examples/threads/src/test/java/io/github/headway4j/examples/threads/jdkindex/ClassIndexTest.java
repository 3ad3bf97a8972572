// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.jdkindex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassIndexTest {

    private static final List<ClassFacts> FACTS = List.of(
            fact("a/List", "List", ClassFacts.Kind.INTERFACE, true, 7),
            fact("a/List$Node", "Node", ClassFacts.Kind.CLASS, false, 2),
            fact("b/List", "List", ClassFacts.Kind.CLASS, true, 7),
            new ClassFacts("b/List$1", Optional.empty(), ClassFacts.Kind.CLASS, false, 1),
            fact("b/Tag", "Tag", ClassFacts.Kind.ANNOTATION, true, 0),
            new ClassFacts("b/package-info", Optional.empty(), ClassFacts.Kind.PACKAGE_INFO, false, 0),
            new ClassFacts("module-info", Optional.empty(), ClassFacts.Kind.MODULE_INFO, false, 0));

    @Test
    void add_severalFiles_countsAndIndexesThem() {
        ClassIndex index = indexOf(FACTS);

        assertThat(index.files()).isEqualTo(7);
        assertThat(index.modules()).isEqualTo(1);
        assertThat(index.packages()).isEqualTo(2);
        assertThat(index.classes()).isEqualTo(5);
        assertThat(index.publicClasses()).isEqualTo(3);
        assertThat(index.methods()).isEqualTo(17);
        assertThat(index.packagesWith("List")).containsExactly("a", "b");
        assertThat(index.packagesWith("Node")).containsExactly("a");
        assertThat(index.packagesWith("Nobody")).isEmpty();
        assertThat(index.classWithMostMethods()).isEqualTo(new ClassIndex.Biggest("a.List", 7));
        assertThat(index.biggestPackage()).isEqualTo(new ClassIndex.Biggest("b", 3));
        assertThat(index.mostSharedName()).isEqualTo(new ClassIndex.Biggest("List", 2));
    }

    @Test
    void addAll_partsInAnyOrder_givesTheSameIndex() {
        ClassIndex whole = indexOf(FACTS);
        List<ClassFacts> shuffled = new ArrayList<>(FACTS);
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(shuffled, random);
            int cut = random.nextInt(FACTS.size() + 1);
            ClassIndex index = indexOf(shuffled.subList(cut, FACTS.size()));
            index.addAll(indexOf(shuffled.subList(0, cut)));
            assertThat(index).isEqualTo(whole).hasSameHashCodeAs(whole);
        }
    }

    @Test
    void equals_oneFileLess_isDifferent() {
        for (int left = 0; left < FACTS.size(); left++) {
            List<ClassFacts> fewer = new ArrayList<>(FACTS);
            fewer.remove(left);
            assertThat(indexOf(fewer)).isNotEqualTo(indexOf(FACTS));
        }
    }

    private static ClassFacts fact(String name, String simpleName, ClassFacts.Kind kind, boolean open, int methods) {
        return new ClassFacts(name, Optional.of(simpleName), kind, open, methods);
    }

    private static ClassIndex indexOf(List<ClassFacts> facts) {
        ClassIndex index = new ClassIndex();
        facts.forEach(index::add);
        return index;
    }
}
