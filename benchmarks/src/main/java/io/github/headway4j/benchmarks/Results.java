// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of one run: {@code NAME.json} (raw), {@code NAME.machine.json} and {@code NAME.md}. */
final class Results {
    private static final String RAW = ".json";
    private static final String MACHINE = ".machine.json";
    private static final String PAGE = ".md";
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Path folder;
    private final String name;

    Results(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Names the files of an earlier run by its raw file. */
    static Results ofRaw(Path raw) {
        Path absolute = raw.toAbsolutePath();
        Path file = absolute.getFileName();
        if (file == null || !file.toString().endsWith(RAW) || file.toString().endsWith(MACHINE)) {
            throw new IllegalArgumentException("not a file of raw results: " + raw);
        }
        String text = file.toString();
        return new Results(absolute.resolveSibling(""), text.substring(0, text.length() - RAW.length()));
    }

    /** Writes what has been measured so far. */
    void writeRaw(JsonArray entries) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + RAW), JSON.toJson(entries) + "\n");
    }

    void writeMachine(Machine machine) throws IOException {
        Files.writeString(folder.resolve(name + MACHINE), machine.toJson() + "\n");
    }

    /** Makes the page of the kept results, writes it and returns it. */
    String writePage() throws IOException {
        JsonArray entries = JsonParser.parseString(Files.readString(folder.resolve(name + RAW)))
                .getAsJsonArray();
        Machine machine = Machine.fromJson(Files.readString(folder.resolve(name + MACHINE)));
        String title = "Benchmarks " + name;
        String page = SurveyReport.fits(entries)
                ? SurveyReport.of(title, machine, entries)
                : MarkdownReport.of(title, machine, JmhResults.measurements(entries));
        Files.writeString(folder.resolve(name + PAGE), page);
        return page;
    }

    @Override
    public String toString() {
        return folder.resolve(name) + "{" + RAW + "," + MACHINE + "," + PAGE + "}";
    }
}
