// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.jdkindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.RecordedProgress;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import io.github.headway4j.testing.TestThread;
import io.github.headway4j.testing.TestThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhasedIndexTest {

    /** Threads that do not wait for each other may be ready together, but not again and again. */
    private static final int CHANCES = 20;

    private final List<Path> files = someFiles();

    @AfterEach
    void noThreadIsLeft() {
        ThreadsOfProgram.awaitEnd("phased-indexer");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void build_anyNumberOfThreads_givesTheSameAsOneAfterAnother(int threads) throws Exception {
        RecordedProgress progress = new RecordedProgress();
        ClassIndex expected = new Indexer(1).sequentially(files, percent -> {});

        PhasedIndex.Result result = PhasedIndex.build(files, threads, progress);

        assertThat(result.index()).isEqualTo(expected);
        assertThat(result.packages()).hasSize(expected.packages()).contains("java.sql");
        assertThat(result.missing()).isZero();
        progress.assertComplete();
    }

    @Test
    void buildWithoutBarrier_filesAreMissing() throws Exception {
        // So many packages that each thread has some to count, also the one that is ready first.
        List<Path> many = ClassFiles.under(ClassFiles.ofModule("java.xml"));
        PhasedIndex.Result result = PhasedIndex.buildWithoutBarrier(many, 4, percent -> {});
        for (int chance = 1; chance < CHANCES && result.missing() == 0; chance++) {
            result = PhasedIndex.buildWithoutBarrier(many, 4, percent -> {});
        }
        assertThat(result.missing()).isPositive();
    }

    @Test
    void build_aBadFile_failsNamingItAndLeavesNobodyWaiting(@TempDir Path folder) throws Exception {
        Path bad = Files.writeString(folder.resolve("Bad.class"), "not a class file");
        List<Path> withBad = new ArrayList<>(files);
        withBad.set(5, bad);

        assertThatThrownBy(() -> PhasedIndex.build(withBad, 3, percent -> {}))
                .isInstanceOf(BadClassFileException.class)
                .hasMessageContaining("Bad.class");
    }

    @Test
    void build_interrupted_endsAndLeavesNobodyWaiting() {
        try (TestThreads threads = new TestThreads()) {
            TestThread<Void> caller = threads.start("caller", () -> {
                Thread.currentThread().interrupt();
                PhasedIndex.build(files, 3, percent -> {});
            });
            assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void build_noThreads_isRefused() {
        assertThatThrownBy(() -> PhasedIndex.build(files, 0, percent -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @Test
    void main_countsEveryFileWithABarrier() throws Exception {
        String all = String.format(Locale.ROOT, "%,d", files.size());

        List<String> lines = ProgramRun.linesOf(PhasedIndex.class, "java.sql");

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("with a barrier: " + all + " of " + all + " files counted in ");
        assertThat(lines.get(1)).startsWith("without: ").contains(" of " + all + " files counted in ");
    }

    private static List<Path> someFiles() {
        try {
            return ClassFiles.under(ClassFiles.ofModule("java.sql"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
