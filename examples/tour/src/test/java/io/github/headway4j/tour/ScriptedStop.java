// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

/** A stop that does what a test tells it. */
record ScriptedStop(String name, Work work) implements Stop {

    /** What the stop does. */
    interface Work {
        Outcome run(StopContext context) throws Exception;
    }

    static ScriptedStop passing(String name) {
        return new ScriptedStop(name, context -> outcome(true));
    }

    static ScriptedStop failing(String name) {
        return new ScriptedStop(name, context -> outcome(false));
    }

    static ScriptedStop breaking(String name) {
        return new ScriptedStop(name, context -> {
            throw new IllegalStateException("the bridge is out", new IllegalArgumentException("no such bridge"));
        });
    }

    static ScriptedStop reportingItsSize(int full, int small) {
        return new ScriptedStop(
                "sizes",
                context -> Outcome.showing("size " + context.size(full, small))
                        .check("a size is chosen", true, "")
                        .build());
    }

    private static Outcome outcome(boolean holds) {
        return Outcome.showing("one and one")
                .note("One and one were added.")
                .naive("Counting on fingers takes longer.")
                .check("one and one is two", holds, "1 + 1")
                .build();
    }

    @Override
    public String title() {
        return "Title of " + name;
    }

    @Override
    public String explanation() {
        return "Explanation of " + name + ".";
    }

    @Override
    public Outcome run(StopContext context) throws Exception {
        try (Progress bar = context.progress("Working on " + name)) {
            bar.accept(50);
            return work.run(context);
        }
    }
}
