// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.util.List;

/** Several holds as one, given back in the reverse order of taking. */
final class HeldTogether implements Held {

    private final List<Held> parts;

    HeldTogether(List<Held> parts) {
        this.parts = parts;
    }

    @Override
    public void close() {
        closeAll(parts);
    }

    @Override
    public String toString() {
        return "hold on all of " + parts;
    }

    /** Closes all of them, the last one first. The first exception is thrown, the others suppressed in it. */
    static void closeAll(List<Held> parts) {
        RuntimeException failure = null;
        for (int i = parts.size() - 1; i >= 0; i--) {
            try {
                parts.get(i).close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Closes all of them because of a failure, to which it adds those of closing. */
    static void closeAfter(Throwable failure, List<Held> parts) {
        try {
            closeAll(parts);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
