// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the numbered behaviours of Python that a test shows to hold, for example {@code @Python("TH23")}. The manifest
 * {@code docs/conformance.tsv} points back from each number to its test, and a test of the documentation compares both.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Python {

    /**
     * The numbers, such as {@code TH23}.
     *
     * @return at least one number
     */
    String[] value();
}
