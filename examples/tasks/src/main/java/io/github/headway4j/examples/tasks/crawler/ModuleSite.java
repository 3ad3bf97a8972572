// SPDX-License-Identifier: Apache-2.0
// Copyright the Headway authors
package io.github.headway4j.examples.tasks.crawler;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A web site about the modules of the running Java: a page for each module, with links to those it requires and to the
 * packages it exports, a page for each of these packages, with links to its module and to the packages above and below,
 * and a home page with links to the modules that no other one requires.
 *
 * <p>As on other sites, something is wrong. The home page has a link to a page that is not there any more, and one to a
 * page that never comes.
 */
final class ModuleSite {
    /** The path of the home page, from where all others can be reached. */
    static final String HOME = "/";

    /** The path of a page that is not there: the module left Java with version 11. */
    static final String DEAD = "/modules/java.corba";

    /** The path of a page on which the server works for ever. */
    static final String SLOW = "/everything";

    private static final String MODULES = "/modules/";
    private static final String PACKAGES = "/packages/";

    private final SortedMap<String, SortedSet<String>> links = new TreeMap<>();

    private ModuleSite() {}

    /**
     * Makes the site.
     *
     * @param finder where the modules are
     * @param included which of them the site is about, by name
     * @return the site
     */
    static ModuleSite of(ModuleFinder finder, Predicate<String> included) {
        List<ModuleDescriptor> modules = finder.findAll().stream()
                .map(ModuleReference::descriptor)
                .filter(module -> included.test(module.name()))
                .toList();
        ModuleSite site = new ModuleSite();
        site.page(HOME).addAll(Set.of(DEAD, SLOW));
        modules.forEach(module -> site.page(MODULES + module.name()));
        Set<String> required = new TreeSet<>();
        for (ModuleDescriptor module : modules) {
            String page = MODULES + module.name();
            for (ModuleDescriptor.Requires requires : module.requires()) {
                if (included.test(requires.name()) && site.link(page, MODULES + requires.name())) {
                    required.add(MODULES + requires.name());
                }
            }
            for (ModuleDescriptor.Exports exports : module.exports()) {
                if (!exports.isQualified()) {
                    site.page(PACKAGES + exports.source()).add(page);
                    site.page(page).add(PACKAGES + exports.source());
                }
            }
        }
        modules.stream()
                .map(module -> MODULES + module.name())
                .filter(page -> !required.contains(page))
                .forEach(page -> site.link(HOME, page));
        site.linkPackages();
        site.links.keySet().stream().filter(page -> !page.equals(HOME)).forEach(page -> site.link(page, HOME));
        return site;
    }

    private SortedSet<String> page(String path) {
        return links.computeIfAbsent(path, absent -> new TreeSet<>());
    }

    /** Links two pages, if the second one is there: an optional module need not be. */
    private boolean link(String from, String to) {
        return links.containsKey(to) && page(from).add(to);
    }

    /** Links each package with the nearest one above it. */
    private void linkPackages() {
        for (String page : List.copyOf(links.keySet())) {
            for (int dot = page.lastIndexOf('.');
                    page.startsWith(PACKAGES) && dot > 0;
                    dot = page.lastIndexOf('.', dot - 1)) {
                String above = page.substring(0, dot);
                if (link(page, above)) {
                    link(above, page);
                    break;
                }
            }
        }
    }

    /**
     * Tells which pages there are, without those that never come.
     *
     * @return the links of each page to pages of the site, by its path
     */
    SortedMap<String, SortedSet<String>> pages() {
        return Collections.unmodifiableSortedMap(links);
    }

    /**
     * Tells the name of a module or package.
     *
     * @param path the path of its page
     * @return the name
     */
    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Tells whether a page is about a module.
     *
     * @param path its path
     * @return whether it is
     */
    static boolean isModule(String path) {
        return path.startsWith(MODULES);
    }

    /**
     * Writes a page as people write pages: some links are relative and some are not, some lead to a place within the
     * page and some to other sites, and some are there twice.
     *
     * @param path a path of {@link #pages()}
     * @return the page in HTML
     */
    String html(String path) {
        String title =
                path.equals(HOME) ? "The modules of Java " + Runtime.version().feature() : nameOf(path);
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>")
                .append(title)
                .append("</title></head>\n<body>\n<nav><a href=\"/\">Home</a> <a href=\"#links\">Links</a></nav>\n<h1>")
                .append(title)
                .append("</h1>\n<ul id=\"links\">\n");
        for (String link : page(path)) {
            String relative = path.equals(HOME) ? link.substring(1) : ".." + link;
            html.append("<li><a href=\"").append(relative).append("\">").append(nameOf(link));
            html.append("</a> <a href=\"").append(link).append("#links\">more</a></li>\n");
        }
        return html.append("</ul>\n<footer><a href=\"https://openjdk.org/\">OpenJDK</a>")
                .append(" <a href=\"mailto:webmaster@localhost\">Write to us</a></footer>\n</body>\n</html>\n")
                .toString();
    }

    @Override
    public String toString() {
        return links.size() + " pages";
    }
}
