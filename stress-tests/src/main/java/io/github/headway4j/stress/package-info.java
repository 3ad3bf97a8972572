// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/**
 * Headway's stress tests as one runnable jar: the launcher of the jcstress suite. The tests are in the sub-packages, one
 * for each module; {@link io.github.headway4j.stress.soak} has the soak tests.
 */
@NullMarked
package io.github.headway4j.stress;

import org.jspecify.annotations.NullMarked;
