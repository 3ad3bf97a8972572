// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
/**
 * Measures Headway beside its peers: scenarios for JMH, a runner that lets the peers take turns within a time budget,
 * and a report of ratios.
 *
 * <p>A <em>row</em> is one kind of work with fixed parameters; its <em>implementations</em> are ours (names that begin
 * with {@code HEADWAY}) and the peers. Each implementation hides behind one small interface and has a JVM of its own,
 * so that every call site in it sees one class only. A <em>round</em> runs every implementation of every row once; the
 * order within a row moves on by one place each round. Figures are medians over rounds, with the smallest and the
 * largest beside them.
 */
package io.github.headway4j.benchmarks;
