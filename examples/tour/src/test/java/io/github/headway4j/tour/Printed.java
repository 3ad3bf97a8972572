// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A run of the tour whose output is kept. */
final class Printed {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final Charset charset;
    private final Console console;
    private int exitCode = -1;

    private Printed(Charset charset, boolean terminal, Map<String, String> environment) {
        this.charset = charset;
        this.console = Console.on(new PrintStream(out, true, charset), charset, terminal, environment);
    }

    static Printed toPipe() {
        return to(false, Map.of("TERM", "xterm"));
    }

    static Printed toAsciiPipe() {
        return new Printed(StandardCharsets.US_ASCII, false, Map.of("TERM", "xterm"));
    }

    static Printed toTerminal() {
        return to(true, Map.of("TERM", "xterm"));
    }

    static Printed to(boolean terminal, Map<String, String> environment) {
        return new Printed(StandardCharsets.UTF_8, terminal, environment);
    }

    Printed run(List<Stop> stops, String... args) {
        exitCode = Tour.run(console, new PrintStream(errors, true, charset), stops, args);
        return this;
    }

    Console console() {
        return console;
    }

    int exitCode() {
        return exitCode;
    }

    String out() {
        return out.toString(charset);
    }

    List<String> lines() {
        return out().lines().toList();
    }

    String lastLine() {
        List<String> lines = lines();
        return lines.get(lines.size() - 1);
    }

    String errors() {
        return errors.toString(charset);
    }
}
