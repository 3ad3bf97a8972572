// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tasks;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is done with things thrown. */
final class Failures {

    /** How many forks one stack trace shows at most, so that an exception thrown again and again stays small. */
    private static final int MOST_FORK_SITES = 16;

    private Failures() {}

    /** Throws any throwable where none is declared; {@code throw} before the call tells the compiler so. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> RuntimeException unchecked(Throwable failure) throws E {
        throw (E) failure;
    }

    /** The first one, with the others suppressed in it, each once; null if there is none. */
    static @Nullable Throwable combined(List<? extends Throwable> failures) {
        if (failures.isEmpty()) {
            return null;
        }
        Throwable first = failures.get(0);
        suppressAll(first, failures);
        return first;
    }

    /**
     * Suppresses failures in the first one, each once, but for itself and those that are in there already. Takes time
     * in proportion to their number: to ask for what is suppressed copies all of it, so it is asked for once.
     */
    static void suppressAll(Throwable first, Collection<? extends Throwable> others) {
        Set<Throwable> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.add(first);
        Collections.addAll(known, first.getSuppressed());
        for (Throwable other : others) {
            if (known.add(other)) {
                first.addSuppressed(other);
            }
        }
    }

    /**
     * Lets the stack trace of a failure go on with the one of the call of {@code fork} whence it came. A failure of an
     * inner scope that goes through outer ones so shows the whole way. Throws nothing: an exception may have a stack
     * trace of its own making, and is left as it is if it does not play along.
     */
    static void showForkSite(Throwable failure, ForkSite place) {
        try {
            StackTraceElement[] own = failure.getStackTrace();
            if (own.length > 0 && forkSites(own) < MOST_FORK_SITES) {
                StackTraceElement[] site = place.frames();
                StackTraceElement[] both = new StackTraceElement[own.length + site.length];
                System.arraycopy(own, 0, both, 0, own.length);
                System.arraycopy(site, 0, both, own.length, site.length);
                failure.setStackTrace(both);
            }
        } catch (Throwable lost) {
            return;
        }
    }

    private static int forkSites(StackTraceElement[] trace) {
        int sites = 0;
        for (StackTraceElement frame : trace) {
            if (ForkSite.begins(frame)) {
                sites++;
            }
        }
        return sites;
    }

    /** Tells the handler, or the last resort if there is none. */
    static void report(Throwable failure, @Nullable Consumer<? super Throwable> handler) {
        if (handler != null) {
            handler.accept(failure);
        } else {
            uncaught(failure);
        }
    }

    /** The last resort. What even this handler throws is lost, as it is where the virtual machine calls it. */
    static void uncaught(Throwable failure) {
        try {
            Thread thread = Thread.currentThread();
            Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
            if (handler != null) {
                handler.uncaughtException(thread, failure);
            }
        } catch (Throwable lost) {
            return;
        }
    }
}
