// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page of the figures of a survey. */
final class SurveyReport {
    private SurveyReport() {}

    /** Whether these are kept results of a survey. */
    static boolean fits(JsonArray entries) {
        return !entries.isEmpty() && entries.get(0).getAsJsonObject().has(Survey.SURVEY);
    }

    static String of(String title, Machine machine, JsonArray entries) {
        Survey survey = Survey.find(
                        entries.get(0).getAsJsonObject().get(Survey.SURVEY).getAsString())
                .orElseThrow();
        Map<String, Spread[]> figures = figures(survey, entries);
        StringBuilder page = new StringBuilder();
        page.append("# ")
                .append(title)
                .append("\n\n")
                .append(machine.sentence())
                .append("\n\n");
        page.append(survey.words()).append(".\n\n");
        page.append("Figures are medians over rounds [smallest..largest]; less is better. Each round measured every"
                + " implementation once, in a JVM of its own, and began with another one.\n\n");
        StringBuilder head = new StringBuilder("| implementation |");
        StringBuilder rule = new StringBuilder("|---|");
        survey.figures().forEach(figure -> {
            head.append(' ').append(figure.label()).append(" |");
            rule.append("---|");
        });
        page.append(head).append('\n').append(rule).append('\n');
        figures.forEach((implementation, spreads) -> {
            page.append("| ").append(implementation).append(" |");
            for (Spread spread : spreads) {
                page.append(cell(spread));
            }
            page.append('\n');
        });
        page.append("\n| figure | ours | goal | reached |\n|---|---|---|---|\n");
        figures.keySet().stream()
                .filter(implementation -> implementation.startsWith(Row.OURS))
                .forEach(ours -> goals(page, survey, figures, ours));
        return page.toString();
    }

    private static Map<String, Spread[]> figures(Survey survey, JsonArray entries) {
        Map<String, JsonArray> byImplementation = new LinkedHashMap<>();
        for (JsonElement entry : entries) {
            JsonObject run = entry.getAsJsonObject();
            byImplementation
                    .computeIfAbsent(run.get(Row.IMPLEMENTATION).getAsString(), each -> new JsonArray())
                    .add(run.get(Survey.FIGURES));
        }
        Map<String, Spread[]> figures = new LinkedHashMap<>();
        byImplementation.forEach((implementation, runs) -> figures.put(
                implementation,
                survey.figures().stream()
                        .map(figure -> spread(runs, figure.label()))
                        .toArray(Spread[]::new)));
        return figures;
    }

    private static Spread spread(JsonArray runs, String label) {
        double[] values = new double[runs.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = runs.get(i).getAsJsonObject().get(label).getAsDouble();
        }
        return Spread.of(values);
    }

    private static void goals(StringBuilder page, Survey survey, Map<String, Spread[]> figures, String ours) {
        List<Survey.Figure> wanted = survey.figures();
        for (int i = 0; i < wanted.size(); i++) {
            Survey.Figure figure = wanted.get(i);
            if (Double.isNaN(figure.most())) {
                continue;
            }
            double own = figures.get(ours)[i].median();
            Spread[] peer = figures.get(figure.peer());
            if (figure.peer().isEmpty()) {
                goal(page, figure, ours, "at most " + format("%.0f", figure.most()), own, format("%.1f", own));
            } else if (peer != null) {
                double ratio = own / peer[i].median();
                String than = "no more than " + figure.peer();
                goal(page, figure, ours, than, ratio, format("%.2f", ratio) + " x");
            }
        }
    }

    /** Judged as printed. */
    private static void goal(
            StringBuilder page, Survey.Figure figure, String ours, String words, double value, String printed) {
        double precision = figure.peer().isEmpty() ? 10 : 100;
        boolean reached = Math.round(value * precision) / precision <= figure.most();
        page.append(String.format(
                "| %s | %s | %s | %s (%s) |\n", figure.label(), ours, words, reached ? "yes" : "**no**", printed));
    }

    private static String cell(Spread spread) {
        return " " + format("%.1f", spread.median()) + " [" + format("%.1f", spread.min()) + ".."
                + format("%.1f", spread.max()) + "] |";
    }

    private static String format(String format, double figure) {
        return String.format(Locale.ROOT, format, figure);
    }
}
