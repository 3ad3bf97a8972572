// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * One test of the suite, or one broken control.
 *
 * @param name the name by which jcstress knows it
 * @param promise what it shows
 * @param actors the number of threads that it needs at once, without the arbiter
 */
record StressTest(String name, String promise, int actors) {

    /** The package that has a sub-package for each module. */
    static final String ROOT = StressTest.class.getPackageName() + ".";

    static StressTest of(String name) {
        TestInfo info = TestList.getInfo(name);
        return new StressTest(name, info.description(), info.threads());
    }

    /** Whether a planted bug is run instead of the shipped class. */
    boolean isControl() {
        return simpleName().startsWith("Broken");
    }

    /** The module under test. */
    String module() {
        String inner = name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
        int dot = inner.indexOf('.');
        return dot < 0 ? inner : inner.substring(0, dot);
    }

    /** The class of the test within that of its family: {@code MutexStress.ActualOneWinner}. */
    String shortName() {
        int last = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', last - 1) + 1);
    }

    private String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
