package dev.sluice.gateway.filter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples of docs/filters.md. */
public final class FilterExamples {
    private static final Set<String> WITHOUT_EXAMPLES = Set.of("what", "kind");

    private FilterExamples() {}

    /** An example of a table. */
    public sealed interface Example {
        /** The filter as it stands there. */
        String filter();

        /** A filter beside a body. */
        record Matching(String filter, String body, boolean matches) implements Example {}

        /** A filter that is refused for what is at a place. */
        record Refused(String filter, String place) implements Example {}

        /** A filter that shows a dialect. */
        record Dialect(String filter) implements Example {}
    }

    /** All of them, in their order. */
    public static List<Example> read() throws IOException {
        List<Example> examples = new ArrayList<>();
        List<String> header = List.of();
        boolean table = false;
        for (String line : Files.readAllLines(page())) {
            if (!line.startsWith("|")) {
                table = false;
                continue;
            }
            List<String> cells = cells(line);
            if (!table) {
                header = cells;
                table = true;
            } else if (!line.startsWith("|---")) {
                add(header, cells, examples);
            }
        }
        return examples;
    }

    private static void add(List<String> header, List<String> cells, List<Example> into) {
        if (header.equals(List.of("filter", "body", "matches"))) {
            into.add(new Example.Matching(code(cells.get(0)), code(cells.get(1)), yes(cells.get(2))));
        } else if (header.equals(List.of("filter", "place"))) {
            into.add(new Example.Refused(code(cells.get(0)), code(cells.get(1))));
        } else if (header.getFirst().equals("filter")) {
            for (int i = 1; i < header.size(); i++) {
                into.add(new Example.Matching(code(cells.getFirst()), code(header.get(i)), yes(cells.get(i))));
            }
        } else if (!WITHOUT_EXAMPLES.contains(header.getFirst())) {
            assertThat(header.getFirst()).isEqualTo("dialect");
            into.add(new Example.Dialect(code(cells.get(1))));
        }
    }

    private static boolean yes(String cell) {
        assertThat(cell).isIn("yes", "no");
        return cell.equals("yes");
    }

    private static String code(String cell) {
        assertThat(cell).startsWith("`").endsWith("`");
        return cell.substring(1, cell.length() - 1);
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1).split("\\|", -1)) {
            cells.add(cell.trim());
        }
        cells.removeLast();
        return cells;
    }

    private static Path page() {
        Path fromModule = Path.of("..", "docs", "filters.md");
        return Files.exists(fromModule) ? fromModule : Path.of("docs", "filters.md");
    }
}
