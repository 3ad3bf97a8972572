// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.primitives;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several holds as one, given back in the reverse order of taking, unless one of them refuses the thread. */
final class HeldTogether implements BoundHeld {

    private final List<Held> parts;

    HeldTogether(List<Held> parts) {
        this.parts = parts;
    }

    @Override
    public void close() {
        refuseStranger();
        closeAll(parts);
    }

    @Override
    public void refuseStranger() {
        for (Held part : parts) {
            if (part instanceof BoundHeld) {
                ((BoundHeld) part).refuseStranger();
            }
        }
    }

    @Override
    public String toString() {
        return "hold on all of " + parts;
    }

    /** Closes all of them, the last one first. The first exception is thrown, the others suppressed in it. */
    static void closeAll(List<Held> parts) {
        Throwable failure = closeEach(parts, null);
        if (failure instanceof RuntimeException) {
            throw (RuntimeException) failure;
        }
        if (failure instanceof Error) {
            throw (Error) failure;
        }
    }

    /** Closes all of them because of a failure, to which it adds those of closing. */
    static void closeAfter(Throwable failure, List<Held> parts) {
        closeEach(parts, failure);
    }

    private static @Nullable Throwable closeEach(List<Held> parts, @Nullable Throwable failure) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            try {
                parts.get(i).close();
            } catch (Throwable e) { // close throws nothing checked
                if (failure == null) {
                    failure = e;
                } else if (failure != e) {
                    failure.addSuppressed(e);
                }
            }
        }
        return failure;
    }
}
