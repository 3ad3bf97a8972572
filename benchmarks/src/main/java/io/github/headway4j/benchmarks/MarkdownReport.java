// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A page of ratios for people: losing rows first, then every figure behind them. */
final class MarkdownReport {
    /** Above this many processors busy with something else, a figure is marked. */
    private static final double DISTURBED = 0.1;

    private MarkdownReport() {}

    static String of(String title, Machine machine, List<Measurement> measurements) {
        List<Comparison> comparisons = Comparison.of(measurements);
        StringBuilder page = new StringBuilder();
        page.append("# ")
                .append(title)
                .append("\n\n")
                .append(machine.sentence())
                .append("\n\n");
        page.append("Ours over the peers; more than 1 is faster. Figures are medians over rounds [smallest..largest];"
                + " each round ran every implementation once, in a JVM of its own. Ratios are of medians, with the"
                + " ratios of single rounds in brackets. CPU is the processor time of the whole JVM for each"
                + " operation, ours over the same peer's: less than 1 is cheaper.\n\n");
        page.append("| row | ours | over | ratio | CPU | best peer | ratio to it | goal | reached |\n");
        page.append("|---|---|---|---|---|---|---|---|---|\n");
        comparisons.forEach(comparison -> summary(page, comparison));
        comparisons.stream()
                .map(Comparison::row)
                .distinct()
                .forEach(row -> details(page, row, comparisons, measurements));
        page.append("\n\\* others kept more than ")
                .append(DISTURBED)
                .append(" processors busy meanwhile (median): measure again on an idle machine.\n");
        return page.toString();
    }

    private static void summary(StringBuilder page, Comparison comparison) {
        Contender ours = comparison.ours();
        Contender rival = comparison.rival();
        Contender best = comparison.bestPeer();
        line(
                page,
                comparison.row().name(),
                ours.name(),
                rival.name(),
                ratio(ours, rival),
                times(ours.cpuRatioTo(comparison.cpuRival())),
                best.name(),
                times(ours.ratioTo(best)),
                goal(comparison),
                verdict(comparison));
    }

    private static String goal(Comparison comparison) {
        if (comparison.goal().isEmpty()) {
            return "none";
        }
        Goal goal = comparison.goal().get();
        List<String> parts = new ArrayList<>();
        parts.add(String.format(Locale.ROOT, "%s x", goal.ratio()));
        if (Double.isFinite(goal.enough())) {
            parts.set(0, parts.get(0) + " or " + rate(goal.enough()) + "/s");
        }
        if (!goal.cpuPeers().isEmpty()) {
            String than = comparison.cpuRival().name();
            boolean other = !than.equals(comparison.rival().name());
            parts.add("CPU no higher" + (other ? " than " + than : ""));
        }
        if (goal.withoutAllocation()) {
            parts.add("no allocation");
        }
        if (goal.fairness() > 0) {
            parts.add(String.format(Locale.ROOT, "shares %.1f", goal.fairness()));
        }
        if (goal.slowest() > 0) {
            parts.add(String.format(Locale.ROOT, "slowest thread %.2f", goal.slowest()));
        }
        return String.join(", ", parts);
    }

    private static String verdict(Comparison comparison) {
        int rounds = comparison.ours().ratiosByRound(comparison.rival()).length;
        String ratioReached = comparison.roundsReached() + " of " + rounds + " rounds";
        if (comparison.goal().isEmpty()) {
            return comparison.isLosing() ? "slower than the best" : "as fast as the best";
        }
        List<String> shortfalls = comparison.shortfalls();
        return shortfalls.isEmpty()
                ? "yes (" + ratioReached + ")"
                : "**no**: " + String.join(", ", shortfalls) + " (" + ratioReached + ")";
    }

    private static void details(
            StringBuilder page, Row row, List<Comparison> comparisons, List<Measurement> measurements) {
        Set<String> seen = new HashSet<>(); // with several goals, ours is compared several times
        List<Comparison> ofRow = comparisons.stream()
                .filter(comparison -> comparison.row().equals(row)
                        && seen.add(comparison.ours().name()))
                .toList();
        List<Contender> ours = ofRow.stream().map(Comparison::ours).distinct().toList();
        List<Contender> contenders = new ArrayList<>(ours);
        contenders.addAll(ofRow.get(0).peers());
        page.append("\n## ").append(row.name()).append("\n\n");
        page.append(row.title()).append("; `").append(row.benchmark()).append("`\n\n");
        StringBuilder head = new StringBuilder("| implementation | operations/s |");
        StringBuilder rule = new StringBuilder("|---|---|");
        for (Contender own : ours) {
            head.append(' ').append(own.name()).append(" over it | CPU of that over its |");
            rule.append("---|---|");
        }
        page.append(head).append(" CPU ns/op | B/op | shares | others |\n");
        page.append(rule).append("---|---|---|---|\n");
        for (Contender contender : contenders) {
            List<String> cells = new ArrayList<>();
            cells.add(contender.name());
            cells.add(rates(contender.throughput()));
            for (Contender own : ours) {
                boolean itself = own.name().equals(contender.name());
                cells.add(itself ? "" : ratio(own, contender));
                cells.add(itself ? "" : times(own.cpuRatioTo(contender)));
            }
            cells.add(range(contender.cpuNanos(), "%.1f"));
            cells.add(single(contender.bytes().median(), "%.1f"));
            cells.add(range(contender.fairness(), "%.2f"));
            cells.add(single(contender.others().median(), "%.2f")
                    + (contender.others().median() > DISTURBED ? " *" : ""));
            line(page, cells.toArray(String[]::new));
        }
    }

    private static void line(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String ratio(Contender ours, Contender peer) {
        return times(ours.ratioTo(peer)) + " " + brackets(Spread.of(ours.ratiosByRound(peer)), "%.2f");
    }

    private static String times(double ratio) {
        return single(ratio, "%.2f") + (Double.isNaN(ratio) ? "" : " x");
    }

    private static String range(Spread spread, String format) {
        return Double.isNaN(spread.median()) ? "" : single(spread.median(), format) + " " + brackets(spread, format);
    }

    private static String rates(Spread spread) {
        return rate(spread.median()) + " [" + rate(spread.min()) + ".." + rate(spread.max()) + "]";
    }

    private static String brackets(Spread spread, String format) {
        return "[" + single(spread.min(), format) + ".." + single(spread.max(), format) + "]";
    }

    private static String single(double figure, String format) {
        return Double.isNaN(figure) ? "" : String.format(Locale.ROOT, format, figure);
    }

    /** Returns operations in a second with three significant digits at least: {@code 14.13M}, {@code 250.3k}. */
    static String rate(double perSecond) {
        if (perSecond >= 1e6) {
            return String.format(Locale.ROOT, "%.2fM", perSecond / 1e6);
        }
        return perSecond >= 1e3
                ? String.format(Locale.ROOT, "%.1fk", perSecond / 1e3)
                : String.format(Locale.ROOT, "%.0f", perSecond);
    }
}
