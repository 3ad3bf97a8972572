// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.processes;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The command line of a JVM like this one. All but the program and the options of users is in a file of arguments, so
 * that no class path is too long.
 */
final class ChildCommand {

    /**
     * What makes a short-lived JVM start quickly: the collector with the fewest threads, and no file in the temporary
     * directory for tools to look at. Options of users come later and win, but two collectors are an error to the JVM,
     * so that ours is left out when users choose one.
     */
    private static final String SERIAL = "-XX:+UseSerialGC";

    private static final List<String> QUICK = List.of("-XX:-UsePerfData");

    /** Ends of the options that choose a collector. */
    private static final String COLLECTOR_BEGIN = "-XX:+Use";

    private static final String COLLECTOR_END = "GC";

    private ChildCommand() {}

    /** The program of this JDK. */
    static Path java() throws IOException {
        String home = System.getProperty("java.home", "");
        for (String name : List.of("java", "java.exe")) {
            Path program = Path.of(home, "bin", name);
            if (Files.isExecutable(program)) {
                return program;
            }
        }
        throw new IOException(
                "no program java in " + Path.of(home, "bin") + ": this run-time image cannot start others");
    }

    /** What goes into the file of arguments: one line for each, quoted. */
    static byte[] argumentFile(List<String> arguments) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String argument : arguments) {
            text.append('"');
            for (int i = 0; i < argument.length(); i++) {
                char c = argument.charAt(i);
                switch (c) {
                    case '\\', '"' -> text.append('\\').append(c);
                    case '\n' -> text.append("\\n");
                    case '\r' -> text.append("\\r");
                    case '\t' -> text.append("\\t");
                    case '\f' -> text.append("\\f");
                    default -> text.append(c);
                }
            }
            text.append("\"\n");
        }
        Charset charset = argumentCharset();
        if (!charset.newEncoder().canEncode(text)) {
            throw new IOException(
                    "the class path has characters that " + charset + " does not have; set a UTF-8 locale");
        }
        return text.toString().getBytes(charset);
    }

    /** How the launcher reads its arguments. */
    private static Charset argumentCharset() {
        String name = System.getProperty("sun.jnu.encoding");
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    /** The options of ours, without the archive, the class path and the main class. */
    static List<String> quickStart(List<String> options) {
        List<String> ours = new ArrayList<>(QUICK);
        if (options.stream().noneMatch(ChildCommand::choosesCollector)) {
            ours.add(SERIAL);
        }
        return ours;
    }

    private static boolean choosesCollector(String option) {
        return option.startsWith(COLLECTOR_BEGIN) && option.endsWith(COLLECTOR_END);
    }

    /** Where classes and modules come from, as in this JVM. */
    static List<String> places() {
        List<String> places = new ArrayList<>();
        String modulePath = System.getProperty("jdk.module.path", "");
        if (!modulePath.isEmpty()) {
            places.add("--module-path=" + absolute(modulePath));
            places.add("--add-modules=" + String.join(",", modulesOfUsers()));
        }
        String upgrades = System.getProperty("jdk.module.upgrade.path", "");
        if (!upgrades.isEmpty()) {
            places.add("--upgrade-module-path=" + absolute(upgrades));
        }
        String classPath = System.getProperty("java.class.path", "");
        if (!classPath.isEmpty()) {
            places.add("-cp");
            places.add(absolute(classPath));
        }
        return places;
    }

    /** The main class of ours. */
    static List<String> main() {
        Module own = ChildMain.class.getModule();
        String name = ChildMain.class.getName();
        return own.isNamed() ? List.of("-m", own.getName() + "/" + name) : List.of(name);
    }

    /** All modules that are there now and not in every JVM, so that the child has the same. */
    private static TreeSet<String> modulesOfUsers() {
        TreeSet<String> names = new TreeSet<>();
        ModuleLayer.boot().modules().forEach(module -> names.add(module.getName()));
        return names;
    }

    /** The path with each entry absolute, for a child in another directory. An empty entry is the directory itself. */
    static String absolute(String path) {
        List<String> entries = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator, -1)) {
            entries.add(new File(entry).getAbsolutePath());
        }
        return String.join(File.pathSeparator, entries);
    }
}
