// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors

/**
 * Other processes: commands whose output is always read and whose whole tree can be ended, virtual machines that run a
 * part of this program, pools of them that survive the death of a worker, and memory, locks, queues and pipes that
 * processes share.
 *
 * <p>The rules for waiting are those of the {@linkplain io.github.headway4j.primitives contract of everything that
 * blocks}.
 */
package io.github.headway4j.processes;
