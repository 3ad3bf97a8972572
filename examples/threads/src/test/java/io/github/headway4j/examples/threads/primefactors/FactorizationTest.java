// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.primefactors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactorizationTest {

    @Test
    void of_knownNumbers_givesTheirFactors() {
        assertThat(Factorization.of(2).factors()).containsExactly(2);
        assertThat(Factorization.of(9).factors()).containsExactly(3, 3);
        assertThat(Factorization.of(20_000).factors()).containsExactly(2, 2, 2, 2, 2, 5, 5, 5, 5);
        assertThat(Factorization.of(99_999_989).factors()).containsExactly(99_999_989);
        assertThat(Factorization.of(9_973 * 9_967).factors()).containsExactly(9_967, 9_973);
        assertThat(Factorization.of(Integer.MAX_VALUE).isPrime()).isTrue();
    }

    @Test
    void of_everySmallNumber_givesSortedPrimesWithTheNumberAsProduct() {
        for (int number = 2; number <= 5_000; number++) {
            Factorization found = Factorization.of(number);
            assertThat(found.product()).isEqualTo(number);
            assertThat(found.factors())
                    .isSorted()
                    .allMatch(factor -> BigInteger.valueOf(factor).isProbablePrime(30));
            assertThat(found.isPrime()).isEqualTo(BigInteger.valueOf(number).isProbablePrime(30));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1, Integer.MIN_VALUE})
    void of_numberBelowTwo_isRefusedByName(int number) {
        assertThatThrownBy(() -> Factorization.of(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(number));
    }

    @Test
    void factors_givenListChangedLater_stayAsTheyWere() {
        List<Integer> factors = new ArrayList<>(List.of(2, 3));
        Factorization six = new Factorization(6, factors);
        factors.clear();
        assertThat(six.factors()).containsExactly(2, 3);
    }
}
