// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.scheduler.bank;

/**
 * The mean of very many values, each of which depends on those shortly before it, and how far from the truth it may be.
 *
 * <p>Who waits long does so among others who wait long, so the values themselves say little about the error of their
 * mean. The values are therefore cut into a few long batches, whose means hardly depend on each other: from these the
 * error is estimated, by Student's distribution.
 */
final class BatchMeans {
    /** How many batches there are. */
    static final int BATCHES = 20;

    /** In 99 of 100 cases the truth is so many standard errors away, or less: it has 19 degrees of freedom. */
    private static final double STUDENT = 2.861;

    private final double[] sums = new double[BATCHES];
    private final int[] counts = new int[BATCHES];

    /**
     * Adds a value.
     *
     * @param batch its batch, from 0
     * @param value the value
     */
    void add(int batch, double value) {
        sums[batch] += value;
        counts[batch]++;
    }

    /** {@return how many values there are} */
    int count() {
        int count = 0;
        for (int each : counts) {
            count += each;
        }
        return count;
    }

    /** {@return the mean of the means of the batches} */
    double mean() {
        double sum = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            sum += mean(batch);
        }
        return sum / BATCHES;
    }

    /** {@return how far the mean is from the truth at most, in 99 of 100 cases} */
    double bound() {
        double mean = mean();
        double squares = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            squares += Math.pow(mean(batch) - mean, 2);
        }
        return STUDENT * Math.sqrt(squares / (BATCHES - 1) / BATCHES);
    }

    private double mean(int batch) {
        return sums[batch] / counts[batch];
    }
}
