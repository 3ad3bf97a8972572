// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.util.List;
import java.util.stream.IntStream;

/** Lays the tour out on a console: headings, tables, checks, summary. */
final class Page {

    /** The widest line, in columns. */
    static final int WIDTH = 96;

    private static final String NAIVE = "The naive way";

    private final Console console;
    private final Tables tables;

    Page(Console console) {
        this.console = console;
        this.tables = new Tables(console, WIDTH);
    }

    /** Prints the first lines of the tour. */
    void welcome(int stops, boolean fast) {
        console.line("");
        console.line(console.bold("Headway, a guided tour"));
        console.line(String.format(
                "%d %s, %s sizes, on Java %s with %d processors",
                stops,
                stops == 1 ? "stop" : "stops",
                fast ? "small" : "full",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors()));
    }

    /** Prints the title of a stop and what there is to see. */
    void heading(int number, int stops, Stop stop) {
        String left = String.format("%d/%d  ", number, stops);
        String right = "./tour " + stop.name();
        String gap = " ".repeat(WIDTH - left.length() - stop.title().length() - right.length());
        console.line("");
        console.line("");
        console.line(console.faint(left) + console.accent(stop.title()) + gap + console.faint(right));
        console.line(console.faint(console.glyphs().rule().repeat(WIDTH)));
        Words.wrap(stop.explanation(), WIDTH).forEach(console::line);
        console.line("");
    }

    /** Prints what a stop found. */
    void outcome(Outcome outcome) {
        for (Grid grid : outcome.grids()) {
            if (!grid.title().isEmpty()) {
                console.line(console.bold(grid.title()));
            }
            tables.print(grid);
            console.line("");
        }
        for (String note : outcome.notes()) {
            Words.wrap(note, WIDTH).forEach(console::line);
            console.line("");
        }
        if (!outcome.naive().isEmpty()) {
            naive(outcome.naive());
            console.line("");
        }
        int claims = outcome.checks().stream()
                .mapToInt(check -> check.claim().length())
                .max()
                .orElse(0);
        outcome.checks().forEach(check -> check(check, claims));
    }

    /** Prints why a stop broke: the exception and what caused it, a line each. */
    void failure(Throwable failure) {
        String lead = console.glyphs().cross() + " ";
        for (String line : Failures.describe(failure)) {
            for (String part : Words.wrap(lead + line, WIDTH - 2)) {
                console.line("  " + console.bad(part));
            }
            lead = "caused by ";
        }
    }

    /** Prints how a stop ended. */
    void verdict(Verdict verdict) {
        String word = verdict.passed() ? console.good(verdict.word()) : console.bad(verdict.word());
        console.line("");
        console.line(word + console.faint(" in " + Words.time(verdict.time())));
    }

    /** Prints all stops again, a line each, and the count of those that passed and failed. */
    void summary(List<Verdict> verdicts) {
        console.line("");
        console.line("");
        console.line(console.accent("Summary"));
        console.line(console.faint(console.glyphs().rule().repeat(WIDTH)));
        List<List<String>> rows = IntStream.range(0, verdicts.size())
                .mapToObj(index -> row(index + 1, verdicts.get(index)))
                .toList();
        tables.print(new Grid("", List.of("#", "Stop", "What was shown", "Time", "Verdict"), rows));
        console.line("");
        long passed = verdicts.stream().filter(Verdict::passed).count();
        console.line(passed + " passed, " + (verdicts.size() - passed) + " failed");
    }

    /** Prints the names and titles of stops. */
    void list(List<Stop> stops) {
        List<List<String>> rows = stops.stream()
                .map(stop -> List.of(stop.name(), stop.title(), stop.explanation()))
                .toList();
        tables.print(new Grid("", List.of("Name", "Stop", "What there is to see"), rows));
    }

    private static List<String> row(int number, Verdict verdict) {
        return List.of(
                Integer.toString(number),
                verdict.stop().title(),
                verdict.shown(),
                Words.time(verdict.time()),
                verdict.word());
    }

    private void naive(String comparison) {
        String lead = console.warm(NAIVE);
        for (String line : Words.wrap(comparison, WIDTH - NAIVE.length() - 2)) {
            console.line(lead + "  " + line);
            lead = " ".repeat(NAIVE.length());
        }
    }

    private void check(Check check, int claims) {
        String mark = check.holds()
                ? console.good(console.glyphs().tick())
                : console.bad(console.glyphs().cross());
        String claim = String.format("%-" + Math.max(1, claims) + "s", check.claim());
        boolean fits = 4 + claim.length() + 2 + check.evidence().length() <= WIDTH;
        console.line("  " + mark + " " + (check.holds() ? claim : console.bad(claim))
                + (fits ? "  " + console.faint(check.evidence()) : ""));
        if (!fits) {
            Words.wrap(check.evidence(), WIDTH - 6).forEach(line -> console.line("      " + console.faint(line)));
        }
    }
}
