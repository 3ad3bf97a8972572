// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

/** A holdable that stands for something else: two views are equal exactly if they stand for the same thing. */
interface HoldableView extends Holdable {}
