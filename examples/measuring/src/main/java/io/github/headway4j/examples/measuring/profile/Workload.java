// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.measuring.profile;

import java.util.SplittableRandom;

/** Something to measure: few calls that take long, many that take little, and a function that calls itself. */
final class Workload {

    private static final long FROM = 1_000_000_000_000L;
    private static final int SEED = 43;

    private Workload() {}

    /**
     * Does all of it.
     *
     * @param size how much, at least 1: the number of calls of {@link #isPrime}
     * @return something that depends on all results
     */
    static long run(int size) {
        return countPrimes(size) + fibonacci(12) + insertionSort(50 * size);
    }

    /** How many of the numbers from {@link #FROM} on are prime. */
    static int countPrimes(int numbers) {
        int primes = 0;
        for (int i = 0; i < numbers; i++) {
            if (isPrime(FROM + i)) {
                primes++;
            }
        }
        return primes;
    }

    static boolean isPrime(long number) {
        for (long divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return number > 1;
    }

    static int fibonacci(int n) {
        return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
    }

    /** The number in the middle of so many at random. */
    static int insertionSort(int numbers) {
        int[] sorted = new SplittableRandom(SEED).ints(numbers, 0, numbers).toArray();
        for (int i = 1; i < numbers; i++) {
            int number = sorted[i];
            int place = i;
            while (place > 0 && sorted[place - 1] > number) {
                sorted[place] = sorted[place - 1];
                place--;
            }
            sorted[place] = number;
        }
        return sorted[numbers / 2];
    }
}
