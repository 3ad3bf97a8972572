// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.testing.SetTestSuiteBuilder;
import com.google.common.collect.testing.TestStringSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.Feature;
import com.google.common.collect.testing.testers.CollectionSpliteratorTester;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The sets behave as a set of the JDK: Guava's tests of collections, also of the view of a compound action. */
class LockedSetAsSetTest {

    private static final List<Feature<?>> CHANGING = List.of(CollectionSize.ANY, CollectionFeature.GENERAL_PURPOSE);

    @TestFactory
    Stream<DynamicTest> set() {
        return suite("LockedSet", CHANGING, LockedSet::new);
    }

    @TestFactory
    Stream<DynamicTest> setWhileHeld() {
        return suite("LockedSet, held", CHANGING, elements -> {
            LockedSet<String> set = new LockedSet<>(elements);
            assertThat(set.hold()).isNotNull(); // until the set is forgotten
            return set;
        });
    }

    @TestFactory
    Stream<DynamicTest> view() {
        return suite("view of a compound action", CHANGING, elements -> new SetView<>(new LockedSet<>(elements)));
    }

    @TestFactory
    Stream<DynamicTest> snapshot() {
        return suite("snapshot", List.of(CollectionSize.ANY), elements -> new LockedSet<>(elements).snapshot());
    }

    private static Stream<DynamicTest> suite(
            String name, List<Feature<?>> features, Function<List<String>, Set<String>> creation) {
        TestSuite suite = SetTestSuiteBuilder.using(new TestStringSetGenerator() {
                    @Override
                    protected Set<String> create(String[] elements) {
                        return creation.apply(Arrays.asList(elements));
                    }
                })
                .named(name)
                .withFeatures(features)
                // Like those of the JDK's copy-on-write collections, ours run over something that does not change.
                .suppressing(
                        CollectionSpliteratorTester.getSpliteratorNotImmutableCollectionAllowsAddMethod(),
                        CollectionSpliteratorTester.getSpliteratorNotImmutableCollectionAllowsRemoveMethod())
                .createTestSuite();
        List<DynamicTest> tests = new ArrayList<>();
        flatten(suite, tests);
        assertThat(tests).hasSizeGreaterThan(100);
        return tests.stream();
    }

    private static void flatten(Test test, List<DynamicTest> tests) {
        if (test instanceof TestSuite) {
            for (Enumeration<Test> inner = ((TestSuite) test).tests(); inner.hasMoreElements(); ) {
                flatten(inner.nextElement(), tests);
            }
        } else {
            tests.add(DynamicTest.dynamicTest(test.toString(), () -> run((TestCase) test)));
        }
    }

    private static void run(TestCase test) throws Throwable {
        TestResult result = test.run();
        List<TestFailure> failures = new ArrayList<>();
        result.failures().asIterator().forEachRemaining(failures::add);
        result.errors().asIterator().forEachRemaining(failures::add);
        if (!failures.isEmpty()) {
            throw failures.get(0).thrownException();
        }
    }
}
