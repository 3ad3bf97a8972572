// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskWriteCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.NodeType;
import org.openjdk.jcstress.os.SchedulingClass;

/** From the files of jcstress to the exit code. */
class ResultsTest {

    private static final StressTest TEST =
            StressTest.of("io.github.headway4j.stress.primitives.MutexStress.ActualOneWinner");
    private static final StressTest CONTROL =
            StressTest.of("io.github.headway4j.stress.primitives.MutexStress.BrokenOneWinner");

    private static Options options;

    @TempDir
    Path folder;

    @BeforeAll
    static void options() throws IOException {
        options = new Options(new String[] {"-m", "sanity", "-c", "1"});
        assertThat(options.parse()).isTrue();
    }

    private static TestResult result(StressTest test, Status status, String... outcomes) {
        SchedulingClass anywhere = new SchedulingClass(AffinityMode.NONE, 2, NodeType.PACKAGE);
        TestResult result = new TestResult(status);
        result.setConfig(new TestConfig(options, TestList.getInfo(test.name()), 0, List.of(), -1, anywhere));
        for (String outcome : outcomes) {
            result.addState(outcome, 5);
        }
        if (status != Status.NORMAL) {
            result.addMessage("it went wrong");
        }
        return result;
    }

    private JcstressRun run(int planned, TestResult... results) throws IOException {
        ResultFile.clear(folder);
        DiskWriteCollector writer = new DiskWriteCollector(
                folder.resolve("jcstress-results-canned.bin.gz").toString());
        Arrays.stream(results).forEach(writer::add);
        writer.close();
        List<TestResult> read = ResultFile.read(folder);
        assertThat(read).hasSameSizeAs(results);
        return new JcstressRun(ResultFile.tallies(read), planned, read.size(), false, folder, folder);
    }

    private static Summary summary(JcstressRun tests, @Nullable JcstressRun controls, boolean insists) {
        return Summary.of(List.of(TEST), tests, List.of(CONTROL), controls, insists);
    }

    private static String printed(Summary summary) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        summary.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void allWell_exitsWithZero() throws IOException {
        JcstressRun tests = run(2, result(TEST, Status.NORMAL, "0, 1"), result(TEST, Status.NORMAL, "0, 1", "1, 0"));
        JcstressRun controls = run(1, result(CONTROL, Status.NORMAL, "1, 1"));
        Summary summary = summary(tests, controls, true);
        assertThat(summary.exitCode()).isZero();
        assertThat(summary.lastLine()).isEqualTo("2 passed, 0 failed");
        assertThat(printed(summary))
                .contains("passed", "MutexStress.ActualOneWinner", TEST.promise(), "[0, 1] x 10", "[1, 0] x 5")
                .contains("seen", "MutexStress.BrokenOneWinner", CONTROL.promise(), "[1, 1] x 5");
    }

    @Test
    void forbiddenOutcome_exitsWithOne() throws IOException {
        JcstressRun tests = run(1, result(TEST, Status.NORMAL, "0, 1", "1, 1"));
        Summary summary = summary(tests, null, true);
        assertThat(summary.exitCode()).isOne();
        assertThat(summary.lastLine()).isEqualTo("0 passed, 1 failed");
        assertThat(printed(summary)).contains("FORBIDDEN", "[1, 1] is forbidden: two winners");
    }

    @Test
    void outcomeThatNobodyThoughtOf_isForbidden() throws IOException {
        JcstressRun tests = run(1, result(TEST, Status.NORMAL, "7, 7"));
        assertThat(summary(tests, null, true).exitCode()).isOne();
    }

    @Test
    void error_exitsWithOne_evenIfAllOutcomesWereAcceptable() throws IOException {
        for (Status status : Status.values()) {
            if (status != Status.NORMAL) {
                JcstressRun tests = run(2, result(TEST, Status.NORMAL, "0, 1"), result(TEST, status));
                Summary summary = summary(tests, null, true);
                assertThat(summary.exitCode()).as("%s", status).isOne();
                assertThat(printed(summary)).contains("ERROR", status.toString(), "it went wrong");
            }
        }
    }

    @Test
    void controlNotSeen_failsWhenInsistedUponOnly() throws IOException {
        JcstressRun tests = run(1, result(TEST, Status.NORMAL, "0, 1"));
        JcstressRun controls = run(1, result(CONTROL, Status.NORMAL, "0, 1"));
        Summary strict = summary(tests, controls, true);
        assertThat(strict.exitCode()).isOne();
        assertThat(strict.lastLine()).isEqualTo("1 passed, 1 failed");
        Summary lenient = summary(tests, controls, false);
        assertThat(lenient.exitCode()).isZero();
        assertThat(lenient.lastLine()).isEqualTo("1 passed, 0 failed");
        assertThat(printed(lenient)).contains("not seen", "Controls not seen: 1");
    }

    @Test
    void controlThatCannotRun_failsAlways() throws IOException {
        JcstressRun tests = run(1, result(TEST, Status.NORMAL, "0, 1"));
        JcstressRun controls = run(1, result(CONTROL, Status.TIMEOUT_ERROR));
        assertThat(summary(tests, controls, false).exitCode()).isOne();
    }

    @Test
    void nothingPlanned_exitsWithOne() throws IOException {
        Summary summary = summary(run(0), null, false);
        assertThat(summary.exitCode()).isOne();
        assertThat(printed(summary)).contains("NOT RUN", "planned no JVM", "2 threads at once");
    }

    @Test
    void fewerResultsThanPlanned_exitsWithOne() throws IOException {
        Summary summary = summary(run(2, result(TEST, Status.NORMAL, "0, 1")), null, false);
        assertThat(summary.exitCode()).isOne();
        assertThat(printed(summary)).contains("Of 2 JVMs planned for the tests only 1 gave a result");
    }

    @Test
    void hung_exitsWithOne() throws IOException {
        JcstressRun run = run(2, result(TEST, Status.NORMAL, "0, 1"));
        JcstressRun hung = new JcstressRun(run.tallies(), 2, 1, true, folder, folder);
        Summary summary = summary(hung, null, false);
        assertThat(summary.exitCode()).isOne();
        assertThat(printed(summary)).contains("hung after 1 of 2 JVMs");
    }

    @Test
    void read_fileThatWasCutOff_keepsWhatIsThere() throws IOException {
        Path blob = folder.resolve("jcstress-results-cut.bin.gz");
        DiskWriteCollector writer = new DiskWriteCollector(blob.toString());
        for (int i = 0; i < 100; i++) {
            writer.add(result(TEST, Status.NORMAL, "0, " + i));
        }
        writer.close();
        byte[] whole = Files.readAllBytes(blob);
        Files.write(blob, Arrays.copyOf(whole, whole.length * 3 / 4));
        assertThat(ResultFile.read(folder)).isNotEmpty().hasSizeLessThan(100);
    }

    @Test
    void clear_removesOldResultsOnly() throws IOException {
        Files.writeString(folder.resolve("jcstress-results-1.bin.gz"), "old");
        Files.writeString(folder.resolve("index.html"), "old");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        ResultFile.clear(folder);
        assertThat(folder).isDirectoryNotContaining("glob:**.{gz,html}");
        assertThat(folder.resolve("notes.txt")).exists();
    }

    @Test
    void planned_isTheLastNumberInTheLog() {
        String log = """
                (Results: 70 planned; 1 passed, 0 failed, 0 soft errs, 0 hard errs)
                something else
                (Results: 70 planned; 70 passed, 0 failed, 0 soft errs, 0 hard errs)
                """;
        assertThat(JcstressRun.planned(log)).isEqualTo(70);
        assertThat(JcstressRun.planned("FATAL: No matching tests.")).isZero();
    }

    @Test
    void verdict_ofATestWithoutSamples_isNotRun() {
        Map<String, Tally> empty = Map.of(TEST.name(), new Tally(Status.NORMAL, List.of(), List.of()));
        assertThat(Verdict.of(TEST, empty).kind()).isEqualTo(Verdict.Kind.NOT_RUN);
        assertThat(Verdict.of(TEST, Map.of()).kind()).isEqualTo(Verdict.Kind.NOT_RUN);
    }
}
