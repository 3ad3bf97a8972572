// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/** What the actors of all modules' stress tests share: how long they wait, and how one interrupts the other. */
@NullMarked
package io.github.headway4j.stress.actors;

import org.jspecify.annotations.NullMarked;
