// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

/**
 * A named assertion of a stop.
 *
 * @param claim what has to be true, in words
 * @param holds whether it is
 * @param evidence the numbers behind it, or the empty string
 */
public record Check(String claim, boolean holds, String evidence) {}
