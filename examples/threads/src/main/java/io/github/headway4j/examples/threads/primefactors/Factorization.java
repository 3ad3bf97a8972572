// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.primefactors;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A number and its prime factors. It can be sent to another process.
 *
 * @param number the number, at least 2
 * @param factors its prime factors, smallest first, each as often as it divides the number
 */
public record Factorization(int number, List<Integer> factors) implements Serializable {

    /** Keeps its own copy of the factors. */
    public Factorization {
        factors = List.copyOf(factors);
    }

    /**
     * Factorizes by trial division: by 2, 3, 4, 5 and so on, up to the square root of what is left.
     *
     * @param number the number to factorize
     * @return the number with its prime factors
     * @throws IllegalArgumentException if the number is below 2
     */
    public static Factorization of(int number) {
        if (number < 2) {
            throw new IllegalArgumentException("A number to factorize is at least 2, but this one is " + number);
        }
        List<Integer> factors = new ArrayList<>();
        int rest = number;
        int divisor = 2;
        while ((long) divisor * divisor <= rest) {
            if (rest % divisor == 0) {
                factors.add(divisor);
                rest /= divisor;
            } else {
                divisor++;
            }
        }
        if (rest > 1) {
            factors.add(rest);
        }
        return new Factorization(number, factors);
    }

    /**
     * Says whether the number is a prime.
     *
     * @return true if the number is its own only factor
     */
    public boolean isPrime() {
        return factors.size() == 1;
    }

    /**
     * Multiplies the factors again.
     *
     * @return the product of the factors, which is the number if they are right
     */
    public long product() {
        return factors.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
