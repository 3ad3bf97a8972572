// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Leads through the stops in order. A stop that breaks or does not end in time has failed, and the tour goes on.
 *
 * <p>Each stop runs in a thread of its own, so that a deadlock in one of them is reported instead of ending the tour.
 */
final class Guide {
    private final Page page;
    private final Console console;
    private final boolean fast;
    private final Duration patience;

    /**
     * Makes a guide.
     *
     * @param console where to print
     * @param fast whether small sizes are wanted
     * @param patience how long one stop may take
     */
    Guide(Console console, boolean fast, Duration patience) {
        this.page = new Page(console);
        this.console = console;
        this.fast = fast;
        this.patience = patience;
    }

    /**
     * Runs stops.
     *
     * @param stops the stops, at least one
     * @return whether all of them passed
     * @throws InterruptedException if the caller is interrupted, which leaves the rest out
     */
    boolean lead(List<Stop> stops) throws InterruptedException {
        page.welcome(stops.size(), fast);
        List<Verdict> verdicts = new ArrayList<>();
        for (Stop stop : stops) {
            page.heading(verdicts.size() + 1, stops.size(), stop);
            Verdict verdict = visit(stop);
            page.verdict(verdict);
            verdicts.add(verdict);
        }
        page.summary(verdicts);
        return verdicts.stream().allMatch(Verdict::passed);
    }

    private Verdict visit(Stop stop) throws InterruptedException {
        StopContext context = new StopContext(fast, console::progress);
        FutureTask<Outcome> visit = new FutureTask<>(() -> stop.run(context));
        Thread visitor = new Thread(visit, "stop " + stop.name());
        visitor.setDaemon(true);
        long start = System.nanoTime();
        visitor.start();
        try {
            Outcome outcome = visit.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            context.close();
            page.outcome(outcome);
            return new Verdict(stop, outcome.passed(), outcome.shown(), since(start));
        } catch (ExecutionException broken) {
            context.close();
            page.failure(broken.getCause());
            return new Verdict(stop, false, Failures.brief(broken.getCause()), since(start));
        } catch (TimeoutException late) {
            String message = "not over after " + Words.time(patience);
            String place = Failures.place(visitor.getStackTrace());
            visit.cancel(true);
            context.close();
            page.failure(new TimeoutException(message + place));
            return new Verdict(stop, false, message, since(start));
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
