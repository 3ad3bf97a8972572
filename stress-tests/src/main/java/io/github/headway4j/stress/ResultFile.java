// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;
import org.openjdk.jcstress.infra.grading.ReportUtils;

/** The files in which jcstress leaves its results. */
final class ResultFile {

    private static final String BLOBS = "jcstress-results-*.bin.gz";

    private ResultFile() {}

    /** Removes what former runs have left in a folder. */
    static void clear(Path folder) throws IOException {
        for (String leftovers : List.of(BLOBS, "*.html")) {
            for (Path file : list(folder, leftovers)) {
                Files.delete(file);
            }
        }
    }

    /** All results in the files of a folder; of a file that was cut off, those before the cut. */
    static List<TestResult> read(Path folder) throws IOException {
        InProcessCollector collector = new InProcessCollector();
        for (Path blob : list(folder, BLOBS)) {
            try {
                DiskReadCollector reader = new DiskReadCollector(blob.toString(), collector);
                try {
                    reader.dump();
                } finally {
                    reader.close();
                }
            } catch (ClassNotFoundException e) {
                throw new IOException(blob + " is from another version of jcstress", e);
            } catch (IOException cutOff) {
                System.err.println("Cannot read all of " + blob + ": " + cutOff);
            }
        }
        return List.copyOf(collector.getTestResults());
    }

    /** The results of each test, summed over all JVMs. */
    static Map<String, Tally> tallies(Collection<TestResult> results) {
        Map<String, Tally> tallies = new TreeMap<>();
        for (TestResult merged : ReportUtils.mergedByName(results)) {
            List<Tally.Outcome> outcomes = new ArrayList<>();
            for (GradingResult graded : merged.grading().gradingResults.values()) {
                outcomes.add(new Tally.Outcome(graded.id, graded.expect, graded.count, graded.description));
            }
            tallies.put(merged.getName(), new Tally(merged.status(), outcomes, List.copyOf(merged.getMessages())));
        }
        return tallies;
    }

    private static List<Path> list(Path folder, String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
            stream.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }
}
