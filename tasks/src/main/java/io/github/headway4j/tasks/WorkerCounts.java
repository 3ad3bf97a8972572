// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

/** What the thread counts: each task writes one of them, so they have cache lines of their own. */
class WorkerCounts extends WorkerPadding {
    long succeeded;
    long failed;
    long leftOut;
}
