// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.tour;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/**
 * The place to print to. It knows whether it may colour and redraw, and which characters can be shown.
 *
 * <p>A plain console gets text and line ends, and no other control character. It is what a pipe, a file and a dumb
 * terminal get, and whoever sets {@code NO_COLOR}.
 */
final class Console {

    private static final List<String> CHARSET_PROPERTIES =
            List.of("stdout.encoding", "sun.stdout.encoding", "native.encoding");

    private final PrintStream out;
    private final boolean live;
    private final Glyphs glyphs;

    private Console(PrintStream out, boolean live, Glyphs glyphs) {
        this.out = out;
        this.live = live;
        this.glyphs = glyphs;
    }

    /** {@return the console on standard output} */
    static Console standard() {
        Charset charset = Stream.of(CHARSET_PROPERTIES)
                .flatMap(List::stream)
                .map(System::getProperty)
                .filter(name -> name != null && Charset.isSupported(name))
                .map(Charset::forName)
                .findFirst()
                .orElseGet(Charset::defaultCharset);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset);
        return on(out, charset, isTerminal(), System.getenv());
    }

    /**
     * Makes a console on a stream.
     *
     * @param out the stream
     * @param charset how the stream encodes characters
     * @param terminal whether the stream leads to a terminal
     * @param environment the environment variables
     * @return the console, plain unless the stream leads to a terminal that wants colours
     */
    static Console on(PrintStream out, Charset charset, boolean terminal, Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "dumb");
        boolean colourless = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Console(out, terminal && !colourless && !kind.equals("dumb"), Glyphs.of(charset));
    }

    /** {@return the same console without colours and redrawing} */
    Console plain() {
        return new Console(out, false, glyphs);
    }

    /** {@return the characters that can be shown} */
    Glyphs glyphs() {
        return glyphs;
    }

    /** {@return the colours to use for help, none on a plain console} */
    ColorScheme colours() {
        return Help.defaultColorScheme(live ? Help.Ansi.ON : Help.Ansi.OFF);
    }

    PrintStream stream() {
        return out;
    }

    /** Prints a line without the blanks at its end. */
    void line(String text) {
        out.println(text.stripTrailing());
    }

    /** Shows a progress bar, or nothing on a plain console. */
    Progress progress(String label) {
        return live ? new Bar(out, label, glyphs) : Progress.SILENT;
    }

    String bold(String text) {
        return styled(text, Style.bold);
    }

    String faint(String text) {
        return styled(text, Style.faint);
    }

    String good(String text) {
        return styled(text, Style.fg_green);
    }

    String bad(String text) {
        return styled(text, Style.bold, Style.fg_red);
    }

    String accent(String text) {
        return styled(text, Style.bold, Style.fg_cyan);
    }

    String warm(String text) {
        return styled(text, Style.fg_yellow);
    }

    private String styled(String text, Style... styles) {
        return text.isEmpty() ? text : colours().apply(text, List.of(styles)).toString();
    }

    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since Java 22 there is a console even where there is no terminal.
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException olderJava) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException unknown) {
            return false;
        }
    }
}
