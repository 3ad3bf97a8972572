// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.testing.QueueTestSuiteBuilder;
import com.google.common.collect.testing.TestStringQueueGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.Feature;
import com.google.common.collect.testing.testers.CollectionSpliteratorTester;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The queues behave as a queue of the JDK: Guava's tests of collections. */
class QueueAsQueueTest {

    /** More than Guava's tests put. */
    private static final int ROOM = 64;

    @TestFactory
    Stream<DynamicContainer> queues() {
        return QueueKind.all().map(kind -> DynamicContainer.dynamicContainer(kind.name(), suite(kind)));
    }

    private static List<DynamicTest> suite(QueueKind kind) {
        List<Feature<?>> features = new ArrayList<>(List.of(CollectionSize.ANY, CollectionFeature.GENERAL_PURPOSE));
        if (kind.order() == QueueKind.Order.FIFO) {
            features.add(CollectionFeature.KNOWN_ORDER); // what Guava expects to be taken first is what was put first
        }
        TestSuite suite = QueueTestSuiteBuilder.using(new TestStringQueueGenerator() {
                    @Override
                    protected Queue<String> create(String[] elements) {
                        TaskQueue<String> queue = kind.bounded(ROOM);
                        queue.addAll(Arrays.asList(elements));
                        return queue;
                    }

                    @Override
                    public List<String> order(List<String> insertionOrder) {
                        return kind.order().of(insertionOrder);
                    }
                })
                .named(kind.name())
                .withFeatures(features)
                .suppressing(differences())
                .createTestSuite();
        List<DynamicTest> tests = new ArrayList<>();
        flatten(suite, tests);
        assertThat(tests).hasSizeGreaterThan(100);
        return tests;
    }

    private static List<Method> differences() {
        // Like those of the JDK's copy-on-write collections, our spliterators run over something that does not change.
        return List.of(
                CollectionSpliteratorTester.getSpliteratorNotImmutableCollectionAllowsAddMethod(),
                CollectionSpliteratorTester.getSpliteratorNotImmutableCollectionAllowsRemoveMethod());
    }

    private static void flatten(Test test, List<DynamicTest> tests) {
        if (test instanceof TestSuite suite) {
            for (Enumeration<Test> inner = suite.tests(); inner.hasMoreElements(); ) {
                flatten(inner.nextElement(), tests);
            }
        } else {
            tests.add(DynamicTest.dynamicTest(tests.size() + " " + ((TestCase) test).getName(), () -> run(test)));
        }
    }

    private static void run(Test test) throws Throwable {
        TestResult result = new TestResult();
        test.run(result);
        for (Enumeration<TestFailure> failures = result.failures(); failures.hasMoreElements(); ) {
            throw failures.nextElement().thrownException();
        }
        for (Enumeration<TestFailure> errors = result.errors(); errors.hasMoreElements(); ) {
            throw errors.nextElement().thrownException();
        }
    }
}
