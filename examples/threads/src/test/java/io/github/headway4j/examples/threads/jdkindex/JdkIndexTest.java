// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.jdkindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.RecordedProgress;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdkIndexTest {

    @TempDir
    Path folder;

    @AfterEach
    void noThreadIsLeft() {
        ThreadsOfProgram.awaitEnd("indexer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.sql", "java.logging"})
    void run_oneModule_agreesWithItsDescriptor(String module) throws Exception {
        RecordedProgress progress = new RecordedProgress();
        JdkIndex.Result result = JdkIndex.run(ClassFiles.ofModule(module), 4, 2, progress);

        assertThat(result.correct()).isTrue();
        assertThat(result.peakOpen()).isBetween(1, 2);
        Set<String> packages =
                ModuleFinder.ofSystem().find(module).orElseThrow().descriptor().packages();
        assertThat(result.index().packages()).isEqualTo(packages.size());
        assertThat(result.index().modules()).isEqualTo(1);
        assertThat(result.index().files()).isEqualTo(result.index().classes() + 1);
        progress.assertComplete();
    }

    @Test
    void run_javaSql_findsItsClasses() throws Exception {
        ClassIndex index = JdkIndex.run(ClassFiles.ofModule("java.sql"), 2, 2, percent -> {})
                .index();
        assertThat(index.packagesWith("Connection")).containsExactly("java.sql");
        assertThat(index.packagesWith("DataSource")).containsExactly("javax.sql");
        assertThat(index.biggestPackage().name()).isEqualTo("java.sql");
        assertThat(index.classWithMostMethods().name()).isIn("java.sql.ResultSet", "java.sql.DatabaseMetaData");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "8, 1", "8, 3"})
    void concurrently_anyThreadsAndBound_buildsTheSameIndex(int threads, int maxOpen) throws Exception {
        List<Path> files = ClassFiles.under(ClassFiles.ofModule("java.xml"));
        assertThat(files).hasSizeGreaterThan(1_000);
        ClassIndex expected = new Indexer(1).sequentially(files, percent -> {});

        Indexer indexer = new Indexer(maxOpen);
        assertThat(indexer.concurrently(files, threads, percent -> {})).isEqualTo(expected);
        assertThat(indexer.peakOpen()).isBetween(1, maxOpen);
    }

    @Test
    void concurrently_oneDamagedFileAmongMany_failsNamingIt() throws Exception {
        Path damaged = copyWithOneDamaged();
        List<Path> files = ClassFiles.under(folder);

        assertThatThrownBy(() -> new Indexer(2).concurrently(files, 4, percent -> {}))
                .isInstanceOf(BadClassFileException.class)
                .hasMessageContaining(damaged.toString());
        assertThatThrownBy(() -> new Indexer(2).sequentially(files, percent -> {}))
                .isInstanceOf(BadClassFileException.class)
                .hasMessageContaining(damaged.toString());
    }

    @Test
    void concurrently_fileThatIsGone_failsNamingIt() throws Exception {
        List<Path> files = List.of(folder.resolve("Gone.class"));
        assertThatThrownBy(() -> new Indexer(2).concurrently(files, 2, percent -> {}))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("Gone.class");
    }

    @Test
    void concurrently_callerInterrupted_endsEveryThread() throws Exception {
        List<Path> files = ClassFiles.under(ClassFiles.ofModule("java.sql"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new Indexer(2).concurrently(files, 4, percent -> {}))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void run_folderWithoutClassFiles_failsNamingIt() {
        assertThatThrownBy(() -> JdkIndex.run(folder, 2, 2, percent -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString());
    }

    private Path copyWithOneDamaged() throws IOException {
        int number = 0;
        for (Path file : ClassFiles.under(ClassFiles.ofModule("java.logging"))) {
            Files.write(folder.resolve(number + ".class"), Files.readAllBytes(file));
            number++;
        }
        Path damaged = folder.resolve("17.class");
        byte[] content = Files.readAllBytes(damaged);
        Files.write(damaged, Arrays.copyOf(content, content.length / 2));
        return damaged;
    }

    @Test
    void main_endsWithTheVerdict() throws Exception {
        assertThat(ProgramRun.linesOf(JdkIndex.class, "java.sql")).endsWith("both indexes are the same");
    }

    @ParameterizedTest
    @CsvSource({"true, 2, 0", "true, 3, 1", "false, 2, 1"})
    void report_anythingWrong_isAnExitCode(boolean equal, int peakOpen, int exitCode) throws Exception {
        ClassIndex index =
                new Indexer(1).sequentially(ClassFiles.under(ClassFiles.ofModule("java.logging")), percent -> {});
        Duration time = Duration.ofMillis(1);
        assertThat(JdkIndex.report(new JdkIndex.Result(index, equal, time, time, 4, 2, peakOpen)))
                .isEqualTo(exitCode);
    }
}
