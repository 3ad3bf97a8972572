// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/** What the actors of all modules' stress tests share: how long they wait, how one interrupts or wakes the other. */
@NullMarked
package io.github.headway4j.stress.actors;

import org.jspecify.annotations.NullMarked;
