// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.scheduler;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What reaches the uncaught-exception handler of the thread that made this, until it is closed. */
final class UncaughtFailures implements AutoCloseable {

    final List<Throwable> all = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.currentThread();

    UncaughtFailures() {
        thread.setUncaughtExceptionHandler((where, failure) -> all.add(failure));
    }

    @Override
    public void close() {
        thread.setUncaughtExceptionHandler(null);
    }
}
