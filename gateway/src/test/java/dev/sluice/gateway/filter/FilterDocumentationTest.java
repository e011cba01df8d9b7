package dev.sluice.gateway.filter;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Every example of docs/filters.md does what the page says. */
final class FilterDocumentationTest {
    private static final int LEAST_EXAMPLES = 250;

    /** The request that the page describes. */
    private static final RequestScope REQUEST = new RequestScope() {
        @Override
        public @Nullable String header(String name) {
            return name.equals("x-github-event") ? "push" : null;
        }

        @Override
        public @Nullable String query(String name) {
            return name.equals("page") ? "7" : null;
        }

        @Override
        public String path() {
            return "/orders/eu";
        }

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String ip() {
            return "10.1.2.3";
        }

        @Override
        public String customer() {
            return "acme";
        }
    };

    private int examples;

    @Test
    void everyExampleHolds() throws IOException {
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
                check(header, cells);
            }
        }
        assertThat(examples).isGreaterThan(LEAST_EXAMPLES);
    }

    private void check(List<String> header, List<String> cells) {
        if (header.equals(List.of("filter", "body", "matches"))) {
            check(cells.get(0), cells.get(1), cells.get(2));
        } else if (header.equals(List.of("filter", "place"))) {
            assertThatExceptionOfType(FilterException.class).isThrownBy(() -> Filter.parse(code(cells.get(0))))
                    .satisfies(e -> assertThat(e.path()).isEqualTo(code(cells.get(1))));
            examples++;
        } else if (header.getFirst().equals("filter")) {
            for (int i = 1; i < header.size(); i++) {
                check(cells.getFirst(), header.get(i), cells.get(i));
            }
        } else {
            assertThat(header.getFirst()).isEqualTo("dialect");
            Matching.filter(code(cells.get(1)));
            examples++;
        }
    }

    private void check(String filter, String body, String expected) {
        assertThat(expected).isIn("yes", "no");
        assertThat(Matching.matches(code(filter), code(body), REQUEST)).as("%s on %s", filter, body)
                .isEqualTo(expected.equals("yes"));
        examples++;
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
