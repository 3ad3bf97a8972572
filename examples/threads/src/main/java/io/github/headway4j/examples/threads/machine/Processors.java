// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.threads.machine;

/**
 * How many processors there are, the {@code cpu_count()} of Python.
 *
 * <p>It is the number that the program may use, which a container or the option {@code -XX:ActiveProcessorCount} may
 * have made smaller than what the machine has, and which may change while the program runs.
 */
public final class Processors {

    private Processors() {}

    /**
     * Runs the program.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        System.out.println(count() + " processors");
    }

    /**
     * Counts the processors.
     *
     * @return how many the program may use now, at least 1
     */
    public static int count() {
        return Runtime.getRuntime().availableProcessors();
    }
}
