// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.primefactors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.headway4j.examples.threads.ProgramRun;
import io.github.headway4j.examples.threads.RecordedProgress;
import io.github.headway4j.examples.threads.ThreadsOfProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrimeFactorsTest {

    @AfterEach
    void noThreadIsLeft() {
        ThreadsOfProgram.awaitEnd("factorizer");
    }

    @Test
    void randomNumbers_areInTheirRangeAndTheSameForOneSeed() {
        List<Integer> numbers = PrimeFactors.randomNumbers(5_000, 7);
        assertThat(numbers)
                .hasSize(5_000)
                .allMatch(number -> number >= PrimeFactors.SMALLEST && number <= PrimeFactors.LARGEST)
                .isEqualTo(PrimeFactors.randomNumbers(5_000, 7))
                .isNotEqualTo(PrimeFactors.randomNumbers(5_000, 8));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "250, 2", "1003, 1", "1003, 2", "1003, 7"})
    void concurrently_anyCountAndThreads_givesTheSameInTheSameOrder(int count, int threads) throws Exception {
        List<Integer> numbers = PrimeFactors.randomNumbers(count, 1);
        RecordedProgress sequential = new RecordedProgress();
        RecordedProgress concurrent = new RecordedProgress();

        List<Factorization> expected = PrimeFactors.sequentially(numbers, sequential);
        assertThat(expected).extracting(Factorization::number).isEqualTo(numbers);
        assertThat(PrimeFactors.concurrently(numbers, threads, concurrent)).isEqualTo(expected);
        sequential.assertComplete();
        concurrent.assertComplete();
    }

    @Test
    void run_smallCount_isCorrect() throws Exception {
        RecordedProgress progress = new RecordedProgress();
        PrimeFactors.Result result = PrimeFactors.run(2_000, 42, 3, progress);

        assertThat(result.correct()).isTrue();
        assertThat(result.count()).isEqualTo(2_000);
        assertThat(result.threads()).isEqualTo(3);
        assertThat(result.primes()).isBetween(1, 1_999);
        assertThat(result.mostFactors().factors()).hasSizeGreaterThan(5);
        progress.assertComplete();
    }

    @Test
    void wrongProducts_oneWrongAndOneMissing_areCounted() {
        List<Integer> numbers = List.of(20_000, 20_001, 20_002);
        List<Factorization> found = new ArrayList<>(PrimeFactors.sequentially(numbers, percent -> {}));
        assertThat(PrimeFactors.wrongProducts(numbers, found)).isZero();

        found.set(1, new Factorization(20_001, List.of(3, 59)));
        found.remove(2);
        assertThat(PrimeFactors.wrongProducts(numbers, found)).isEqualTo(2);
    }

    @Test
    void concurrently_numberThatCannotBeFactorized_failsNamingIt() {
        List<Integer> numbers = new ArrayList<>(PrimeFactors.randomNumbers(2_000, 1));
        numbers.set(1_234, -5);
        assertThatThrownBy(() -> PrimeFactors.concurrently(numbers, 2, percent -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-5");
    }

    @Test
    void run_noNumbersOrNoThreads_isRefused() {
        assertThatThrownBy(() -> PrimeFactors.run(0, 1, 1, percent -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
        assertThatThrownBy(() -> PrimeFactors.run(10, 1, 0, percent -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void main_endsWithTheVerdict() throws Exception {
        assertThat(ProgramRun.linesOf(PrimeFactors.class, "2000")).endsWith("both runs agree, every product is right");
    }

    @ParameterizedTest
    @CsvSource({"0, true, 0", "1, true, 1", "0, false, 1"})
    void report_anythingWrong_isAnExitCode(int wrongProducts, boolean equal, int exitCode) {
        Duration time = Duration.ofMillis(1);
        assertThat(PrimeFactors.report(
                        new PrimeFactors.Result(1, 1, time, time, 1, Factorization.of(7), wrongProducts, equal)))
                .isEqualTo(exitCode);
    }
}
